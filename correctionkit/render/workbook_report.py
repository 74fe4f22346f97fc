"""The clerk's own tables given back, with what is wrong beside each row and what to do."""

from __future__ import annotations

import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import xlsxwriter

from correctionkit.packages.checked import CheckedPackage
from correctionkit.packages.tables.cells import Sheet, Workbook
from correctionkit.packages.tables.lay_out import MIN_WIDTH, column_widths, sheet_names
from correctionkit.packages.tables.targets import replacing
from correctionkit.render.blocks import blocks
from correctionkit.render.labels import STEP, verdict
from correctionkit.render.row_results import RowResults, row_results
from correctionkit.render.wording import Wording
from correctionkit.render.workbook_beside import RESULT, Beside, joined_places
from correctionkit.render.workbook_looks import LOOKS
from correctionkit.render.workbook_pages import Page
from correctionkit.terms import Language, Words

_SUMMARY = Words("Summary", "检查概要")
_REST = Words("What belongs to no row", "不属于某一行的问题")
_REST_COLUMNS = (
    Words("Severity", "程度"),
    Words("Place", "位置"),
    RESULT,
    STEP,
    Words("Rests on", "依据"),
)
_REST_WIDTHS = (9, 32, 56, 48, 36)
_RESULT_WIDTH = 48
# Rows from which the workbook is written row by row, in constant memory.
_BIG_FROM = 50_000
_CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks know no time zones


def to_workbook(checked: CheckedPackage, language: Language, target: Path | BinaryIO) -> None:
    """Write the tables of *checked*, rows and cells as they were, and a summary behind them.

    The same package gives the same bytes.  A path is replaced whole or not at all; raises
    :exc:`~correctionkit.packages.tables.targets.TargetBusy` where a program holds it.
    """
    if isinstance(target, Path):
        with replacing(target) as file:
            _write(checked, language, file)
    else:
        _write(checked, language, target)


def _write(checked: CheckedPackage, language: Language, file: BinaryIO) -> None:
    wording = Wording.of(checked, language)
    rows = sum(len(sheet.rows) for book in checked.workbooks for sheet in book.sheets)
    options = {"constant_memory": True} if rows >= _BIG_FROM else {"in_memory": True}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": _CREATED})
    looks = {name: book.add_format(look) for name, look in LOOKS.items()}
    results = row_results(checked)
    tables = [(workbook, sheet) for workbook in checked.workbooks for sheet in workbook.sheets]
    wanted = [_sheet_name(workbook, sheet, checked) for workbook, sheet in tables]
    names = sheet_names([*wanted, wording.say(_SUMMARY)])
    beside = Beside(wording, results)
    for (workbook, sheet), name in zip(tables, names, strict=False):
        _table_page(Page(book.add_worksheet(name), looks), workbook.name, sheet, beside)
    _summary_page(Page(book.add_worksheet(names[-1]), looks), checked, wording, results)
    book.close()


def _sheet_name(workbook: Workbook, sheet: Sheet, checked: CheckedPackage) -> str:
    """Name a sheet as it was; where several files come together, after its file."""
    if len(checked.workbooks) == 1:
        return sheet.name
    stem = PurePosixPath(workbook.name).stem
    return stem if len(workbook.sheets) == 1 else f"{stem} {sheet.name}"


def _table_page(page: Page, table: str, sheet: Sheet, beside: Beside) -> None:
    """Give one sheet back: same rows at the same places, all cells as text."""
    results = beside.results
    heading = results.headings.get((table, sheet.name))
    requests = [row for row in sheet.rows if (table, sheet.name, row.number) in results.requests]
    header = next((row for row in sheet.rows if row.number == heading), None)
    if header is None:
        page.widths(column_widths((), [row.texts for row in sheet.rows]))
        for row in sheet.rows:
            page.line(row.number - 1, row.texts, ["plain"] * len(row.texts))
        return
    widths = column_widths(header.texts, [row.texts for row in requests])
    width = max(sheet.width, len(widths))
    widths += [MIN_WIDTH] * (width - len(widths))
    page.widths([*widths, _RESULT_WIDTH, _RESULT_WIDTH])
    for row in sheet.rows:
        key = (table, sheet.name, row.number)
        texts = [row.cell(column).text for column in range(width)]
        if row is header:
            page.line(
                row.number - 1,
                [*texts, *beside.headings()],
                ["heading"] * width + ["heading-result"] * 2,
            )
        elif key in results.requests or key in results.findings:
            found, step, look = beside.row(key)
            looks = [f"cell{look}"] * width + [f"result{look}"] * 2
            page.line(row.number - 1, [*texts, found, step], looks)
        else:
            plain = "title" if row.number < header.number else "plain"
            page.line(row.number - 1, row.texts, [plain] * len(row.texts))
    last = max((row.number for row in requests), default=header.number)
    page.below(header.number)
    page.filtered(header.number - 1, last - 1, width + 2)


def _summary_page(
    page: Page, checked: CheckedPackage, wording: Wording, results: RowResults
) -> None:
    """Say how the package stands, and list what belongs to no row."""
    page.widths(_REST_WIDTHS)
    report = checked.report
    policy = checked.policy
    rules = " + ".join(wording.say(each.title) for each in (policy.heading, *policy.overlays))
    on = checked.on.isoformat()
    counts = report.counts
    page.line(0, [wording.typed(checked.name)], ["title"])
    page.line(
        1,
        [verdict(report, wording.language)],
        ["verdict-good" if report.ok else "verdict-bad"],
    )
    lines = (
        Words(f"Checked by {rules}, for {on}.", f"按{rules}检查，日期 {on}。"),
        Words(
            f"Students: {counts.students}; requests: {counts.requests}; scans: {counts.scans}.",
            f"学生 {counts.students} 名，申请 {counts.requests} 项，图片 {counts.scans} 张。",
        ),
    )
    for row, words in enumerate(lines, 2):
        page.line(row, [wording.say(words)], ["plain"])
    if not results.rest:
        return
    page.line(5, [wording.say(_REST)], ["title"])
    page.line(6, [wording.say(words) for words in _REST_COLUMNS], ["heading"] * 5)
    row = 7
    for block in blocks(results.rest, wording):
        for line in block.lines:
            texts = [
                wording.severity(block.severity),
                joined_places(line.places, wording),
                line.message,
                block.hint,
                block.clause,
            ]
            page.line(row, texts, [f"cell-{block.severity}"] * 5)
            row += 1
