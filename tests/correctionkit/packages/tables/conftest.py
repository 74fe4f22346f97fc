"""Builders: each makes a table file that reads without a fault, and takes one change."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from correctionkit.packages.tables.cells import Sheet, Workbook
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>学号</t></is></c></row>'


def _relations(*links: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _parts() -> dict[str, str | bytes | None]:
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
            '<sheets><sheet name="附表2" sheetId="1" r:id="s1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            ("s1", "worksheet", "worksheets/sheet1.xml"),
            ("s2", "sharedStrings", "sharedStrings.xml"),
            ("s3", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>张三</t></si></sst>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><numFmts>'
            '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
            '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="49"/></cellXfs>'
            '<dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs></styleSheet>'
        ),
        "xl/worksheets/sheet1.xml": _sheet(""),
    }


def _sheet(rows: str, *, before: str = "", after: str = "") -> str:
    table = f"<sheetData>{HEADER}{rows}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{before}{table}{after}</worksheet>'


def zipped(parts: Mapping[str, str | bytes | None]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return target.getvalue()


@pytest.fixture(scope="session")
def xlsx() -> Callable[..., bytes]:
    """Build an xlsx from *rows* (XML after the header row), or with whole *parts* replaced."""

    def build(
        rows: str = "",
        *,
        before: str = "",
        after: str = "",
        parts: Mapping[str, str | bytes | None] | None = None,
    ) -> bytes:
        sheet = {"xl/worksheets/sheet1.xml": _sheet(rows, before=before, after=after)}
        return zipped({**_parts(), **sheet, **(parts or {})})

    return build


@pytest.fixture(scope="session")
def bounds() -> TableBounds:
    return TableBounds(max_rows=1_000, max_columns=30, max_cell_characters=32_767)


@pytest.fixture(scope="session")
def read(bounds: TableBounds) -> Callable[..., Workbook]:
    def read(content: bytes, limits: TableBounds = bounds) -> Workbook:
        return read_workbook(content, "附表2.xlsx", limits)

    return read


@pytest.fixture(scope="session")
def only_sheet(read: Callable[..., Workbook]) -> Callable[[bytes], Sheet]:
    def only_sheet(content: bytes) -> Sheet:
        (sheet,) = read(content).sheets
        return sheet

    return only_sheet


@pytest.fixture(scope="session")
def fault_of(read: Callable[..., Workbook]) -> Callable[..., str | tuple[str, dict[str, object]]]:
    """Return the fault that reading ends with, with its parameters where it has some."""

    def fault_of(content: bytes, *limits: TableBounds) -> object:
        with pytest.raises(TableUnreadable) as refused:
            read(content, *limits)
        fault = refused.value.fault
        return (fault, refused.value.params) if refused.value.params else fault

    return fault_of


@pytest.fixture(scope="session")
def corpora() -> Path:
    folder = Path(__file__).resolve().parents[5] / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the third-party files are not beside the repository")
    return folder
