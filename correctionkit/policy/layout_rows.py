"""Rows that say how tables, numbers, packages and scans of a policy look."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Mapping
from types import MappingProxyType

from correctionkit.numbers.pattern import NumberPattern
from correctionkit.policy.bounds import PackageBounds, ScanBounds
from correctionkit.policy.calendar import Semester
from correctionkit.policy.limits import SEASONS, read_month_day
from correctionkit.policy.rows import (
    Clause,
    Column,
    PackageRules,
    ReportKind,
    Status,
    StudentKey,
)
from correctionkit.policy.rule_rows import NO_CLAUSE
from correctionkit.policy.toml_rows import Row
from correctionkit.terms import Words

COLUMN_IDS = (
    "serial",
    "branch",
    "centre",
    "number",
    "name",
    "field",
    "old",
    "new",
    "reason",
    "note",
    "change_date",
)

REPORT_IDS = ("ordinary", "tables", "exceptional")

_SUBJECT_PARTS = ("unit", "platform", "reason", "batch", "students", "date")
# The package's folder is named as the subject, on Windows too.
_NO_FILE_NAME = set('<>:"/\\|?*')

_A_PATTERN = Words(
    "a regular expression of literals, classes, named groups and bounded repeats",
    "由字面字符、字符集、命名组和有限重复组成的正则表达式",
)
_NO_PATTERN = NumberPattern("0")
_A_FORMAT = Words("a file extension in small letters, without a dot", "小写且不带点的扩展名")
_A_SUBJECT = Words(
    "a subject that can name a folder too, with no parts but "
    + ", ".join(f"{{{part}}}" for part in _SUBJECT_PARTS),
    "可兼作文件夹名的主题，可用的部分只有" + "、".join(f"{{{part}}}" for part in _SUBJECT_PARTS),
)


def read_numbers(top: Row, clauses: Mapping[str, Clause]) -> Mapping[str, StudentKey]:
    """Take the rows ``number``, by id."""
    numbers: dict[str, StudentKey] = {}
    for row in top.rows("number", optional=False):
        pattern = row.parsed("pattern", _pattern, _NO_PATTERN, _A_PATTERN)
        key = StudentKey(
            id=row.text("id"),
            label=Words(row.text("en"), row.text("zh")),
            headings=row.texts("headings"),
            pattern=pattern,
            categories=frozenset(row.texts("categories", optional=True)),
            autumn_serial_from=(
                row.integer("autumn_serial_from", least=1)
                if row.has("autumn_serial_from")
                else None
            ),
            clause=clauses.get(row.choice("clause", clauses), NO_CLAUSE),
        )
        if key.id in numbers:
            row.wrong("id", f"{key.id!r} stands twice", f"“{key.id}”重复")
        numbers[key.id] = key
        row.done()
    return MappingProxyType(numbers)


def _pattern(text: str) -> NumberPattern:
    with warnings.catch_warnings():
        # What Python will read otherwise one day is no pattern to build on.
        warnings.simplefilter("error")
        try:
            return NumberPattern(text)
        except (Warning, OverflowError, RecursionError):
            raise ValueError(text) from None


def read_statuses(top: Row, numbers: Collection[str]) -> Mapping[str, Status]:
    """Take the rows ``status``, by id."""
    rows = top.rows("status", optional=False)
    ids = [row.table.get("id") for row in rows]
    statuses: dict[str, Status] = {}
    for row in rows:
        own = row.text("id")
        status = Status(
            id=own,
            label=Words(row.text("en"), row.text("zh")),
            aliases=row.texts("aliases", optional=True),
            table=row.text("table"),
            title=row.text("title"),
            number=row.choice("number", numbers),
            judged_as=row.choice("judged_as", [str(each) for each in ids], optional=True) or own,
        )
        if own in statuses:
            row.wrong("id", f"{own!r} stands twice", f"“{own}”重复")
        statuses[own] = status
        row.done()
    return MappingProxyType(statuses)


def read_columns(top: Row, key: str, known: Collection[str] | None) -> tuple[Column, ...]:
    """Take rows of columns; *known* are the ids that code asks for."""
    columns = []
    for row in top.rows(key, optional=False):
        columns.append(
            Column(
                id=row.choice("id", known) if known else row.text("id"),
                headings=row.texts("headings"),
                needed=row.boolean("needed"),
                optional=row.boolean("optional"),
                numeric=row.boolean("numeric"),
                date=row.boolean("date"),
            )
        )
        row.done()
    return tuple(columns)


def read_semesters(top: Row) -> tuple[Semester, ...]:
    """Take the rows ``semester``."""
    semesters = []
    for row in top.rows("semester"):
        semesters.append(
            Semester(
                row.choice("season", SEASONS),
                read_month_day(row, "starts"),
                read_month_day(row, "ends"),
            )
        )
        row.done()
    return tuple(semesters)


def read_package(row: Row) -> PackageRules:
    """Take the table ``package``, but for its bounds."""
    rules = PackageRules(
        mixed_reasons=row.boolean("mixed_reasons"),
        report_words=row.texts("report_words"),
        report_formats=row.texts("report_formats"),
        subject=row.parsed("subject", _subject, "", _A_SUBJECT),
        platforms=row.texts("platforms", optional=True),
    )
    if not all(re.fullmatch("[a-z0-9]+", each) for each in rules.report_formats):
        row.wrong("report_formats", f"must each be {_A_FORMAT.en}", f"每一项应为{_A_FORMAT.zh}")
    bounds = ("max_entries", "max_bytes", "max_entry_bytes", "max_ratio", "ratio_from")
    row.asked.update(bounds)
    row.done()
    return rules


def _subject(text: str) -> str:
    rest = re.sub("|".join(rf"\{{{part}\}}" for part in _SUBJECT_PARTS), "", text)
    if (_NO_FILE_NAME | {"{", "}"}) & set(rest) or text.endswith("."):
        raise ValueError(text)
    return text


def read_package_bounds(row: Row) -> PackageBounds:
    """Take the bounds of packages."""
    return PackageBounds(
        max_entries=row.integer("max_entries", least=1),
        max_bytes=row.integer("max_bytes", least=1),
        max_entry_bytes=row.integer("max_entry_bytes", least=1),
        max_ratio=row.integer("max_ratio", least=1),
        ratio_from=row.integer("ratio_from"),
    )


def read_scan_bounds(row: Row) -> ScanBounds:
    """Take the table ``scan``."""
    bounds = ScanBounds(
        max_bytes=row.integer("max_bytes", least=1),
        min_dpi=row.integer("min_dpi", least=1),
        max_pixels=row.integer("max_pixels", least=1),
        max_side=row.integer("max_side", least=1),
    )
    row.done()
    return bounds


def read_report(row: Row) -> ReportKind:
    """Take a row ``report_kind``."""
    kind = ReportKind(
        id=row.choice("id", REPORT_IDS),
        label=Words(row.text("en"), row.text("zh")),
        signed_by=row.words("signed_by"),
        seal=row.words("seal"),
    )
    row.done()
    return kind
