"""One door for every table file: what it is, is told by its content."""

from __future__ import annotations

from correctionkit.packages.tables.cells import Workbook
from correctionkit.packages.tables.content import Container, container_of
from correctionkit.packages.tables.csv_text import read_csv
from correctionkit.packages.tables.faults import BROKEN, EMPTY_TABLE, TableUnreadable
from correctionkit.packages.tables.xls import read_xls
from correctionkit.packages.tables.xlsx import read_xlsx
from correctionkit.policy.bounds import TableBounds

_READERS = {Container.ZIP: read_xlsx, Container.OLE: read_xls, Container.TEXT: read_csv}


def read_workbook(data: bytes, name: str, bounds: TableBounds) -> Workbook:
    """Read a workbook or CSV file.

    Raises :exc:`~correctionkit.packages.tables.faults.TableUnreadable`, and nothing
    else, for what cannot be read.
    """
    workbook = _READERS[container_of(data)](data, name, bounds)
    names = [sheet.name.casefold() for sheet in workbook.sheets]
    # No spreadsheet makes two of one name, and what is said of a row names its sheet.
    if len(set(names)) < len(names):
        raise TableUnreadable(BROKEN)
    if not any(sheet.rows for sheet in workbook.sheets):
        raise TableUnreadable(EMPTY_TABLE)
    return workbook
