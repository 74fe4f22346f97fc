"""Blank tables to be filled in: text cells, drop-down lists, checks, a page of instructions.

A filled template comes back in as it is.  What explains it stands on sheets of its own, one
cell of a heading a row, so that no reader takes them for a table; nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from correctionkit.packages.tables.cells import column_letters
from correctionkit.packages.tables.lay_out import MAX_WIDTH, sheet_names, shown_width
from correctionkit.packages.tables.targets import replacing
from correctionkit.packages.tables.writing import CREATED, LOOKS, set_up_page

ROWS = 5_000
"""How many rows below the headings have lists and checks; all rows are text."""
INSTRUCTIONS = "填写说明"
CHOICES = "选项"

_MARGIN, _NARROWEST = 4, 12
_LONGEST_LIST = 255
"""Characters that a list may have in the cell's own rule; longer ones stand on a sheet."""
_LONGEST_PROMPT_TITLE, _LONGEST_PROMPT = 32, 255


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to be filled in.

    *lengths* are those that a text may have, only in rows where the column *when[0]*, by
    its heading, holds *when[1]*, if that is given; others are asked about, not refused.
    """

    heading: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""
    example: str = ""
    lengths: tuple[int, ...] = ()
    when: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A blank table; *title* stands above the headings, *rules* on the page of instructions."""

    name: str
    columns: Sequence[TemplateColumn]
    title: str = ""
    rules: Sequence[str] = ()


def write_template(target: Path | BinaryIO, template: Template) -> None:
    """Write the workbook.  The same template gives the same bytes."""
    if isinstance(target, Path):
        with replacing(target) as file:
            write_template(file, template)
        return
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": CREATED})
    looks = {name: book.add_format(look) for name, look in LOOKS.items()}
    # XlsxWriter centres whatever the value.
    left = {key: value for key, value in LOOKS["title"].items() if key != "center_across"}
    looks["opening"] = book.add_format(left)
    (name,) = sheet_names([template.name])
    sheets = [book.add_worksheet(each) for each in (name, INSTRUCTIONS)]
    long_lists = [column for column in template.columns if _is_long(column.choices)]
    places = _write_choices(book.add_worksheet(CHOICES), long_lists, looks) if long_lists else {}
    _write_table(sheets[0], template, places, looks)
    _write_instructions(sheets[1], template, looks)
    book.close()


def _write_table(
    sheet: Any, template: Template, places: dict[str, str], looks: dict[str, Any]
) -> None:
    set_up_page(sheet)
    heading_row = 1 if template.title else 0
    last = len(template.columns) - 1
    if template.title:
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, template.title, looks["title"])
        for at in range(1, last + 1):
            sheet.write_blank(0, at, None, looks["title"])
    first, end = heading_row + 1, heading_row + ROWS
    for at, column in enumerate(template.columns):
        wide = max(shown_width(column.heading), shown_width(column.example), _NARROWEST)
        # Text for the whole column keeps every digit of what is typed; without a border, or
        # thousands of empty rows would be printed.
        sheet.set_column(at, at, min(wide + _MARGIN, MAX_WIDTH), looks["below"])
        sheet.write_string(heading_row, at, column.heading, looks["header"])
        rule = _rule(template, at, first, places)
        if rule:
            sheet.data_validation(first, at, end, at, rule)
    sheet.freeze_panes(heading_row + 1, 0)
    sheet.repeat_rows(0, heading_row)


def _rule(template: Template, at: int, row: int, places: dict[str, str]) -> dict[str, Any]:
    column = template.columns[at]
    if not (column.choices or column.lengths or column.hint):
        return {}
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.heading[:_LONGEST_PROMPT_TITLE],
        "input_message": (column.hint or "请填写。")[:_LONGEST_PROMPT],
        "error_title": column.heading[:_LONGEST_PROMPT_TITLE],
    }
    if column.choices:
        rule |= {
            "validate": "list",
            "source": places.get(column.heading) or list(column.choices),
            "error_message": "请从下拉列表中选择。",
        }
    elif column.lengths:
        sizes = "、".join(map(str, column.lengths))
        rule |= {
            "validate": "custom",
            "value": _length_formula(template, at, row),
            "error_type": "warning",
            "error_message": f"应为 {sizes} 位，请核对是否多输、漏输。",
        }
    return rule


def _length_formula(template: Template, at: int, row: int) -> str:
    column = template.columns[at]
    cell = f"{column_letters(at)}{row + 1}"
    allowed = [f"LEN({cell})={length}" for length in column.lengths]
    if column.when:
        headings = [each.heading for each in template.columns]
        told = f"${column_letters(headings.index(column.when[0]))}{row + 1}"
        allowed.insert(0, f'{told}<>"{column.when[1]}"')
    return f"=OR({','.join(allowed)})"


def _write_instructions(sheet: Any, template: Template, looks: dict[str, Any]) -> None:
    set_up_page(sheet)
    for at, width in enumerate((6, 24, 10, 60, 30)):
        sheet.set_column(at, at, width, looks["below"])
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{INSTRUCTIONS}：{template.title or template.name}", looks["opening"])
    row = 2
    for number, rule in enumerate(template.rules, 1):
        sheet.write_string(row, 0, f"{number}. {rule}", looks["below"])
        row += 1
    row += 1
    for at, text in enumerate(("序", "栏目", "必填", "怎样填写", "示例（勿在表中保留）")):
        sheet.write_string(row, at, text, looks["header"])
    for number, column in enumerate(template.columns, 1):
        example = f"例：{column.example}" if column.example else ""
        needed = "必填" if column.needed else "选填"
        # One heading a row, and no example without its word: no reader sees a table here.
        cells = (f"{number}", f"{number}. {column.heading}", needed, column.hint, example)
        for at, text in enumerate(cells):
            sheet.write_string(row + number, at, text, looks["cell"])


def _write_choices(
    sheet: Any, columns: Sequence[TemplateColumn], looks: dict[str, Any]
) -> dict[str, str]:
    """Write the long lists below one another; return where the one of each heading stands."""
    sheet.set_column(0, 0, MAX_WIDTH, looks["below"])
    sheet.write_string(0, 0, "下拉列表的选项，请勿改动。", looks["below"])
    places: dict[str, str] = {}
    row = 2
    for column in columns:
        sheet.write_string(row, 0, f"【{column.heading}】的选项", looks["header"])
        for offset, choice in enumerate(column.choices, 1):
            sheet.write_string(row + offset, 0, choice, looks["cell"])
        places[column.heading] = f"={CHOICES}!$A${row + 2}:$A${row + 1 + len(column.choices)}"
        row += len(column.choices) + 2
    return places


def _is_long(choices: Sequence[str]) -> bool:
    return len(",".join(choices)) > _LONGEST_LIST or any("," in choice for choice in choices)
