"""The parts of an xlsx package around its sheets: relationships, workbook, styles, strings."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from correctionkit.packages.tables.bounded_zip import BoundedZip
from correctionkit.packages.tables.cell_text import TextGatherer
from correctionkit.packages.tables.cells import EMPTY, Cell, CellKind
from correctionkit.packages.tables.faults import BOMB, BROKEN, NOT_A_WORKBOOK, TableUnreadable
from correctionkit.packages.tables.number_formats import is_date_format
from correctionkit.packages.tables.xml_stream import Attributes

MAX_STRINGS = 2_000_000
MAX_STYLES = 100_000
MAX_SHEETS = 1_000

_RELATION_IDS = tuple(
    f"{namespace} id"
    for namespace in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
_TRUE = frozenset(("1", "true", "on"))


def is_true(value: str | None) -> bool:
    """Read an XML boolean."""
    return value in _TRUE


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another; *kind* is the last word of its type."""

    kind: str
    target: str


def relationships(package: BoundedZip, part: str) -> dict[str, Relationship]:
    """Return the relationships of *part* by id; the package's own for ``""``."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Relationship] = {}

    def relationship(attributes: Attributes) -> None:
        if attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            found[attributes.get("Id", "")] = Relationship(
                attributes.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"),
            )

    if source in package:
        package.parse(source, {"Relationship": relationship})
    return found


def content_types(package: BoundedZip) -> frozenset[str]:
    """Return the content types that the package states."""
    types: set[str] = set()

    def stated(attributes: Attributes) -> None:
        types.add(attributes.get("ContentType", ""))

    if "[Content_Types].xml" in package:
        package.parse("[Content_Types].xml", {"Override": stated, "Default": stated})
    return frozenset(types)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """What the workbook part says."""

    sheets: tuple[SheetEntry, ...]
    epoch_1904: bool


def workbook_part(package: BoundedZip, part: str) -> WorkbookPart:
    """Read the workbook part."""
    sheets: list[SheetEntry] = []
    is_workbook = epoch_1904 = False

    def workbook(_: Attributes) -> None:
        nonlocal is_workbook
        is_workbook = True

    def properties(attributes: Attributes) -> None:
        nonlocal epoch_1904
        epoch_1904 = is_true(attributes.get("date1904"))

    def sheet(attributes: Attributes) -> None:
        relation = next((attributes[key] for key in _RELATION_IDS if key in attributes), "")
        hidden = attributes.get("state", "visible") != "visible"
        sheets.append(SheetEntry(attributes.get("name", ""), relation, hidden))
        if len(sheets) > MAX_SHEETS:
            raise TableUnreadable(BOMB)

    starts = {"workbook": workbook, "workbookPr": properties, "sheet": sheet}
    package.parse(part, starts)
    if not is_workbook:
        raise TableUnreadable(NOT_A_WORKBOOK)
    return WorkbookPart(tuple(sheets), epoch_1904)


def date_styles(package: BoundedZip, part: str) -> tuple[bool, ...]:
    """Tell for each cell style whether it shows a date."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    # Styles by name and differential formats hold elements of the same names.
    inside = ""

    def enter(section: str) -> Callable[[Attributes], None]:
        def start(_: Attributes) -> None:
            nonlocal inside
            inside = section

        return start

    def leave() -> None:
        nonlocal inside
        inside = ""

    def number_format(attributes: Attributes) -> None:
        if inside == "numFmts":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            if len(codes) > MAX_STYLES:
                raise TableUnreadable(BOMB)

    def style(attributes: Attributes) -> None:
        if inside == "cellXfs":
            formats.append(int(attributes.get("numFmtId") or 0))
            if len(formats) > MAX_STYLES:
                raise TableUnreadable(BOMB)

    starts = {
        "numFmts": enter("numFmts"),
        "numFmt": number_format,
        "cellXfs": enter("cellXfs"),
        "xf": style,
    }
    package.parse(part, starts, {"numFmts": leave, "cellXfs": leave})
    return tuple(is_date_format(number, codes.get(number)) for number in formats)


class SharedStrings:
    """The texts that cells refer to by number; each becomes one :class:`Cell`, once."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []

    def read(self, package: BoundedZip, part: str) -> None:
        """Read the part that holds them."""
        characters: list[str] = []
        gatherer = TextGatherer(characters)
        strings = self._cells

        def end() -> None:
            text = gatherer.take()
            strings.append(Cell(text, CellKind.TEXT) if text else EMPTY)
            if len(strings) > MAX_STRINGS:
                raise TableUnreadable(BOMB)

        ends = {**gatherer.ends, "si": end}
        package.parse(part, gatherer.starts, ends, characters.append)

    def cell(self, index: int) -> Cell:
        """Return the text cell of one string; an empty one is an empty cell.

        Raises :exc:`IndexError` where there is none.
        """
        if index < 0:
            raise TableUnreadable(BROKEN)
        return self._cells[index]
