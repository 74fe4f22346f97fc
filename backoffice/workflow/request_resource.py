"""Requests as a table: summary tables come in as drafts, lists of requests go out."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from backoffice.corrections.models import CorrectionRequest
from backoffice.roll.fields import text_of
from backoffice.tables.confirming import Outdated as RowsOutdated
from backoffice.tables.models import Verdict
from backoffice.tables.resources import OfficeResource
from backoffice.tables.rows import JudgedRow, ReadRow, kept_sheet
from backoffice.tables.shape import called
from backoffice.tables.subjects import brings_in
from backoffice.words import say
from backoffice.workflow.judging import is_error
from backoffice.workflow.matching import OfficeRoll
from backoffice.workflow.refusals import Refused
from backoffice.workflow.request_cells import RequestCells, call_columns
from backoffice.workflow.staged_students import kept_verdict, read_verdicts
from backoffice.workflow.taking_in import Outdated, judge_rows, take_in
from correctionkit.masking import mask_number, mask_text
from correctionkit.packages.summaries.summary import read_summary
from correctionkit.packages.summaries.summary_rows import read_rows
from correctionkit.packages.tables.cells import Sheet, Workbook
from correctionkit.packages.tables.policy_templates import summary_template
from correctionkit.policy.bounds import TableBounds
from correctionkit.terms import ValueType

_OUT = ("case", "unit", "number", "name", "field", "old", "new", "request_reason", "state", "since")


@brings_in
class RequestResource(RequestCells, OfficeResource):
    """Requests: a student's rows are judged together, and become one draft.

    Students file with their own unit; whoever brings them in has the drafts in hand.
    """

    subject = "requests"
    label = _("Correction requests")
    import_right = "corrections.import_correctionrequest"
    export_right = "corrections.export_correctionrequest"
    bounds = TableBounds(max_rows=5_100, max_columns=200, max_cell_characters=2_000)
    reads_whole_file = True
    has_numbers = True

    case = Field()
    unit = Field()
    number = Field()
    name = Field()
    field = Field()
    old = Field()
    new = Field()
    request_reason = Field()
    state = Field()
    since = Field()

    class Meta:
        model = CorrectionRequest
        fields = _OUT
        import_id_fields = ()

    def __init__(self, account, unit=None, rules=None):
        super().__init__(account, unit, rules)
        self.fields = {column: self.fields[column] for column in _OUT}
        call_columns(self.fields)
        self._read = []

    def get_queryset(self):
        """Return the requests that the account may take out."""
        rows = CorrectionRequest.objects.visible_to(self.account, self.export_right)
        rows = rows.below([self.unit.path]) if self.unit else rows
        return rows.select_related("case", "record", "unit")

    def table_columns(self):
        """Return the columns of the policy's summary tables, with the headings of all of them."""
        keys = tuple(heading for key in self.rules.numbers.values() for heading in key.headings)
        return tuple(
            replace(each, headings=keys) if each.headings == ("{number}",) else each
            for each in self.rules.columns
        )

    def blank_tables(self):
        """Return the blank summary tables, one a status of students."""
        return [summary_template(each, self.rules) for each in self.rules.statuses.values()]

    def read_file(self, file, named):
        """Read a summary table by the policy; its requests are judged once all are known."""
        sheets = [_gathered(sheet) for sheet in file]
        workbook = Workbook(file.name, file.format, tuple(sheets))
        rules = self.rules
        summary = read_summary(workbook, rules)
        if named and any(map(is_error, summary.findings)):
            rules = replace(rules, columns=called(rules.columns, named))
            summary = read_summary(workbook, rules)
        rows = []
        for sheet in summary.sheets:
            for read in read_rows(sheet, rules):
                values = {"number": read.number, "name": read.name}
                row = ReadRow(kept_sheet(sheet.sheet), read.location.row, {}, values)
                rows.append(row)
                self._read.append((row, read))
        return rows, list(summary.findings)

    def compare(self, rows):
        """Judge the students of the table, each with all their rows."""
        verdicts = judge_rows(
            [read for _row, read in self._read],
            None,
            self.account,
            self.rules,
            roll=OfficeRoll(self.account, self.unit),
        )
        judged = {}
        for verdict, group in zip(verdicts, self._students(), strict=True):
            _tell(verdict, group)
            for place, (row, read) in enumerate(group):
                judged[id(row)] = _judged(row, read, verdict, is_first=place == 0)
        return [judged[id(row)] for row in rows]

    def write(self, rows, log, table):
        """Write the drafts of the students whose first rows these are."""
        verdicts = list(read_verdicts(rows))
        if None in verdicts:
            raise RowsOutdated
        try:
            take_in(verdicts, self.account)
        except (Outdated, Refused) as fault:
            raise RowsOutdated from fault

    def row_label(self, row, values):
        """Return number and name."""
        return f"{mask_text(values.get('number', ''))} {mask_text(values.get('name', ''))}".strip()

    def row_facts(self, values):
        """Yield nothing: what a row asks for stands among its changes."""
        return ()

    def heading(self, column):
        """Return what a field is called."""
        field = self.rules.vocabulary.fields.get(column)
        return say(field.label) if field else super().heading(column)

    def shown(self, column, text):
        """Return a value; ID numbers are masked."""
        field = self.rules.vocabulary.fields.get(column)
        hides = field and field.value is ValueType.ID_NUMBER
        return mask_number(text) if hides else mask_text(text)

    def _students(self):
        """Return the rows of each student; one without a number is a student of its own."""
        students, nameless = {}, []
        for row, read in self._read:
            if read.number:
                students.setdefault(read.number, []).append((row, read))
            else:
                nameless.append([(row, read)])
        return [*students.values(), *nameless]


def _tell(verdict, group):
    """Put what was found about a student into the rows that it is about, else into the first."""
    places = {read.location.row: row for row, read in group}
    for finding in verdict.findings:
        places.get(finding.location.row, group[0][0]).findings.append(finding)
    if verdict.verdict == Verdict.REFUSED:
        why = next(filter(is_error, verdict.findings), None)
        for row, _read in group:
            if why and not row.is_faulty:
                # Refused with the others of the student.
                row.findings.append(why)


def _judged(row, read, verdict, *, is_first):
    if not verdict.is_to_take:
        return JudgedRow(row, verdict.verdict)
    if is_first:
        row.values = {**row.values, "verdict": kept_verdict(verdict)}
    changes = [
        [wish.field, text_of(verdict.record, wish.field), wish.new]
        for wish in verdict.wishes
        if read.request and wish.field == read.request.field
    ]
    return JudgedRow(row, verdict.verdict, changes=changes)


def _gathered(sheet):
    rows = tuple(row for batch in sheet for row in batch)
    trailer = sheet.trailer
    return Sheet(
        sheet.name,
        rows,
        hidden_rows=trailer.hidden_rows,
        hidden_columns=trailer.hidden_columns,
        merged=trailer.merged,
        hidden=sheet.hidden,
        oversized=trailer.oversized,
    )
