"""Reading .xls: the workbook's globals, then one pass over the records of each sheet."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from correctionkit.packages.tables.biff_records import (
    BIFF5,
    BIFF8,
    Record,
    TextReader,
    codec_of,
    records,
)
from correctionkit.packages.tables.cells import Sheet, TableFormat, Workbook
from correctionkit.packages.tables.faults import (
    BOMB,
    BROKEN,
    MACRO,
    NO_SHEET,
    NOT_A_WORKBOOK,
    OLD_EXCEL,
    PASSWORD,
    TableUnreadable,
)
from correctionkit.packages.tables.number_formats import is_date_format
from correctionkit.packages.tables.ole import CompoundFile
from correctionkit.packages.tables.outlet import Outlet
from correctionkit.packages.tables.sheet_builder import MAX_CELLS, SheetBuilder
from correctionkit.packages.tables.xls_sheet import SheetPass
from correctionkit.policy.bounds import TableBounds

MAX_STRINGS = 2_000_000

_FILE_PASS, _CODE_PAGE, _DATE_MODE = 0x002F, 0x0042, 0x0022
_BOUND_SHEET, _FORMAT, _XF, _SST = 0x0085, 0x041E, 0x00E0, 0x00FC
_WORKSHEET, _MACRO_SHEET = 0, 1


@dataclass(frozen=True, slots=True)
class _SheetEntry:
    name: str
    start: int
    kind: int
    hidden: bool


@dataclass(slots=True)
class Globals:
    """What a workbook's first substream says to all its sheets."""

    biff: int = BIFF8
    codec: str = "cp1252"
    epoch_1904: bool = False
    sheets: list[_SheetEntry] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)

    def date_styles(self) -> tuple[bool, ...]:
        """Tell for each cell style whether it shows a date."""
        return tuple(is_date_format(number, self.formats.get(number)) for number in self.styles)


def read_xls(data: bytes, name: str, bounds: TableBounds, outlet: Outlet | None = None) -> Workbook:
    """Read a workbook out of its compound file; each sheet goes to *outlet*, if any, whole."""
    container = CompoundFile(data)
    if "EncryptedPackage" in container:
        raise TableUnreadable(PASSWORD)
    stream_name = next((each for each in ("Workbook", "Book") if each in container), None)
    if stream_name is None:
        raise TableUnreadable(NOT_A_WORKBOOK)
    stream = container.stream(stream_name)
    try:
        shared = _globals(stream)
        if "_VBA_PROJECT_CUR" in container or any(
            entry.kind == _MACRO_SHEET for entry in shared.sheets
        ):
            raise TableUnreadable(MACRO)
        sheets = tuple(
            _sheet(stream, entry, shared, bounds, outlet)
            for entry in shared.sheets
            if entry.kind == _WORKSHEET
        )
    except (struct.error, LookupError, UnicodeDecodeError) as error:
        raise TableUnreadable(BROKEN) from error
    if not sheets:
        raise TableUnreadable(NO_SHEET)
    return Workbook(name, TableFormat.XLS, sheets)


def _sheet(
    stream: bytes,
    entry: _SheetEntry,
    shared: Globals,
    bounds: TableBounds,
    outlet: Outlet | None,
) -> Sheet:
    if outlet is not None:
        outlet.begin(entry.name, hidden=entry.hidden)
    builder = SheetBuilder(entry.name, bounds, hidden=entry.hidden, outlet=outlet, held=MAX_CELLS)
    sheet = SheetPass(
        builder,
        strings=shared.strings,
        date_styles=shared.date_styles(),
        epoch_1904=shared.epoch_1904,
        codec=None if shared.biff == BIFF8 else shared.codec,
    )
    for record in records(stream, entry.start):
        sheet.take(record)
    sheet.finish()
    return builder.finish()


def _globals(stream: bytes) -> Globals:
    shared = Globals()
    names: list[tuple[bytes, Record]] = []
    for number, record in enumerate(records(stream)):
        body = record.body
        if number == 0:
            (shared.biff,) = struct.unpack_from("<H", body)
            if shared.biff not in (BIFF5, BIFF8):
                raise TableUnreadable(OLD_EXCEL)
        elif record.kind == _FILE_PASS:
            raise TableUnreadable(PASSWORD)
        elif record.kind == _CODE_PAGE:
            shared.codec = codec_of(struct.unpack_from("<H", body)[0])
        elif record.kind == _DATE_MODE:
            shared.epoch_1904 = struct.unpack_from("<H", body)[0] == 1
        elif record.kind == _BOUND_SHEET:
            names.append((body, record))
        elif record.kind == _FORMAT:
            key = struct.unpack_from("<H", body)[0]
            shared.formats[key] = _text(record, 2, shared, 2)
        elif record.kind == _XF:
            shared.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif record.kind == _SST:
            shared.strings = _shared_strings(record)
    # Names need the code page, which may come after them.
    for body, record in names:
        start, visibility, kind = struct.unpack_from("<IBB", body)
        name = _text(record, 6, shared, 1)
        shared.sheets.append(_SheetEntry(name, start, kind, bool(visibility & 0x03)))
    return shared


def _text(record: Record, at: int, shared: Globals, length_size: int) -> str:
    if shared.biff == BIFF8:
        return TextReader(record, at).text(length_size)
    # Formats and sheet names of BIFF5 both count their length in one byte.
    length = record.body[at]
    return record.body[at + 1 : at + 1 + length].decode(shared.codec, "replace")


def _shared_strings(record: Record) -> list[str]:
    reader = TextReader(record, 4)
    count = reader.number(4)
    if count > MAX_STRINGS:
        raise TableUnreadable(BOMB)
    return [reader.text() for _ in range(count)]
