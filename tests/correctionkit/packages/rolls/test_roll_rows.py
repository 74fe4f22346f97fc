"""Rows of a roll: what is read and told, the quick way and the thorough way alike."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.findings import Location
from correctionkit.packages.rolls.roll_rows import RollReader
from correctionkit.packages.tables.cells import EMPTY, Cell, CellKind
from correctionkit.policy.shelf import find_policy
from correctionkit.samples.people import make_people

POLICY = find_policy("ouc-2016", ())
ON = date(2026, 11, 20)
HEADINGS = {column.id: column.headings[0] for column in POLICY.roll_columns}
ROW = {
    "student_number": "2535001200001",
    "status": "在籍生",
    "name": "张三",
    "gender": "男",
    "ethnicity": "汉族",
    "birth_date": "1994-08-23",
    "document_kind": "居民身份证",
    "id_number": "11010119940823001X",
    "entry_education": "高中毕业",
    "major": "法学",
    "enrolled_on": "2025-09-01",
}


def where(column=None):
    return Location(table="学籍库.xlsx", row=7, column=HEADINGS.get(column, column))


def reader(**limits):
    return RollReader(POLICY, ON, statuses={"退学": "withdrawn"}, limits=limits)


def read(kind=CellKind.TEXT, only=None, **changes):
    """Read the row that passes, with changes; those have cells of *kind*."""
    texts = ROW | changes
    cells = {
        column: Cell(text, kind if column in changes else CellKind.TEXT) if text else EMPTY
        for column, text in texts.items()
    }
    return reader().read(cells, where)


def codes(findings):
    return [(each.code, each.location.column, each.params.get("fault")) for each in findings]


def test_a_row_in_order_is_kept_as_the_record_keeps_it():
    values, findings = read()
    assert findings == []
    assert values == ROW | {"status": "enrolled", "document_kind": "1"}


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"birth_date": "1994.8.23"}, {"birth_date": "1994-08-23"}),
        ({"birth_date": "19940823"}, {"birth_date": "1994-08-23"}),
        ({"birth_date": "1994年8月23日"}, {"birth_date": "1994-08-23"}),
        ({"status": "退学"}, {"status": "withdrawn"}),
        ({"document_kind": "身份证"}, {"document_kind": "1"}),
        ({"document_kind": "护照", "id_number": "E12345678"}, {"document_kind": "A"}),
        ({"entry_education": "高中"}, {"entry_education": "高中"}),
        ({"id_number": "110101940823001"}, {"id_number": "110101940823001"}),
        ({"name": ""}, {"name": ""}),
    ],
    ids=lambda value: "-".join(value.values()),
)
def test_what_people_write_is_read_without_a_word(change, kept):
    values, findings = read(**change)
    assert findings == []
    assert {column: values[column] for column in kept} == kept


@pytest.mark.parametrize(
    ("change", "kept", "changes"),
    [
        ({"name": "张 三"}, "张三", ["spaces"]),
        (
            {"id_number": "１１０１０１１９９４０８２３００１Ｘ"},
            "11010119940823001X",
            ["full-width"],
        ),
        ({"ethnicity": "汉"}, "汉族", ["word-of-list"]),
        ({"gender": "1"}, "男", ["word-of-list"]),
        ({"major": " 法学\u3000"}, "法学", ["spaces"]),
    ],
    ids=["name", "id", "ethnicity", "gender", "major"],
)
def test_what_was_read_otherwise_than_typed_is_told(change, kept, changes):
    ((column, _typed),) = change.items()
    values, findings = read(**change)
    assert values[column] == kept
    assert codes(findings) == [("cell-normalised", HEADINGS[column], None)]
    assert findings[0].params["changes"] == changes


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"student_number": "253500120000"}, ("number-malformed", "学号", "length")),
        ({"certificate_number": "999"}, ("number-malformed", "注册证号", "length")),
        ({"name": "张三?"}, ("name-invalid", "姓名", "name-placeholder")),
        ({"status": "在读"}, ("value-unknown", "学籍状态", "not-in-list")),
        ({"ethnicity": "维吾而族"}, ("value-unknown", "民族", "looks-like")),
        ({"birth_date": "1994-02-30"}, ("value-unknown", "出生日期", "no-date")),
        ({"enrolled_on": "45901"}, ("value-unknown", "入学日期", "no-date")),
        ({"id_number": "110101199408230017"}, ("id-invalid", "证件号码", "check")),
        ({"id_number": "110***********001X"}, ("value-unknown", "证件号码", "masked")),
        ({"major": "法\x07学"}, ("value-unknown", "专业", "text-unkept")),
        ({"major": "法" * 201}, ("value-unknown", "专业", "text-too-long")),
        ({"gender": "女"}, ("id-disagrees", "证件号码", None)),
        ({"birth_date": "1994-08-24"}, ("id-disagrees", "证件号码", None)),
        ({"document_kind": "永久居留证"}, ("id-invalid", "证件号码", "other-kind")),
    ],
    ids=lambda value: "-".join(map(str, value))[:30],
)
def test_what_is_wrong_is_told_at_its_cell(change, found):
    assert codes(read(**change)[1]) == [found]


def test_an_area_that_no_table_has_is_a_warning():
    (found,) = read(id_number="190101199408230014", gender="男")[1]
    assert (found.code, found.params["area"]) == ("id-area-unknown", "190101")


@pytest.mark.parametrize("column", ["student_number", "name", "id_number"])
def test_a_number_typed_as_a_number_is_refused_even_with_all_its_digits(column):
    values, findings = read(CellKind.NUMBER, **{column: "2535001200001"})
    assert values[column] == ""
    assert codes(findings) == [("cell-not-text", HEADINGS[column], None)]


def test_a_date_may_be_a_number_or_a_date():
    for kind, text in ((CellKind.NUMBER, "19940823"), (CellKind.DATE, "1994-08-23")):
        values, findings = read(kind, birth_date=text)
        assert (values["birth_date"], findings) == ("1994-08-23", [])


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (CellKind.FORMULA, "cell-formula"),
        (CellKind.ERROR, "value-unknown"),
        (CellKind.BOOLEAN, "value-unknown"),
    ],
)
@pytest.mark.parametrize("column", list(ROW))
def test_no_column_takes_a_formula_an_error_or_a_truth(column, kind, code):
    values, findings = read(kind, **{column: "#N/A"})
    assert values[column] == ""
    assert [each.code for each in findings] == [code]


def test_an_identity_number_is_never_told_whole():
    number = "110101199408230017"
    for kind in (CellKind.TEXT, CellKind.NUMBER):
        for typed in (number, f"{number} ", number.replace("1", "１")):
            _values, findings = read(kind, id_number=typed)
            assert findings
            assert "19940823" not in repr([dict(each.params) for each in findings])


def test_every_made_up_student_passes():
    reading = reader()
    for person in make_people(300, 3):
        cells = {
            "student_number": person.student_number,
            "certificate_number": person.certificate_number,
            "status": POLICY.statuses[person.status].label.zh,
            "name": person.name,
            "gender": person.gender,
            "ethnicity": person.ethnicity,
            "birth_date": person.birth_date.isoformat(),
            "id_number": person.id_number,
            "entry_education": person.entry_education,
        }
        _values, findings = reading.read(
            {column: Cell(text, CellKind.TEXT) for column, text in cells.items()}, where
        )
        assert findings == []


# What stands in rolls, and what is next to it.
NEAR = {
    column: st.one_of(
        st.just(text),
        st.sampled_from([text + " ", f"\u200b{text}", text[:-1], text + "1", text.lower(), ""]),
        st.text(max_size=4),
        st.sampled_from(
            [
                "女",
                "汉",
                "1",
                "９",
                "X",
                "張三",
                "·",
                "\ufeff",
                "２００１",
                "1994.8.23",
                "A",
                "6",
                "9",
            ]
        ),
        st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True),
    )
    for column, text in ROW.items()
}
KINDS = st.sampled_from([CellKind.TEXT] * 12 + list(CellKind))


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.fixed_dictionaries({column: st.tuples(texts, KINDS) for column, texts in NEAR.items()}),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.sampled_from(list(ROW)), max_size=3),
)
def test_the_quick_way_says_what_the_thorough_way_says(rows, changed):
    quick, thorough = reader(), reader()
    for row in rows:
        cells = {
            column: Cell(*row[column]) if column in changed else Cell(text, CellKind.TEXT)
            for column, text in ROW.items()
        }
        # Twice: the second time by what was met.
        for _ in range(2):
            assert quick.read(cells, where) == thorough.read_thoroughly(cells, where)
