"""Blank tables: filled in they come back as they are, and what explains them is no table."""

from __future__ import annotations

import io
import shutil
import subprocess

import openpyxl
import pytest

from correctionkit.codes import education
from correctionkit.packages.filings.roll import RollUnreadable, read_roll
from correctionkit.packages.summaries.summary import read_summary
from correctionkit.packages.summaries.summary_rows import read_rows
from correctionkit.packages.summaries.summary_writing import table_name
from correctionkit.packages.tables.policy_templates import roll_template, summary_template
from correctionkit.packages.tables.templates import (
    CHOICES,
    INSTRUCTIONS,
    ROWS,
    Template,
    TemplateColumn,
    write_template,
)
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds
from correctionkit.policy.shelf import default_policy_id, find_policy

POLICY = find_policy(default_policy_id())
STATUSES = sorted(POLICY.statuses)
NUMBERS = {"new": "2635001209114", "enrolled": "1335001209114", "graduated": "511615201305098765"}
TYPED = {
    "name": "欧阳娜",
    "field": "姓名",
    "old": "欧阳那",
    "new": "欧阳娜",
    "reason": "信息录入错误",
}


def template_bytes(template):
    target = io.BytesIO()
    write_template(target, template)
    return target.getvalue()


def summary(status):
    return template_bytes(summary_template(POLICY.statuses[status], POLICY))


