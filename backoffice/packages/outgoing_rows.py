"""The office's requests as rows of summary tables, by the columns of the policy."""

from backoffice.units.models import Unit
from correctionkit.masking import mask_text
from correctionkit.packages.building.composing import RecordedRow, status_table

_EXCEPTIONAL = "特殊情况"


def recorded_row(request):
    """Return the row of a request: numbers whole, as headquarters needs them."""
    case, record = request.case, request.record
    rules = case.rules
    terms = rules.vocabulary
    remark = mask_text(case.remark, keep=rules.numbers_of_students({record.shown_number}))
    notes = (_EXCEPTIONAL if request.exceptional else "", remark)
    return RecordedRow(
        record.shown_number,
        {
            "branch": _handing_on(case).name,
            "centre": record.unit.name,
            "number": record.shown_number,
            "name": record.name,
            "field": _label(terms.fields, request.field),
            "old": request.old,
            "new": request.new,
            "reason": _label(terms.reasons, request.reason),
            "note": "；".join(filter(None, notes)),
            "change_date": request.change_date.isoformat() if request.change_date else "",
        },
    )


def status_tables(requests, rules):
    """Return the summary workbooks of *requests*, one a status that *rules* have a table for."""
    found = {}
    for request in requests:
        found.setdefault(request.status, []).append(recorded_row(request))
    return [
        status_table(status, found[status.id], rules)
        for status in rules.statuses.values()
        if status.id in found
    ]


def _handing_on(case):
    """Return the unit that hands the case on: the one whose sheet it is on."""
    level = case.kind_rules.sheet
    return (level and Unit.objects.nearest(case.unit, level)) or case.unit


def _label(terms, code):
    return terms[code].label.zh if code in terms else code
