"""Staging: the phases of judging, row by row in the order of the file."""

import json
from dataclasses import replace
from itertools import count

from django.db import transaction

from backoffice.kept_findings import from_json, to_json
from backoffice.tables.bulk import insert_rows
from backoffice.tables.models import StagedRow, Verdict
from backoffice.tables.row_digest import RowDigest
from backoffice.tables.rows import JudgedRow, kept_sheet
from backoffice.tables.shape import called, named_shape, oddities
from correctionkit.catalog import import_codes, table_codes
from correctionkit.findings import Location

CHUNK = 2_000
WRITTEN = frozenset({Verdict.NEW.value, Verdict.CHANGED.value})
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_COLUMNS = (
    "table",
    "position",
    "sheet",
    "row",
    "verdict",
    "target",
    "before",
    "values",
    "changes",
    "findings",
    "remarked",
)


class Staging:
    """Takes rows in the order of the file and stages them, a chunk a transaction."""

    def __init__(self, table, resource, progress):
        self._table = table
        self._resource = resource
        self._progress = progress
        self._staged = 0
        self._chunk = []
        # Of what would be written, as far as it is staged.
        self.digest = RowDigest()
        # Changed rows that change what identifies somebody.
        self.key_changes = 0
        # By key: the place and row where it was met first; and what to tell there later.
        self._met = {}
        self._repeated = {}

    def take(self, file):
        """Stage every sheet that holds such a table; returns the findings about the file."""
        columns = self._resource.table_columns()
        findings, found = [], False
        for sheet in file:
            shape, faults = self._take_sheet(sheet, columns)
            findings += faults
            if shape:
                found = True
                findings += oddities(self._table.received_as, sheet, shape)
        self._flush()
        if not found and not findings:
            named = called(columns, self._table.columns)
            missing = [column.headings[0] for column in named if column.needed]
            missing += self._resource.missing_columns({})
            where = Location(table=self._table.received_as)
            findings.append(table_codes.TABLE_COLUMNS.at(where, missing=missing, doubled=[]))
        return findings

    def take_rows(self, rows):
        """Stage rows that the resource read out of the whole file by itself."""
        self._compare(rows)
        self._flush()

    def refuse_repeated(self):
        """Refuse the first of several rows of one key, as the later ones were.

        Returns how many there are.
        """
        places = sorted(self._repeated)
        for start in range(0, len(places), CHUNK):
            rows = self._table.staged.filter(position__in=places[start : start + CHUNK])
            with transaction.atomic():
                for row in rows:
                    told = (*from_json(row.findings), self._repeated[row.position])
                    if self._changes_keys(row.verdict, json.loads(row.changes)):
                        self.key_changes -= 1
                    row.verdict, row.findings = Verdict.REFUSED, to_json(told)
                    row.remarked = True
                    row.save(update_fields=["verdict", "findings", "remarked"])
        return len(places)

    def _take_sheet(self, sheet, columns):
        shape, faults = None, []
        name, lacking = kept_sheet(sheet.name), self._resource.missing_columns
        for number, batch in enumerate(sheet):
            if number == 0:
                shape, faults = named_shape(
                    self._table.received_as, name, batch, columns, self._table.columns, lacking
                )
            if shape:
                sources = filter(None, map(shape.source, batch))
                self._compare(list(filter(None, map(self._resource.read_row, sources))))
        return shape, faults

    def _compare(self, rows):
        place = self._staged + len(self._chunk)
        for number, read in enumerate(rows, place + 1):
            for column, value in read.keys.items():
                self._ask_once((column, value), number, read, column)
        sound = [read for read in rows if not (read.findings and read.is_faulty)]
        judged = {id(row.read): row for row in self._resource.compare(sound)}
        for number, read in enumerate(rows, place + 1):
            row = judged.get(id(read))
            if row and row.target is not None:
                # Two rows may name one record by two numbers.
                self._ask_once(row.target, number, read, next(iter(read.keys), None))
            if row is None or (read.findings and read.is_faulty):
                row = JudgedRow(read, Verdict.REFUSED)
            self._chunk.append(row)
        if len(self._chunk) >= CHUNK:
            self._flush()
        if self._progress:
            self._progress(place + len(rows))

    def _ask_once(self, key, place, read, column):
        first = self._met.setdefault(key, (place, read.number, read.sheet))
        if first[0] == place:
            return
        where = read.where(column)
        told = {"column": where.column, "value": read.keys.get(column, "")}
        read.findings.append(import_codes.ROW_REPEATED.at(where, **told, other=str(first[1])))
        earlier = replace(where, row=first[1], sheet=first[2])
        self._repeated.setdefault(
            first[0], import_codes.ROW_REPEATED.at(earlier, **told, other=str(read.number))
        )

    def _flush(self):
        if not self._chunk:
            return
        with transaction.atomic():
            insert_rows(
                StagedRow, _COLUMNS, map(self._staged_row, count(self._staged + 1), self._chunk)
            )
        self._staged += len(self._chunk)
        self._chunk = []

    def _staged_row(self, position, row):
        read = row.read
        # What a row that is there says of itself can be read there.
        kept = row.verdict in (Verdict.NEW, Verdict.REFUSED) or row.target is None
        if row.changes and self._changes_keys(row.verdict, row.changes):
            self.key_changes += 1
        verdict = str(row.verdict)
        values = _json(read.values) if kept else "{}"
        changes = _json(row.changes) if row.changes else "[]"
        if verdict in WRITTEN:
            self.digest.add(position, verdict, row.target, row.before, values, changes)
        return (
            self._table.pk,
            position,
            read.sheet,
            read.number,
            verdict,
            row.target,
            row.before,
            values,
            changes,
            to_json(read.findings) if read.findings else "[]",
            bool(read.findings),
        )

    def _changes_keys(self, verdict, changes):
        return verdict == Verdict.CHANGED and self._resource.changes_keys(changes)


def _json(value):
    text = _ENCODER.encode(value)
    # Halves of characters fit no database; only what is refused has any.
    return text.encode("utf-8", "replace").decode()
