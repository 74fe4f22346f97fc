"""The first phase: which sheets hold the table, where its headings stand, what is missing."""

from dataclasses import dataclass, replace

from backoffice.tables.rows import SourceRow
from correctionkit.catalog import table_codes
from correctionkit.findings import Location
from correctionkit.packages.summaries.headings import find_headings
from correctionkit.packages.tables.cells import EMPTY, Sheet

_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the columns of one sheet are.

    *at* gives the place of each column (A is 0), *typed* its heading as the file has it.
    """

    table: str
    sheet: str
    row: int
    at: dict
    typed: dict
    texts: tuple

    def source(self, row):
        """Return a row of the file by its columns; None for one that is none of the table."""
        if row.number <= self.row or self._is_heading(row):
            return None
        held, width = row.cells, len(row.cells)
        cells = {
            column: held[place] if place < width else EMPTY for column, place in self.at.items()
        }
        if not any(cell.text and not cell.text.isspace() for cell in cells.values()):
            return None
        return SourceRow(self.table, self.sheet, row.number, cells, self.typed)

    def _is_heading(self, row):
        """Tell a heading row that was pasted again further down."""
        return row.cells[0].text == self.texts[0] and row.texts == self.texts


def called(columns, headings):
    """Return *columns* with the headings that somebody said the file has for them."""
    return tuple(
        replace(column, headings=(headings[column.id],)) if headings.get(column.id) else column
        for column in columns
    )


def named_shape(table, sheet, first_rows, columns, named, lacking=None):
    """Find the columns of a sheet by the headings that somebody *named*.

    By the usual ones where these find more: not every table of a unit is called otherwise.
    """
    found = shape_of(table, sheet, first_rows, called(columns, named), lacking)
    if not named:
        return found
    usual = shape_of(table, sheet, first_rows, columns, lacking)
    if usual[0] and (found[0] is None or len(usual[0].at) > len(found[0].at)):
        return usual
    return found


def shape_of(table, sheet, first_rows, columns, lacking=None):
    """Find the columns of a sheet by its first rows; returns shape and findings.

    The shape is None where the sheet holds no such table; a finding says so where columns
    are missing from one that nearly does.  *lacking*, told the places of the columns, returns
    the headings of further ones that are missing.
    """
    looked_at = Sheet(sheet, tuple(first_rows[:_SEARCHED]))
    headings = find_headings(looked_at, columns)
    if headings is None:
        return None, []
    missing = [*headings.missing, *(lacking(headings.at) if lacking else ())]
    if missing or headings.doubled:
        where = Location(table=table, row=headings.row.number, sheet=sheet)
        return None, [
            table_codes.TABLE_COLUMNS.at(where, missing=missing, doubled=list(headings.doubled))
        ]
    return Shape(
        table, sheet, headings.row.number, dict(headings.at), dict(headings.typed),
        headings.row.texts,
    ), []  # fmt: skip


def oddities(table, sheet, shape):
    """Yield what is remarkable about a sheet that was read to its end."""
    where = Location(table=table, sheet=sheet.name)
    trailer = sheet.trailer
    if sheet.hidden or trailer.hidden_rows or trailer.hidden_columns:
        yield table_codes.TABLE_HIDDEN.at(
            where,
            sheet=sheet.name,
            fault="sheet-hidden" if sheet.hidden else "parts-hidden",
            rows=trailer.hidden_rows,
            columns=trailer.hidden_columns,
        )
    merged = [str(span) for span in trailer.merged if span.last_row > shape.row]
    if merged:
        yield table_codes.TABLE_UNREADABLE.at(where, fault="merged-cells", ranges=merged[:20])