def filled(content, first_row, values):
    """Type values, by heading, into a template as a person would: text into given cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    headings = {cell.value: cell.column for cell in page[first_row - 1]}
    for offset, line in enumerate(values):
        for heading, text in line.items():
            cell = page.cell(first_row + offset, headings[heading])
            cell._style = page.column_dimensions[cell.column_letter]._style
            cell.value = text
            cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled_summary(status, **changes):
    typed = {**TYPED, "number": NUMBERS[status], **changes}
    line = {POLICY.heading_of(status, column): text for column, text in typed.items()}
    return filled(summary(status), 3, [line])


def read(content, status):
    book = read_workbook(content, table_name(POLICY.statuses[status]), POLICY.table_bounds)
    found = read_summary(book, POLICY)
    rows = [row for sheet in found.sheets for row in read_rows(sheet, POLICY)]
    findings = [*found.findings, *(finding for row in rows for finding in row.findings)]
    return [sheet.sheet for sheet in found.sheets], rows, [f.type.code for f in findings]


@pytest.mark.parametrize("status", STATUSES)
def test_a_filled_summary_table_comes_back_exact_and_without_findings(status):
    sheets, (row,), findings = read(filled_summary(status), status)

    assert sheets == [POLICY.statuses[status].title]
    assert findings == []
    request = row.request
    assert (request.number, request.status, request.name) == (NUMBERS[status], status, "欧阳娜")
    assert (request.field, request.old, request.new) == ("name", "欧阳那", "欧阳娜")
    assert request.location.row == 3


@pytest.mark.parametrize("status", STATUSES)
def test_the_examples_of_a_summary_table_fit_together(status):
    examples = {
        each.heading: each.example
        for each in summary_template(POLICY.statuses[status], POLICY).columns
    }
    of = {
        column: examples[POLICY.heading_of(status, column)]
        for column in ("name", "field", "old", "new")
    }

    assert of["field"] == "姓名"
    assert of["name"] == of["old"] != of["new"]


def test_the_instructions_of_the_roll_say_what_a_new_record_needs():
    rules = roll_template(POLICY).rules

    assert rules[-2] == (
        "新增的学籍须填姓名、学籍状态和号码：新生填学号，在籍生填学号，毕业生填注册证号。"
    )


@pytest.mark.parametrize("status", STATUSES)
def test_a_blank_summary_table_has_no_rows_and_no_findings(status):
    sheets, rows, findings = read(summary(status), status)

    assert (sheets, rows, findings) == ([POLICY.statuses[status].title], [], [])


def test_only_what_was_typed_wrongly_is_told():
    _, _, findings = read(filled_summary("enrolled", field="身高"), "enrolled")

    assert findings == ["value-unknown"]


def column_of(page, heading, row):
    (cell,) = [cell for cell in page[row] if cell.value == heading]
    return cell.column_letter


def validations(page):
    return {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in page.data_validations.dataValidation
    }


def test_every_column_is_text_and_the_rows_have_lists_and_checks():
    page = openpyxl.load_workbook(io.BytesIO(summary("enrolled"))).worksheets[0]
    rules = validations(page)
    fields = rules[column_of(page, "更正内容", 2)]
    new = rules[column_of(page, "更正后", 2)]
    number = rules[column_of(page, "学号", 2)]

    assert {dimension.number_format for dimension in page.column_dimensions.values()} == {"@"}
    assert (fields.type, str(fields.sqref)) == ("list", f"F3:F{ROWS + 2}")
    assert "姓名" in fields.formula1
    assert (number.type, number.formula1) == ("custom", "OR(LEN(D3)=13)")
    assert number.promptTitle == "学号"
    assert "13 位" in number.prompt
    assert new.formula1.startswith('OR($F3<>"')
    assert new.formula1.endswith("LEN(H3)=18)")
    assert new.errorStyle == "warning"


def test_nothing_is_hidden_and_only_the_first_sheet_is_a_table():
    content = template_bytes(roll_template(POLICY))
    book = read_workbook(content, "学籍库.xlsx", POLICY.table_bounds)

    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("学籍库", False),
        (INSTRUCTIONS, False),
        (CHOICES, False),
    ]
    assert [(sheet.hidden_rows, sheet.hidden_columns, sheet.merged) for sheet in book.sheets] == [
        (0, 0, ())
    ] * 3
    assert [len(book.sheets[0].rows), max(len(row.cells) for row in book.sheets[2])] == [1, 1]


def test_long_lists_stand_on_a_sheet_where_their_column_finds_them():
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(roll_template(POLICY))))
    page = book.worksheets[0]
    rules = validations(page)
    place = rules[column_of(page, "入学文化程度", 1)].formula1
    sheet, first, last = place.replace("$", "").replace(":", "!").split("!")

    held = [cell.value for (cell,) in book[sheet][f"{first}:{last}"]]
    assert sheet == CHOICES
    assert held == [row.zh for row in education.table().rows]
    assert book[CHOICES][f"A{int(first[1:]) - 1}"].value == "【入学文化程度】的选项"
    assert rules[column_of(page, "性别", 1)].formula1 == '"未知,男,女,未说明"'


PERSON = {
    "学号": "1335001209114",
    "学籍状态": "在籍生",
    "姓名": "欧阳娜",
    "性别": "女",
    "民族": "汉族",
    "出生日期": "1990-01-02",
    "证件类型": "居民身份证",
    "证件号码": "110105199001020022",
}


def test_a_filled_roll_comes_back_exact(tmp_path):
    path = tmp_path / "学籍库.xlsx"
    path.write_bytes(filled(template_bytes(roll_template(POLICY)), 2, [PERSON]))

    record = read_roll(path, POLICY).find("1335001209114")

    assert record.status == "在籍生"
    assert {key: record.values[key] for key in ("name", "gender", "id_number", "birth_date")} == {
        "name": "欧阳娜",
        "gender": "女",
        "id_number": "110105199001020022",
        "birth_date": "1990-01-02",
    }


def test_a_blank_roll_has_nobody(tmp_path):
    path = tmp_path / "学籍库.xlsx"
    write_template(path, roll_template(POLICY))

    try:
        assert len(read_roll(path, POLICY)) == 0
    except RollUnreadable as refused:
        pytest.fail(refused.fault)


def test_examples_and_choices_that_are_headings_make_no_table_of_the_instructions():
    columns = [
        TemplateColumn(name, True, ("学号", "姓名", "性别") * 40, "学号", "姓名")
        for name in ("学号", "姓名", "性别")
    ]
    bounds = TableBounds(max_rows=1_000, max_columns=30, max_cell_characters=1_000)
    book = read_workbook(template_bytes(Template("表", columns)), "x", bounds)

    for sheet in book.sheets[1:]:
        for row in sheet:
            bare = [text for text in row.texts if text in ("学号", "姓名", "性别")]
            assert len(bare) < 2


def test_the_same_template_gives_the_same_bytes():
    assert summary("new") == summary("new")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_filled_tables_as_they_are(tmp_path):
    for status in STATUSES:
        content = filled_summary(status)
        (tmp_path / table_name(POLICY.statuses[status])).write_bytes(content)
    (tmp_path / "学籍库.xlsx").write_bytes(
        filled(template_bytes(roll_template(POLICY)), 2, [PERSON])
    )
    saved = tmp_path / "saved"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(saved)),
            *(str(path) for path in sorted(tmp_path.glob("*.xlsx"))),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    for status in STATUSES:
        content = (saved / table_name(POLICY.statuses[status])).read_bytes()
        _, (row,), findings = read(content, status)
        assert (row.request.number, row.request.new, findings) == (NUMBERS[status], "欧阳娜", [])
    record = read_roll(saved / "学籍库.xlsx", POLICY).find("1335001209114")
    assert record.values["id_number"] == "110105199001020022"
