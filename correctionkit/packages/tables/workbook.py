"""One door for every table file: what it is, is told by its content."""

from __future__ import annotations

from correctionkit.packages.tables.cells import TableFormat, Workbook
from correctionkit.packages.tables.content import Container, container_of
from correctionkit.packages.tables.csv_text import read_csv
from correctionkit.packages.tables.faults import BROKEN, EMPTY_TABLE, TableUnreadable
from correctionkit.packages.tables.outlet import Outlet
from correctionkit.packages.tables.xls import read_xls
from correctionkit.packages.tables.xlsx import read_xlsx
from correctionkit.policy.bounds import TableBounds

_FORMATS = {
    Container.ZIP: TableFormat.XLSX,
    Container.OLE: TableFormat.XLS,
    Container.TEXT: TableFormat.CSV,
}
_READERS = {TableFormat.XLSX: read_xlsx, TableFormat.XLS: read_xls, TableFormat.CSV: read_csv}


def read_workbook(data: bytes, name: str, bounds: TableBounds) -> Workbook:
    """Read a workbook or CSV file.

    Raises :exc:`~correctionkit.packages.tables.faults.TableUnreadable`, and nothing
    else, for what cannot be read.
    """
    workbook = _READERS[format_of(data)](data, name, bounds)
    _refuse_odd(workbook, sum(len(sheet.rows) for sheet in workbook.sheets))
    return workbook


def pass_workbook(data: bytes, name: str, bounds: TableBounds, outlet: Outlet) -> None:
    """Read as :func:`read_workbook` does, and pass sheets and rows on as they come."""
    workbook = _READERS[format_of(data)](data, name, bounds, outlet)
    _refuse_odd(workbook, outlet.taken)


def format_of(data: bytes) -> TableFormat:
    """Tell what a file is, or raise :exc:`TableUnreadable` for what is no table."""
    return _FORMATS[container_of(data)]


def _refuse_odd(workbook: Workbook, rows: int) -> None:
    names = [sheet.name.casefold() for sheet in workbook.sheets]
    # No spreadsheet makes two of one name, and what is said of a row names its sheet.
    if len(set(names)) < len(names):
        raise TableUnreadable(BROKEN)
    if not rows:
        raise TableUnreadable(EMPTY_TABLE)
