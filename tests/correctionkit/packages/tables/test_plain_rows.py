"""Plain rows are read without the parser, and give what the parser gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correctionkit.packages.tables import bounded_zip, xlsx_sheet
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.plain_rows import PlainRows
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOUNDS = TableBounds(max_rows=50, max_columns=30, max_cell_characters=40)
PLAIN = '<row r="2" spans="1:2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c></row>'


def result(content):
    try:
        return read_workbook(content, "x", BOUNDS)
    except TableUnreadable as refused:
        return refused.fault, refused.params


def by_parser(content, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(
            PlainRows, "left_over", lambda self, chunks, position: _all(self, chunks, position)
        )
        return result(content)


def _all(plain, chunks, position):
    plain._position = position
    return chunks


@pytest.fixture
def taken(monkeypatch):
    """The numbers of the rows that the parser did not see."""
    numbers = []
    take = xlsx_sheet._SheetPass.take_row

    def noting(self, attributes, cells):
        numbers.append(int(attributes["r"]))
        take(self, attributes, cells)

    monkeypatch.setattr(xlsx_sheet._SheetPass, "take_row", noting)
    return numbers


def rows_of(xml, number=3):
    return f'<row r="{number}" spans="1:2">{xml}</row>'


def sheet(inside, head=""):
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A3" t="s"><v>0</v></c>',
        '<c r="A3" s="2" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>',
        '<c r="B3" s="1"><v>45000</v></c><c r="D3" t="b"><v>1</v></c>',
        '<c r="A3" s="1"/><c r="B3" t="n"><v>1</v></c><c r="C3"></c>',
        '<c r="A3" t="str"><v>_x0041_</v></c>',
        '<c r="A3" t="s"><is><t>甲</t></is></c>',
        '<c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><is><t>甲</t></is></c>',
        '<c r="A3" t="inlineStr"><v>甲</v></c>',
        '<c r="A3" t="inlineStr"><is><t>甲</t></is></c><c r="B3" t="inlineStr"><v>乙</v></c>',
        '<c r="A3" t="e"><v>#N/A</v></c><c r="AA3" t="d"><v>2024-05-06T00:00:00</v></c>',
    ],
)
def test_plain_rows_do_not_go_to_the_parser(xlsx, taken, monkeypatch, cell):
    content = xlsx(PLAIN + rows_of(cell) + PLAIN.replace("2", "4"))

    read = result(content)

    assert 3 in taken
    taken.clear()
    assert by_parser(content, monkeypatch) == read
    assert taken == []


@pytest.mark.parametrize(
    "odd",
    [
        rows_of('<c r="A3"><f>1+1</f><v>2</v></c>'),
        rows_of('<c r="A3" t="inlineStr"><is><r><t>甲</t></r></is></c>'),
        rows_of('<c r="A3" t="str"><v>a&amp;b</v></c>'),
        rows_of('<c r="A3" t="str"><v>a\rb</v></c>'),
        rows_of('<c r="A3" t="str"><v><![CDATA[</row>]]></v></c>'),
        rows_of('<!-- </row> --><c r="A3"><v>1</v></c>'),
        rows_of('<c r="B3"><v>1</v></c><c r="A3"><v>1</v></c>'),
        rows_of('<c r="A3"><v>1</v></c><c r="A3"><v>1</v></c>'),
        rows_of('<c r="A4"><v>1</v></c>'),
        rows_of('<c r="A3" t="s"><v>99</v></c>'),
        rows_of('<c r="A3" t="s"><v>-1</v></c>'),
        rows_of('<c r="A3"><v>1</v></c>stray'),
        rows_of('<c r="A3" t="str"><v>\x01</v></c>'),
        rows_of('<c r="A3" t="str"><v>]]></v></c>'),
        rows_of('<c r="A3" x:y="1"><v>1</v></c>'),
        rows_of('<c r="AAAA3"><v>1</v></c>'),
        rows_of(f'<c r="A3" t="str"><v>{"长" * 41}</v></c>'),
        rows_of('<c r="AF3"><v>1</v></c>'),
        '<row r="3" r="3"><c r="A3"><v>1</v></c></row>',
        '<row r="3" x:y="3"><c r="A3"><v>1</v></c></row>',
        '<row><c r="A3"><v>1</v></c></row>',
        '<row r="x"><c r="A3"><v>1</v></c></row>',
        '<row r="3" ht="0" hidden="1"><c r="A3"><v>1</v></c></row>',
        '<row r="3" xmlns="urn:other"><c r="A3"><v>1</v></c></row>',
        '<row r="3"/><row r="3"><c r="A3"><v>1</v></c></row>',
        '\n <row r="3"\n><c r="A3"><v>1</v></c></row>\n',
        "<!-- <row r='3'></row> -->",
        "<![CDATA[" + PLAIN + "]]>",
        "</sheetData><sheetData>",
        PLAIN,
        "</row>",
        "<row r='3'><row r='5'></row></row>",
        f'<x:row xmlns:x="{MAIN}" r="3"><c r="A3"><v>1</v></c></x:row>',
    ],
)
@pytest.mark.parametrize("around", [PLAIN + PLAIN.replace("2", "7"), ""])
def test_odd_rows_mean_what_the_parser_says(xlsx, monkeypatch, odd, around):
    for inside in (around + odd, odd + around, PLAIN.replace("2", "8") + odd + around):
        content = xlsx(parts={"xl/worksheets/sheet1.xml": sheet(inside)})

        assert result(content) == by_parser(content, monkeypatch)


@pytest.mark.parametrize(
    ("head", "encoding", "plain"),
    [
        ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', "utf-8", True),
        ("<?xml version='1.0' encoding='utf-8'?>", "utf-8-sig", True),
        ("", "utf-8", True),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "utf-8", False),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16", False),
        ("<!-- <sheetData> -->", "utf-8", False),
    ],
)
def test_only_what_is_surely_utf_8_is_read_without_the_parser(
    xlsx, taken, monkeypatch, head, encoding, plain
):
    xml = sheet(PLAIN + PLAIN.replace("2", "3") + PLAIN.replace("2", "4"), head).encode(encoding)
    content = xlsx(parts={"xl/worksheets/sheet1.xml": xml})

    read = result(content)

    assert bool(taken) is plain
    assert read == by_parser(content, monkeypatch)


def test_bytes_that_are_no_utf_8_are_the_parser_s(xlsx, monkeypatch):
    xml = sheet(PLAIN * 3).encode().replace("甲".encode(), b"\xff", 1)
    content = xlsx(parts={"xl/worksheets/sheet1.xml": xml})

    assert result(content) == by_parser(content, monkeypatch) == ("broken", {})


def test_elements_of_plain_rows_are_counted(xlsx, monkeypatch):
    content = xlsx("".join(PLAIN.replace("2", str(n)) for n in range(2, 40)))
    monkeypatch.setattr(bounded_zip, "MAX_ELEMENTS", 150)

    assert result(content) == by_parser(content, monkeypatch) == ("bomb", {})


texts = st.text(st.sampled_from("甲1 _x0041;&<>\r\n\t\x01]'\"\ufffe𠀀"), max_size=6)
kinds = st.sampled_from(["", ' t="s"', ' t="str"', ' t="inlineStr"', ' t="n"', ' t="b"'])
cells = st.builds(
    lambda column, number, style, kind, text, shape: shape.format(
        at=f"{column}{number}", more=style + kind, text=text
    ),
    st.sampled_from(["A", "B", "C", "AD", "AE"]),
    st.sampled_from(["{n}"] * 12 + ["2", ""]),
    st.sampled_from(["", ' s="1"', ' s="9"']),
    kinds,
    texts | st.sampled_from(["0", "1", "45000", "0.5", "甲"]),
    st.sampled_from(
        [
            '<c r="{at}"{more}><v>{text}</v></c>',
            '<c r="{at}"{more}><is><t>{text}</t></is></c>',
            '<c r="{at}"{more}><is><t xml:space="preserve">{text}</t></is></c>',
            '<c r="{at}"{more}/>',
            '<c{more} r="{at}"><v>{text}</v></c>',
            '<c r="{at}"><f>{text}</f></c>',
        ]
    ),
)
row_parts = st.builds(
    lambda number, more, inside, shape: shape.format(
        n=number, more=more, inside="".join(inside).replace("{n}", str(number))
    ),
    st.integers(1, 9),
    st.sampled_from(["", ' spans="1:3"', ' hidden="1"', ' ht="0"', ' spans="1:3" hidden="0"']),
    st.lists(cells, max_size=4),
    st.sampled_from(
        ['<row r="{n}"{more}>{inside}</row>'] * 6
        + ['<row r="{n}"/>', "<row>{inside}</row>", "<!-- {inside} -->", "\n", "{inside}"]
    ),
)


@settings(
    deadline=None,
    max_examples=250,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(inside=st.lists(row_parts, max_size=6).map("".join))
def test_any_rows_mean_what_the_parser_says(xlsx, monkeypatch, inside):
    content = xlsx(parts={"xl/worksheets/sheet1.xml": sheet(inside)})

    assert result(content) == by_parser(content, monkeypatch)


def test_chunks_may_end_anywhere(xlsx, monkeypatch):
    content = xlsx("".join(PLAIN.replace("2", str(n)) for n in range(2, 40)))
    expected = by_parser(content, monkeypatch)
    for size in (1, 2, 7, 64, 333):
        monkeypatch.setattr(bounded_zip, "CHUNK", size)

        assert result(content) == expected
