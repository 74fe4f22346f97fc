"""The summary table of one status on paper, with the columns that the policy names."""

from backoffice.desk.printing.case_facts import field_label, handing_on, shown
from backoffice.desk.printing.paper import watermark, written_day
from backoffice.desk.printing.periods import written_period
from backoffice.desk.printing.submitted import latest_of
from correctionkit.masking import mask_text
from statements.contexts.summary_table import SummaryRow, SummaryTable

_EXCEPTIONAL = "特殊情况"


def table_paper(unit, rules, status, requests, first, last):
    """Return the table of *status*, a status of *rules*; ID numbers to correct are whole.

    Columns that nobody has to fill stand there only if something stands in them.
    """
    rows = [_cells(request) for request in requests]
    columns = [
        column
        for column in rules.columns_of(status.id)
        if not column.optional or any(cells.get(column.id) for cells in rows)
    ]
    number = rules.heading_of(status.id, "number")
    return SummaryTable(
        title=status.title,
        made_at=latest_of(requests, first, last),
        watermark=watermark(),
        label=status.table,
        institution=rules.heading.institution.zh,
        unit=unit.name,
        day=written_period(first, last),
        columns=tuple(column.headings[0] for column in columns),
        lines=tuple(
            SummaryRow(
                tuple(
                    str(place) if column.id == "serial" else cells.get(column.id, "")
                    for column in columns
                ),
                request.record.name,
            )
            for place, (request, cells) in enumerate(zip(requests, rows, strict=True), 1)
        ),
        notes=(f"注：每行一项，按{number}升序排列。",),
    )


def _cells(request):
    case, record = request.case, request.record
    case.record = record
    keep = case.rules.numbers_of_students({record.shown_number})
    reasons = case.rules.vocabulary.reasons
    remark = mask_text(case.remark, keep=keep)
    return {
        "branch": handing_on(case).name,
        "centre": record.unit.name,
        "number": record.shown_number,
        "name": record.name,
        "field": field_label(case, request),
        "old": shown(case, request, request.old, whole=True),
        "new": shown(case, request, request.new, whole=True),
        "reason": reasons[request.reason].label.zh if request.reason in reasons else "",
        "note": "；".join(
            part for part in (_EXCEPTIONAL if request.exceptional else "", remark) if part
        ),
        "change_date": written_day(request.change_date) if request.change_date else "",
    }
