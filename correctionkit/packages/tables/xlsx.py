"""Reading .xlsx: one bounded look at the package, one streaming pass over each sheet."""

from __future__ import annotations

from correctionkit.packages.tables.bounded_zip import BoundedZip
from correctionkit.packages.tables.cells import Sheet, TableFormat, Workbook
from correctionkit.packages.tables.faults import (
    BINARY_WORKBOOK,
    BROKEN,
    MACRO,
    NO_SHEET,
    NOT_A_WORKBOOK,
    OPENDOCUMENT,
    TableUnreadable,
)
from correctionkit.packages.tables.outlet import Outlet
from correctionkit.packages.tables.sheet_builder import SheetBuilder
from correctionkit.packages.tables.xlsx_parts import (
    Relationship,
    SharedStrings,
    content_types,
    date_styles,
    relationships,
    workbook_part,
)
from correctionkit.packages.tables.xlsx_sheet import CellContext, read_sheet
from correctionkit.policy.bounds import TableBounds

MIN_UNPACKED = 32 << 20
MAX_UNPACKED = 128 << 20
BYTES_A_CELL = 64
"""What Excel writes for a cell with a shared string of its own, generously."""


def read_xlsx(
    data: bytes, name: str, bounds: TableBounds, outlet: Outlet | None = None
) -> Workbook:
    """Read a workbook out of its ZIP.  Rows go to *outlet*, where there is one, as they come."""
    cells = bounds.max_rows * bounds.max_columns
    package = BoundedZip(data, min(max(cells * BYTES_A_CELL, MIN_UNPACKED), MAX_UNPACKED))
    main = _main_part(package)
    relations = relationships(package, main)
    _refuse_macros(package, relations)
    workbook = workbook_part(package, main)
    strings = SharedStrings()
    if (part := _first(relations, "sharedStrings")) and part in package:
        strings.read(package, part)
    styles = _first(relations, "styles")
    context = CellContext(
        strings,
        date_styles(package, styles) if styles and styles in package else (),
        workbook.epoch_1904,
    )
    sheets: list[Sheet] = []
    for entry in workbook.sheets:
        relation = relations.get(entry.relation)
        if relation is None:
            raise TableUnreadable(BROKEN)
        if relation.kind == "worksheet":
            if outlet is not None:
                outlet.begin(entry.name, hidden=entry.hidden)
            builder = SheetBuilder(entry.name, bounds, hidden=entry.hidden, outlet=outlet)
            read_sheet(package, relation.target, builder, context)
            sheets.append(builder.finish())
    if not sheets:
        raise TableUnreadable(NO_SHEET)
    return Workbook(name, TableFormat.XLSX, tuple(sheets))


def _main_part(package: BoundedZip) -> str:
    if "mimetype" in package:
        kind = b"".join(package.chunks("mimetype"))[:100]
        opendocument = kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet")
        raise TableUnreadable(OPENDOCUMENT if opendocument else NOT_A_WORKBOOK)
    if "[Content_Types].xml" not in package and "_rels/.rels" not in package:
        raise TableUnreadable(NOT_A_WORKBOOK)
    part = _first(relationships(package, ""), "officeDocument")
    if part is None:
        raise TableUnreadable(NOT_A_WORKBOOK)
    if part.lower().endswith(".bin"):
        raise TableUnreadable(BINARY_WORKBOOK)
    return part


def _refuse_macros(package: BoundedZip, relations: dict[str, Relationship]) -> None:
    linked = any(
        relation.kind in ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")
        for relation in relations.values()
    )
    held = any(part.endswith("vbaproject.bin") for part in package)
    named = any("macroenabled" in kind.lower() for kind in content_types(package))
    if linked or held or named:
        raise TableUnreadable(MACRO)


def _first(relations: dict[str, Relationship], kind: str) -> str | None:
    return next((each.target for each in relations.values() if each.kind == kind), None)
