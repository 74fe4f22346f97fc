"""What a table can be of: one resource a subject, scoped to what its account may see.

The columns, their reading and their writing are django-import-export's; the phases, the
preview and what is kept of it are the pipeline's, for every way in alike.
"""

import json
from typing import ClassVar

from django.core.exceptions import ValidationError
from import_export import resources

from backoffice.tables.models import Verdict
from backoffice.tables.rows import JudgedRow, ReadRow
from correctionkit.catalog import value_codes
from correctionkit.masking import mask_text
from correctionkit.packages.tables.templates import Template, TemplateColumn
from correctionkit.policy.bounds import TableBounds
from correctionkit.policy.rows import Column
from correctionkit.readings import read_text

EXPORTED_AT_ONCE = 500
_THROUGH_PIPELINE = "tables come in through the pipeline"
BOUNDS = TableBounds(max_rows=20_000, max_columns=200, max_cell_characters=2_000)


class OfficeResource(resources.ModelResource):
    """A table of one model, brought in and sent out by one account for one unit.

    Subclasses name *subject* and the rights to bring in and to take out; those that have a
    faster way override ``read_row``, ``compare`` and ``write``.
    """

    subject: ClassVar[str]
    label: ClassVar[str]
    import_right: ClassVar[str] = ""
    export_right: ClassVar[str] = ""
    import_act: ClassVar[str] = "import"
    bounds: ClassVar[TableBounds] = BOUNDS
    # Whether there are values that are doubtful and may come in all the same, if asked to.
    knows_doubts: ClassVar[bool] = False
    as_it_stands = False
    # What identifies somebody: changes of it are counted and told.
    key_columns: ClassVar[frozenset[str]] = frozenset()
    # Whether rows hold ID numbers, which go out masked unless somebody asks.
    has_numbers: ClassVar[bool] = False
    # Where one row cannot be told without the others.
    reads_whole_file: ClassVar[bool] = False

    def __init__(self, account, unit=None, rules=None):
        super().__init__()
        self.account = account
        self.unit = unit
        self.rules = rules
        # Whether ID numbers go out whole, for rows of which the account may see that.
        self.gives_whole_numbers = False
        self._headings = None

    def get_queryset(self):
        """Return what the account may see, of the unit and below where one is given."""
        rows = self._meta.model.objects.visible_to(self.account)
        return rows.below([self.unit.path]) if self.unit else rows

    def import_data(self, *args, **kwargs):
        """Refuse the library's own way in, which writes good rows beside bad ones."""
        raise NotImplementedError(_THROUGH_PIPELINE)

    def import_row(self, *args, **kwargs):
        """Refuse the library's own way to write one row."""
        raise NotImplementedError(_THROUGH_PIPELINE)

    def filter_export(self, queryset, **kwargs):
        """Return those of the rows that are to go out which the account may take out."""
        return self.get_queryset().filter(pk__in=queryset.values("pk"))

    def export_headings(self):
        """Return the headings of a table that goes out."""
        return [str(field.column_name) for field in self.fields.values()]

    def export_rows(self, keys):
        """Yield the rows of *keys* as texts, in that order; those out of sight are left out."""
        fields = list(self.fields.values())
        for start in range(0, len(keys), EXPORTED_AT_ONCE):
            part = keys[start : start + EXPORTED_AT_ONCE]
            found = self.get_queryset().in_bulk(part)
            for row in filter(None, map(found.get, part)):
                yield tuple(_text(self.export_field(field, row)) for field in fields)

    def table_columns(self):
        """Return the columns of such a table, with every heading that one may have."""
        keys = set(self.get_import_id_fields())
        return tuple(
            Column(id=name, headings=(str(field.column_name),), needed=name in keys)
            for name, field in self.fields.items()
        )

    def columns_told(self):
        """Return the headings of such a table, to be told before one is brought in."""
        return [column.headings[0] for column in self.table_columns()]

    def blank_tables(self):
        """Return the blank tables to fill in, none where what goes out is filled in."""
        columns = [
            TemplateColumn(each.headings[0], each.needed, self.choices(each.id))
            for each in self.table_columns()
        ]
        return [Template(str(self.label), columns)]

    def choices(self, column):
        """Return the words that a column may have, nothing where it is free."""
        return ()

    def heading(self, column):
        """Return what people call a column."""
        if self._headings is None:
            self._headings = {each.id: each.headings[0] for each in self.table_columns()}
        return self._headings.get(column, column)

    def shown(self, column, text):
        """Return a value as lists may show it: numbers of identity are masked."""
        return mask_text(str(text))

    def row_label(self, row, values):
        """Return what a staged row is about, in a few words."""
        return " ".join(filter(None, (values.get(name) for name in self.get_import_id_fields())))

    def changes_keys(self, changes):
        """Tell whether changes touch what identifies somebody."""
        return any(column in self.key_columns for column, _before, _after in changes)

    def row_labels(self, rows):
        """Return by position what staged rows are about, with one query for those there are."""
        there = [row.target for row in rows if row.target is not None]
        known = self.get_queryset().in_bulk(there) if there else {}
        return {
            row.position: self.target_label(known[row.target])
            if row.target in known
            else self.row_label(row, json.loads(row.values))
            for row in rows
        }

    def target_label(self, instance):
        """Return what a row that is there already is called."""
        return str(instance)

    def row_facts(self, values):
        """Yield headings and values of a row that would be new, as the preview shows them."""
        for column, text in values.items():
            if text and column in self.fields:
                yield self.heading(column), self.shown(column, text)

    def read_file(self, file, named):
        """Read a whole file, an open table; returns its rows, and findings about the file.

        *named* are headings by column, where somebody said so.
        """
        raise NotImplementedError

    def missing_columns(self, places):
        """Return the headings that a table lacks, given the places of those it has.

        For what no column alone is needed for, such as one of two numbers.
        """
        return ()

    def read_row(self, row):
        """Read one row, cell by cell; None for one that is no row of the table."""
        values, findings = {}, []
        for column in row.cells:
            text = read_text(row.text(column)).read
            field = self.fields[column]
            try:
                field.clean({field.column_name: text})
            except (ValueError, ValidationError) as fault:
                findings.append(_unknown(row, column, text, fault))
            values[column] = text
        if not any(values.values()):
            return None
        keys = {name: values[name] for name in self.get_import_id_fields() if values.get(name)}
        return ReadRow(row.sheet, row.number, keys, values, findings, row)

    def compare(self, rows):
        """Compare sound rows with what the office has; yields one judged row each, in order.

        What is found here is added to a row's findings.
        """
        loader = self._meta.instance_loader_class(self)
        for read in rows:
            instance = loader.get_instance(self._library_row(read.values))
            if instance is None:
                yield JudgedRow(read, Verdict.NEW)
                continue
            changes = list(self._changes(instance, read.values))
            verdict = Verdict.CHANGED if changes else Verdict.SAME
            before = getattr(instance, "version", None)
            yield JudgedRow(read, verdict, instance.pk, before, changes)

    def write(self, rows, log, table):
        """Write staged rows, inside the transaction of *log*.

        Raises :class:`backoffice.tables.confirming.Outdated` where one is no longer as it was.
        """
        raise NotImplementedError

    def _library_row(self, values):
        return {self.fields[name].column_name: text for name, text in values.items()}

    def _changes(self, instance, values):
        for name, text in values.items():
            shown = self.fields[name].export(instance) or ""
            if str(shown) != text:
                yield name, str(shown), text


def _text(value):
    return "" if value is None else str(value)


def _unknown(row, column, text, fault):
    messages = getattr(fault, "messages", None) or [str(fault)]
    return value_codes.VALUE_UNKNOWN.at(
        row.location(column),
        column=row.headings.get(column, column),
        value=text,
        fault="not-in-list",
        why=" ".join(map(str, messages)),
    )
