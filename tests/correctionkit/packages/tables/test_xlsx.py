"""xlsx: each kind of cell, each way to write one, and each fault."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest

from correctionkit.packages.tables import bounded_zip, xlsx_parts
from correctionkit.packages.tables.cells import EMPTY, Cell, CellKind, MergedRange, Row
from correctionkit.policy.bounds import TableBounds

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def links(*each):
    inner = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, kind, target in each
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param('<c r="A2" t="s"><v>0</v></c>', Cell("张三", CellKind.TEXT), id="shared text"),
        pytest.param(
            '<c r="A2" t="inlineStr"><is><t>01</t></is></c>',
            Cell("01", CellKind.TEXT),
            id="inline text",
        ),
        pytest.param(
            '<c r="A2" t="inlineStr"><v>01</v></c>',
            Cell("01", CellKind.TEXT),
            id="inline text as a value",
        ),
        pytest.param(
            '<c r="A2" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>',
            Cell("a<b", CellKind.TEXT),
            id="character data section",
        ),
        pytest.param(
            '<c r="A2" t="inlineStr"><is><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r>'
            "<rPh><t>zhang</t></rPh></is></c>",
            Cell("张三", CellKind.TEXT),
            id="rich text without its phonetic guide",
        ),
        pytest.param('<c r="A2" t="str"><v>x</v></c>', Cell("x", CellKind.TEXT), id="plain string"),
        pytest.param(
            '<c r="A2" t="str"><v>a_x000D__x4E00__x005F_x0041_</v></c>',
            Cell("a\r一_x0041_", CellKind.TEXT),
            id="escapes",
        ),
        pytest.param(
            '<c r="A2" t="str"><v>_xD83D__xDE00_ _xD83D_</v></c>',
            Cell("_xD83D__xDE00_ _xD83D_", CellKind.TEXT),
            id="half a surrogate pair leaves all escapes as written",
        ),
        pytest.param(
            '<c r="A2" t="str"><v>_xD87E__xDCD6_</v></c>',
            Cell("\U0002f8d6", CellKind.TEXT),
            id="surrogate pair",
        ),
        pytest.param(
            '<c r="A2" t="inlineStr"><is><t> a </t></is></c>',
            Cell("a", CellKind.TEXT),
            id="white space not kept",
        ),
        pytest.param(
            '<c r="A2" t="inlineStr"><is><t xml:space="preserve"> a&#10;</t></is></c>',
            Cell(" a\n", CellKind.TEXT),
            id="white space kept",
        ),
        pytest.param(
            '<c r="A2"><v>1335001209114</v></c>',
            Cell("1335001209114", CellKind.NUMBER),
            id="13 digits",
        ),
        pytest.param(
            '<c r="A2" s="2"><v>1.10105194912310E+17</v></c>',
            Cell("1.10105194912310E+17", CellKind.NUMBER),
            id="18 digits typed as a number",
        ),
        pytest.param(
            '<c r="A2" t="n"><v> 5 </v></c>', Cell("5", CellKind.NUMBER), id="number with lay-out"
        ),
        pytest.param(
            '<c r="A2" s="1"><v>36925</v></c>', Cell("2001-02-03", CellKind.DATE), id="date"
        ),
        pytest.param(
            '<c r="A2" s="1"><v>36925.5</v></c>',
            Cell("2001-02-03T12:00:00", CellKind.DATE),
            id="date and time",
        ),
        pytest.param(
            '<c r="A2" s="1"><v>-1</v></c>', Cell("-1", CellKind.NUMBER), id="no such date"
        ),
        pytest.param(
            '<c r="A2" t="d"><v>2001-02-03T00:00:00</v></c>',
            Cell("2001-02-03", CellKind.DATE),
            id="ISO date",
        ),
        pytest.param('<c r="A2" t="b"><v>1</v></c>', Cell("TRUE", CellKind.BOOLEAN), id="true"),
        pytest.param('<c r="A2" t="b"><v>0</v></c>', Cell("FALSE", CellKind.BOOLEAN), id="false"),
        pytest.param('<c r="A2" t="e"><v>#N/A</v></c>', Cell("#N/A", CellKind.ERROR), id="error"),
        pytest.param(
            '<c r="A2" t="str"><f>B2</f><v>a</v></c>',
            Cell("a", CellKind.FORMULA),
            id="formula with its text",
        ),
        pytest.param(
            '<c r="A2" s="1"><f>TODAY()</f><v>36925</v></c>',
            Cell("2001-02-03", CellKind.FORMULA),
            id="formula with its date",
        ),
        pytest.param(
            '<c r="A2"><f>HYPERLINK("x")</f></c>',
            Cell('=HYPERLINK("x")', CellKind.FORMULA),
            id="formula alone",
        ),
        pytest.param(
            '<c r="A2"><f t="shared" si="0"/><v>3</v></c>',
            Cell("3", CellKind.FORMULA),
            id="shared formula",
        ),
        pytest.param(
            '<c r="A2" s="999"><v>7</v></c>', Cell("7", CellKind.NUMBER), id="unknown style"
        ),
        pytest.param('<c r="A2" s=""><v>7</v></c>', Cell("7", CellKind.NUMBER), id="empty style"),
        pytest.param('<c t="s"><v>0</v></c>', Cell("张三", CellKind.TEXT), id="no reference"),
    ],
)
def test_a_cell_is_read_as_it_was_typed(xlsx, only_sheet, cell, expected):
    sheet = only_sheet(xlsx(f"<row>{cell}</row>"))

    assert sheet.rows[1:] == (Row(2, (expected,)),)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" s="1"/>',
        '<c r="A2" t="s"><v></v></c>',
        '<c r="A2" t="inlineStr"><is><t/></is></c>',
        '<c r="A2"><v/></c>',
    ],
)
def test_a_cell_that_holds_nothing_is_not_used(xlsx, only_sheet, cell):
    assert [row.number for row in only_sheet(xlsx(f'<row r="2">{cell}</row>'))] == [1]


def test_places_count_as_a_spreadsheet_shows_them(xlsx, only_sheet):
    sheet = only_sheet(
        xlsx('<row r="5"><c r="C5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>')
    )

    assert sheet.rows[1:] == (
        Row(5, (EMPTY, EMPTY, Cell("1", CellKind.NUMBER), Cell("2", CellKind.NUMBER))),
        Row(6, (Cell("3", CellKind.NUMBER),)),
    )
    assert sheet.width == 4
    assert sheet.rows[1].cell(4) is EMPTY


def test_rows_out_of_order_are_put_in_order(xlsx, only_sheet):
    sheet = only_sheet(
        xlsx(
            '<row r="3"><c r="B3"><v>3</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
            '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"/>'
            '<row r="3"><c r="D3"><v>4</v></c></row>'
        )
    )

    assert [(row.number, row.texts) for row in sheet] == [
        (1, ("学号",)),
        (2, ("2",)),
        (3, ("1", "3", "", "4")),
    ]


def test_what_one_formula_fills_is_formula(xlsx, only_sheet):
    sheet = only_sheet(
        xlsx(
            '<row r="2"><c r="A2"><f t="array" ref="A2:B3">X</f><v>1</v></c><c r="B2"><v>2</v></c>'
            '<c r="C2"><v>3</v></c></row><row r="3"><c r="A3"><v>4</v></c></row>'
        )
    )

    assert [[cell.kind for cell in row.cells] for row in sheet.rows[1:]] == [
        [CellKind.FORMULA, CellKind.FORMULA, CellKind.NUMBER],
        [CellKind.FORMULA],
    ]


def test_hidden_rows_and_columns_count_where_they_hold_something(xlsx, only_sheet):
    sheet = only_sheet(
        xlsx(
            '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" hidden="true"/>'
            '<row r="4" ht="0"><c r="B4"><v>1</v></c></row><row r="5"><c r="A5"><v>1</v></c></row>',
            before='<cols><col min="2" max="2" width="9" hidden="1"/>'
            '<col min="3" max="16384" width="0"/></cols>',
        )
    )

    assert (sheet.hidden_rows, sheet.hidden_columns) == (2, 1)
    assert [row.number for row in sheet if row.hidden] == [2, 4]


def test_merged_ranges_are_named(xlsx, only_sheet):
    sheet = only_sheet(
        xlsx(after='<mergeCells><mergeCell ref="B2:AA3"/><mergeCell ref="A1"/></mergeCells>')
    )

    assert sheet.merged == (MergedRange(1, 0, 1, 0), MergedRange(2, 1, 3, 26))
    assert [str(merged) for merged in sheet.merged] == ["A1:A1", "B2:AA3"]
    assert sheet.merged[1].holds(3, 26)
    assert not sheet.merged[1].holds(3, 27)


def test_1904_dates_are_right(xlsx, only_sheet):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr date1904="1"/>'
        '<sheets><sheet name="附表2" sheetId="1" r:id="s1"/></sheets></workbook>'
    )
    row = '<row r="2"><c r="A2" s="1"><v>35463</v></c><c r="B2" s="1"><v>0</v></c></row>'
    sheet = only_sheet(xlsx(row, parts={"xl/workbook.xml": workbook}))

    assert sheet.rows[1].texts == ("2001-02-03", "1904-01-01")


def test_hidden_sheets_are_flagged_and_chart_sheets_left_out(xlsx, read):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="a" r:id="s1"/><sheet name="b" state="hidden" r:id="s1"/>'
        '<sheet name="c" state="veryHidden" r:id="s1"/><sheet name="d" r:id="s4"/>'
        "</sheets></workbook>"
    )
    relations = links(
        ("s1", "worksheet", "/xl/worksheets/sheet1.xml"), ("s4", "chartsheet", "chartsheets/1.xml")
    )
    book = read(xlsx(parts={"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": relations}))

    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("a", False),
        ("b", True),
        ("c", True),
    ]
    assert [sheet.name for sheet in book.visible_sheets] == ["a"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(MAIN, STRICT), id="strict namespace"),
        pytest.param(
            lambda text: (
                text.replace("<", "<q:").replace("<q:/", "</q:").replace("xmlns=", "xmlns:q=")
            ),
            id="prefix",
        ),
        pytest.param(lambda text: text.replace(f' xmlns="{MAIN}"', ""), id="no namespace"),
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
    ],
)
def test_every_dialect_reads_the_same(xlsx, only_sheet, change):
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'

    read = only_sheet(xlsx(parts={"xl/worksheets/sheet1.xml": change(sheet)}))

    assert read.rows == (Row(1, (Cell("张三", CellKind.TEXT),)),)


def test_backslashes_and_capitals_in_part_names_are_no_obstacle(xlsx, only_sheet):
    content = xlsx(
        parts={
            "xl/sharedStrings.xml": None,
            "XL\\SharedStrings.XML": f'<sst xmlns="{MAIN}"><si><t>李四</t></si></sst>',
        },
        rows='<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
    )

    assert only_sheet(content).rows[1].texts == ("李四",)


def test_a_workbook_without_styles_and_strings_is_read(xlsx, only_sheet):
    content = xlsx(
        '<row r="2"><c r="A2" s="1"><v>36925</v></c></row>',
        parts={"xl/styles.xml": None, "xl/sharedStrings.xml": None},
    )

    assert only_sheet(content).rows[1].cells == (Cell("36925", CellKind.NUMBER),)


def entity(name):
    return f'<!DOCTYPE x [<!ENTITY {name} "ha">]>'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(
            {"xl/worksheets/sheet1.xml": f"<!DOCTYPE x><worksheet xmlns='{MAIN}'/>"},
            "bomb",
            id="document type",
        ),
        pytest.param(
            {
                "xl/sharedStrings.xml": entity("lol")
                + f"<sst xmlns='{MAIN}'><si><t>&lol;</t></si></sst>"
            },
            "bomb",
            id="entity",
        ),
        pytest.param(
            {"[Content_Types].xml": b"<Types>" + b" " * (2 << 20) + b"</Types>"},
            "bomb",
            id="dense part",
        ),
        pytest.param({"xl/workbook.xml": "<a>" * 70}, "bomb", id="too deep"),
        pytest.param(
            {"xl/styles.xml": "<a>" + "".join(f"<b{n}/>" for n in range(5_001)) + "</a>"},
            "bomb",
            id="too many names",
        ),
        pytest.param(
            {"xl/styles.xml": "<a>" + "".join(f'<b xmlns:c{n}="d"/>' for n in range(501)) + "</a>"},
            "bomb",
            id="too many prefixes",
        ),
        pytest.param(
            {"xl/workbook.xml": f"<workbook xmlns='{MAIN}'>" + "<sheet/>" * 1_001 + "</workbook>"},
            "bomb",
            id="too many sheets",
        ),
        pytest.param({f"part{n}": "" for n in range(4_096)}, "bomb", id="too many parts"),
        pytest.param({"xl/vbaProject.bin": b"x"}, "macro", id="macro project"),
        pytest.param(
            {
                "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Override PartName="/xl/workbook.xml" '
                'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
            },
            "macro",
            id="macro-enabled content type",
        ),
        pytest.param(
            {"_rels/.rels": links(("r", "officeDocument", "xl/workbook.bin"))},
            "binary-workbook",
            id="binary workbook",
        ),
        pytest.param(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
            "opendocument",
            id="OpenDocument",
        ),
        pytest.param({"mimetype": "application/epub+zip"}, "not-a-workbook", id="book"),
        pytest.param(
            {"xl/workbook.xml": '<w:document xmlns:w="x"/>'}, "not-a-workbook", id="text document"
        ),
        pytest.param({"_rels/.rels": None}, "not-a-workbook", id="no document"),
        pytest.param(
            {"_rels/.rels": None, "[Content_Types].xml": None}, "not-a-workbook", id="any ZIP"
        ),
        pytest.param({"xl/workbook.xml": f"<workbook xmlns='{MAIN}'/>"}, "no-sheet", id="no sheet"),
        pytest.param({"xl/workbook.xml": None}, "broken", id="workbook part missing"),
        pytest.param({"xl/worksheets/sheet1.xml": None}, "broken", id="sheet part missing"),
        pytest.param({"xl/_rels/workbook.xml.rels": None}, "broken", id="relationships missing"),
        pytest.param({"xl/worksheets/sheet1.xml": "<worksheet>"}, "broken", id="cut off"),
        pytest.param(
            {"xl/worksheets/sheet1.xml": "<?xml version='1.0' encoding='x-none'?><a/>"},
            "broken",
            id="encoding",
        ),
        pytest.param({"XL/workbook.xml": "<workbook/>"}, "broken", id="one part twice"),
        pytest.param(
            {"xl/worksheets/sheet1.xml": f"<worksheet xmlns='{MAIN}'/>"},
            "empty-table",
            id="nothing in it",
        ),
    ],
)
def test_a_part_that_does_not_fit_is_refused(xlsx, fault_of, parts, expected):
    assert fault_of(xlsx(parts=parts)) == expected


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
            id="two values in a cell",
        ),
        pytest.param('<row r="2"><c r="A2"><c r="B2"><v>2</v></c></c></row>', id="cell in a cell"),
        pytest.param('<row r="0"><c><v>2</v></c></row>', id="row 0"),
        pytest.param('<row r="1048577"><c><v>2</v></c></row>', id="row beyond the last"),
        pytest.param('<row r="2"><c r="XFE2"><v>2</v></c></row>', id="column beyond the last"),
        pytest.param('<row r="2"><c r="2"><v>2</v></c></row>', id="no column"),
        pytest.param('<row r="2"><c r="A"><v>2</v></c></row>', id="no row"),
        pytest.param('<row r="x"><c><v>2</v></c></row>', id="row that is no number"),
        pytest.param('<row r="2"><c r="A2" t="s"><v>1</v></c></row>', id="no such shared string"),
        pytest.param('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', id="negative shared string"),
        pytest.param('<row r="2"><c r="A2" s="1"><v>x</v></c></row>', id="date that is no number"),
        pytest.param(
            '<row r="2"><c r="A2"><f t="array" ref="?">1</f></c></row>', id="range that is none"
        ),
    ],
)
def test_cells_that_contradict_themselves_are_damage(xlsx, fault_of, rows):
    assert fault_of(xlsx(rows)) == "broken"


def test_a_long_tag_is_a_bomb(xlsx, fault_of):
    long = f"<sst xmlns='{MAIN}' a='{'x' * (3 << 20)}'/>"
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # Stored, as it would be refused for its density otherwise.
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, content in (parts | {"xl/sharedStrings.xml": long.encode()}).items():
            archive.writestr(name, content)

    assert fault_of(stored.getvalue()) == "bomb"


LIMITS = TableBounds(max_rows=3, max_columns=2, max_cell_characters=5)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            '<row r="7"><c r="B7"><v>12345</v></c></row><row r="9"><c r="A9"><v>1</v></c></row>',
            id="all",
        ),
        pytest.param(
            '<row r="2"><c r="XFD2" s="1"/></row><row r="1048576"><c r="A1048576"/></row>',
            id="empty cells do not count",
        ),
    ],
)
def test_what_is_within_the_bounds_is_read(xlsx, read, rows):
    content = xlsx(rows, before='<dimension ref="A1:XFD1048576"/>')

    assert read(content, LIMITS).sheets[0].rows[0].texts == ("学号",)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in (2, 3, 4)),
            ("dimensions", {"sheet": "附表2", "rows": 3, "columns": 2}),
            id="a row too many",
        ),
        pytest.param(
            '<row r="2"><c r="C2"><v>1</v></c></row>',
            ("dimensions", {"sheet": "附表2", "rows": 3, "columns": 2}),
            id="a column too many",
        ),
        pytest.param(
            '<row r="2"><c r="B2"><v>123456</v></c></row>',
            ("cell-too-long", {"sheet": "附表2", "cell": "B2", "limit": 5}),
            id="a character too many",
        ),
    ],
)
def test_what_is_beyond_the_bounds_is_named(xlsx, fault_of, rows, expected):
    assert fault_of(xlsx(rows), LIMITS) == expected


def test_damage_inside_the_zip_is_told(xlsx, fault_of):
    content = bytearray(xlsx())
    at = content.index(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml") + 9
    content[at] ^= 0xFF

    assert fault_of(bytes(content)) == "broken"
    assert fault_of(bytes(content[: len(content) // 2])) == "broken"


def test_an_encrypted_part_asks_for_the_password_to_go(xlsx, fault_of):
    content = bytearray(xlsx())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)

    assert fault_of(bytes(content)) == "password"


def test_an_unknown_compression_is_damage(xlsx, fault_of):
    content = bytearray(xlsx())
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.find(signature)
        while at >= 0:
            content[at + method] = 9
            at = content.find(signature, at + 4)

    assert fault_of(bytes(content)) == "broken"


def test_a_workbook_of_openpyxl_is_read_whole(only_sheet):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["2001年3月统计表"])
    page.append(["学号", "证件号码", "出生日期", "公式", "是", "序号"])
    page.append(["0335001209114", "11010519491231002X", datetime.date(2001, 2, 3), "=A3", True, 1])
    page["A4"] = "  张三\u3000"
    page.row_dimensions[4].hidden = True
    page.column_dimensions["F"].hidden = True
    page.merge_cells("A1:F1")
    target = io.BytesIO()
    book.save(target)

    sheet = only_sheet(target.getvalue())

    assert [(row.number, row.texts) for row in sheet] == [
        (1, ("2001年3月统计表",)),
        (2, ("学号", "证件号码", "出生日期", "公式", "是", "序号")),
        (3, ("0335001209114", "11010519491231002X", "2001-02-03", "=A3", "TRUE", "1")),
        (4, ("  张三\u3000",)),
    ]
    assert [cell.kind for cell in sheet.rows[2].cells] == [
        CellKind.TEXT,
        CellKind.TEXT,
        CellKind.DATE,
        CellKind.FORMULA,
        CellKind.BOOLEAN,
        CellKind.NUMBER,
    ]
    assert (sheet.hidden_rows, sheet.hidden_columns, [str(m) for m in sheet.merged]) == (
        1,
        1,
        ["A1:F1"],
    )


@pytest.mark.parametrize(
    ("bound", "part", "content"),
    [
        pytest.param("MAX_STYLES", "xl/styles.xml", "<cellXfs><xf/><xf/></cellXfs>", id="styles"),
        pytest.param(
            "MAX_STYLES",
            "xl/styles.xml",
            '<numFmts><numFmt numFmtId="1"/><numFmt numFmtId="2"/></numFmts>',
            id="number formats",
        ),
        pytest.param("MAX_STRINGS", "xl/sharedStrings.xml", "<si/><si/>", id="strings"),
    ],
)
def test_lists_without_end_are_bombs(monkeypatch, xlsx, fault_of, bound, part, content):
    monkeypatch.setattr(xlsx_parts, bound, 1)

    assert fault_of(xlsx(parts={part: f'<list xmlns="{MAIN}">{content}</list>'})) == "bomb"


def test_elements_without_end_are_a_bomb(monkeypatch, xlsx, fault_of):
    monkeypatch.setattr(bounded_zip, "MAX_ELEMENTS", 100)

    assert fault_of(xlsx('<row r="2">' + "<c/>" * 101 + "</row>")) == "bomb"
