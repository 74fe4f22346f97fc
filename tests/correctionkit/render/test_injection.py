from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from correctionkit.catalog import folder_codes, package_codes, scan_codes, table_codes
from correctionkit.findings import Location
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.packages.tables.cells import Cell, CellKind, Row, Sheet, TableFormat, Workbook
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds
from correctionkit.render.html_report import to_html
from correctionkit.render.json_report import to_json
from correctionkit.render.text_report import to_text
from correctionkit.render.workbook_report import to_workbook
from correctionkit.terms import Language

CORPUS = Path(__file__).resolve().parents[3].parent / "shared/corpora/strings"
NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>1</script>",
    "javascript:alert(1)",
    "{{7*7}} ${7*7} %s {0}",
    "&lt;b&gt;",
    "\x1b[31m\x07\x00",
    "\u202e\u2066\u200b",
    "\ud83d",
    "=cmd|' /C calc'!A0",
)


def _corpus() -> Iterator[str]:
    blns = CORPUS / "blns/blns.json"
    payloads = CORPUS / "csv-injection/Intruder__csv-payload.txt"
    if not blns.exists() or not payloads.exists():
        pytest.skip("the corpus of naughty strings is not here")
    yield from json.loads(blns.read_text(encoding="utf-8"))
    yield from payloads.read_text(encoding="utf-8", errors="replace").splitlines()


def _poisoned(make: Callable[..., CheckedPackage], texts: list[str]) -> CheckedPackage:
    """Put each text wherever others can put text."""
    findings, students, rows = [], [], []
    for number, text in enumerate(texts, 1):
        # No file system lets a name hold a slash.
        name = text.replace("/", "∕")
        student = CheckedStudent(f"{number}", text, None, (), 1, f"{number}{name}")
        students.append(student)
        rows.append(
            Row(number + 1, tuple(Cell(each, CellKind.TEXT) for each in (str(number), text)))
        )
        findings += [
            package_codes.FILE_UNEXPECTED.at(Location(path=name), name=name),
            scan_codes.SCAN_BLANK.at(
                Location(path=f"{student.folder}/{name}"), student=student.number
            ),
            folder_codes.FOLDER_MISMATCH.at(
                Location(path=student.folder), student=student.number, name=text, accepted=[text]
            ),
            table_codes.TABLE_HIDDEN.at(Location(table=text), sheet=text, rows=1, columns=0),
            table_codes.CELL_NORMALISED.at(
                Location(table="附表1.xlsx", row=number + 1, column=text),
                student=student.number,
                column=text,
                typed=text,
                read=text,
                changes=[text],
            ),
        ]
    header = Row(1, tuple(Cell(each, CellKind.TEXT) for each in ("学号", "姓名", "更正内容")))
    table = Workbook("附表1.xlsx", TableFormat.XLSX, (Sheet(texts[0] or "空", (header, *rows)),))
    return make(
        *findings,
        students=students,
        workbooks=[table],
        name=texts[0],
        thumbnails={f"{students[0].folder}/{n}.jpg": b"x" for n in range(len(texts))},
    )


def _check_all_formats(
    package: CheckedPackage, plain: CheckedPackage, *languages: Language
) -> None:
    """Compare with a package of harmless texts: as many tags, no control characters."""
    for language in languages:
        html = to_html(package, language)
        assert _marks(html) == _marks(to_html(plain, language))
        text = to_text(package, language, verbose=True)
        for shown in (html, text):
            shown.encode("utf-8")
            assert not {sign for sign in shown if sign < " " and sign != "\n"}
            assert not set("\u202e\u2066\u200b\ufeff") & set(shown)
        told = to_json(package, language)
        told.encode("utf-8")
        assert len(json.loads(told)["findings"]) == len(package.report.findings)
        target = io.BytesIO()
        to_workbook(package, language, target)
        book = read_workbook(target.getvalue(), "x.xlsx", TableBounds(50_000, 200, 32_767))
        kinds = {cell.kind for sheet in book.sheets for row in sheet.rows for cell in row.cells}
        assert kinds <= {CellKind.TEXT, CellKind.EMPTY}


def _marks(html: str) -> tuple[int, int]:
    return html.count("<"), html.count(">")


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_text_is_shown_and_never_runs(
    checked: Callable[..., CheckedPackage], text: str
) -> None:
    _check_all_formats(_poisoned(checked, [text]), _poisoned(checked, ["harmless"]), *Language)


def test_the_corpus_of_naughty_strings_is_shown_and_never_runs(
    checked: Callable[..., CheckedPackage],
) -> None:
    # Texts may fold into one another once shortened, so each stands between two marks.
    texts = [f"«{number} {text}" for number, text in enumerate(_corpus())]
    harmless = [f"«{number} harmless" for number in range(len(texts))]
    _check_all_formats(_poisoned(checked, texts), _poisoned(checked, harmless), Language.ZH)
