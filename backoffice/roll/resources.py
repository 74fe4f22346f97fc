"""The roll as a table: brought in by registrars, taken out by whoever may see it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from backoffice.audit.acts import Act
from backoffice.roll.columns import (
    FIELDS,
    KEY_COLUMNS,
    NUMBER_COLUMNS,
    STATUS_WORDS,
    UNIT_COLUMNS,
    limits,
)
from backoffice.roll.comparing import UNIT, RollComparison
from backoffice.roll.fields import DocumentKind
from backoffice.roll.models import StudentRecord
from backoffice.roll.unit_words import UnitWords
from backoffice.roll.writing import RollWriter
from backoffice.tables.models import Verdict
from backoffice.tables.resources import OfficeResource
from backoffice.tables.rows import ReadRow
from backoffice.tables.subjects import brings_in
from correctionkit.codes import document_kinds
from correctionkit.masking import mask_number, mask_text
from correctionkit.packages.rolls.roll_rows import RollReader
from correctionkit.packages.rolls.standing import as_they_stand
from correctionkit.packages.tables.policy_templates import roll_template
from correctionkit.policy.bounds import TableBounds
from correctionkit.terms import Language

# Who needs a purpose for it has stated one to whoever asks for whole numbers.
_REVEALING = ("roll.reveal_number", "roll.reveal_with_purpose")
_BOUNDS = TableBounds(max_rows=300_000, max_columns=200, max_cell_characters=2_000)


@brings_in
class StudentRecordResource(OfficeResource):
    """Student records.  Whatever a row leaves empty stays as it is."""

    subject = "roll"
    label = _("Student roll")
    import_right = "roll.import_studentrecord"
    export_right = "roll.export_studentrecord"
    import_act = Act.RECORD_IMPORT
    bounds = _BOUNDS
    key_columns = KEY_COLUMNS
    has_numbers = True
    knows_doubts = True

    student_number = Field("number")
    certificate_number = Field("certificate_number")
    status = Field()
    name = Field("name")
    gender = Field("gender")
    ethnicity = Field("ethnicity")
    birth_date = Field("birth_date")
    document_kind = Field()
    id_number = Field()
    entry_education = Field("entry_education")
    branch = Field()
    centre = Field("unit__name")
    major = Field("major")
    level = Field("level")
    enrolled_on = Field("enrolled_on")
    graduated_on = Field("graduated_on")

    class Meta:
        model = StudentRecord
        fields = (*FIELDS, *UNIT_COLUMNS)
        import_id_fields = NUMBER_COLUMNS

    def __init__(self, account, unit=None, rules=None):
        super().__init__(account, unit, rules)
        self._day = timezone.localdate()
        self._reader = self._comparison = self._writer = None
        if rules:
            headings = {column.id: column.headings[0] for column in rules.roll_columns}
            self.fields = {id_: self.fields[id_] for id_ in headings if id_ in self.fields}
            for id_, field in self.fields.items():
                field.column_name = headings[id_]
            self._statuses = {each.id: each.label.zh for each in rules.statuses.values()}
            self._reader = RollReader(rules, self._day, statuses=STATUS_WORDS, limits=limits())

    def get_queryset(self):
        """Return the records that the account may take out, with their units."""
        rows = StudentRecord.objects.visible_to(self.account, self.export_right)
        if self.unit:
            rows = rows.below([self.unit.path])
        return rows.select_related("unit__parent")

    def table_columns(self):
        """Return the policy's columns of the roll that a record has a place for."""
        return tuple(column for column in self.rules.roll_columns if column.id in self.fields)

    def blank_tables(self):
        """Return the blank roll of the policy."""
        return [roll_template(self.rules)]

    def missing_columns(self, places):
        """Return the headings of the numbers where a table has neither."""
        if any(column in places for column in NUMBER_COLUMNS):
            return ()
        columns = {column.id: column for column in self.rules.roll_columns}
        return tuple(columns[each].headings[0] for each in NUMBER_COLUMNS if each in columns)

    def read_row(self, row):
        """Read one row by the policy."""
        values, findings = self._reader.read(row.cells, row.location)
        if findings and self.as_it_stands:
            findings = as_they_stand(findings)
        keys = {column: values[column] for column in NUMBER_COLUMNS if values.get(column)}
        return ReadRow(row.sheet, row.number, keys, values, findings, row)

    def compare(self, rows):
        """Compare sound rows with the records of the same numbers."""
        if self._comparison is None:
            units = UnitWords(self.unit)
            self._comparison = RollComparison(
                self.account, self.unit, self.rules, self._day, units, self.as_it_stands
            )
        return self._comparison.compare(rows)

    def write(self, rows, log, table):
        """Write staged rows, with the history of what they change."""
        if self._writer is None:
            self._writer = RollWriter(self.account, self.unit)
        self._writer.insert([row.value_map for row in rows if row.verdict == Verdict.NEW])
        self._writer.change(
            [
                (row.target, row.before, row.change_list)
                for row in rows
                if row.verdict == Verdict.CHANGED
            ]
        )

    def row_label(self, row, values):
        """Return number and name."""
        number = values.get("student_number") or values.get("certificate_number") or ""
        return f"{number} {mask_text(values.get('name') or '')}".strip()

    def target_label(self, record):
        """Return number and name."""
        return f"{record.shown_number} {mask_text(record.name)}"

    def row_facts(self, values):
        """Yield what a new record would say beside its number and name."""
        told = {**values, "centre": values.get(UNIT, "")}
        for column, text in told.items():
            if text and column in self.fields and column not in ("student_number", "name"):
                yield self.heading(column), self.shown(column, text)

    def shown(self, column, text):
        """Return a value in words; numbers of identity are masked."""
        if column == "id_number":
            return mask_number(text)
        if column == "status":
            return self._statuses.get(text, text)
        if column == "document_kind":
            return str(dict(DocumentKind.choices).get(text, text))
        return super().shown(column, text)

    def heading(self, column):
        """Return what people call a column, a change of units among them."""
        return super().heading("centre" if column == UNIT else column)

    def dehydrate_status(self, record):
        """Return the policy's word for a status."""
        return self._statuses.get(record.status) or record.get_status_display()

    def dehydrate_document_kind(self, record):
        """Return the document in the words of tables."""
        return document_kinds.label(record.document_kind, Language.ZH)

    def dehydrate_id_number(self, record):
        """Return the ID number, masked unless it is to go out whole and may."""
        whole = self.gives_whole_numbers and any(
            self.account.has_perm(right, record) for right in _REVEALING
        )
        return record.id_number if whole else record.masked_id_number

    def dehydrate_branch(self, record):
        """Return the unit above the record's."""
        return record.unit.parent.name if record.unit.parent else ""
