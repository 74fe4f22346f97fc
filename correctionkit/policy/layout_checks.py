"""Checks of a policy's tables, numbers, semesters and packages: rows that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from correctionkit.policy.calendar import Semester
from correctionkit.policy.mistakes import Mistake
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column, StudentKey
from correctionkit.readings import matching_key
from correctionkit.terms import Words

ROLL_COLUMN_IDS = frozenset(
    {
        "status",
        "birth_date",
        "document_kind",
        "branch",
        "centre",
        "major",
        "level",
        "enrolled_on",
        "graduated_on",
    }
)
"""What code asks of a roll, besides the numbers and fields of the policy."""

_TABLE_NEEDS = ("number", "name", "field", "new", "reason")
_OWN_NUMBER = ("{number}",)


def check_layout(policy: Policy, file: str) -> Iterator[Mistake]:
    """Yield the mistakes in what a policy says of tables, numbers, semesters and packages."""
    yield from _numbers(policy, file)
    yield from _columns(policy, file)
    yield from _roll_columns(policy, file)
    yield from _semesters(policy, file)
    yield from _package(policy, file)


def _numbers(policy: Policy, file: str) -> Iterator[Mistake]:
    for number, key in enumerate(policy.numbers.values(), 1):
        for setting, groups in _needed_groups(key):
            missing = [group for group in groups if group not in key.pattern.parts]
            if missing:
                yield _mistake(
                    file,
                    f"number[{number}]",
                    "pattern",
                    f"has no group {', '.join(missing)}, which {setting} needs",
                    f"缺少 {setting} 所需的命名组：{'、'.join(missing)}",
                )


def _needed_groups(key: StudentKey) -> Iterator[tuple[str, tuple[str, ...]]]:
    if key.categories:
        yield "categories", ("category",)
    if key.autumn_serial_from is not None:
        yield "autumn_serial_from", ("year", "serial")


def _columns(policy: Policy, file: str) -> Iterator[Mistake]:
    columns = policy.columns
    for each in _TABLE_NEEDS:
        if each not in {column.id for column in columns}:
            yield _mistake(
                file, "column", "id", f"there is no column {each}", f"缺少 id 为 {each} 的列"
            )
    for number, column in enumerate(columns, 1):
        row = f"column[{number}]"
        if (column.id == "number") != (column.headings == _OWN_NUMBER):
            yield _mistake(
                file,
                row,
                "headings",
                'the column number, and no other, has the headings ["{number}"]',
                'number 列的 headings 须为 ["{number}"]，其他列不得如此',
            )
        if column.id == "number" and not column.needed:
            yield _mistake(
                file, row, "needed", "the column number must be needed", "number 列必须为必需列"
            )
        if column.needed and column.optional:
            yield _mistake(file, row, "optional", "is both needed and optional", "不能既必需又可选")
    yield from _doubled(columns, "column", file, ())
    for key in policy.numbers.values():
        yield from _doubled(columns, "column", file, key.headings)


def _roll_columns(policy: Policy, file: str) -> Iterator[Mistake]:
    known = ROLL_COLUMN_IDS | policy.numbers.keys() | policy.vocabulary.fields.keys()
    ids = [column.id for column in policy.roll_columns]
    for number, each in enumerate(ids, 1):
        if each not in known:
            listed = ", ".join(sorted(known))
            yield _mistake(
                file,
                f"roll_column[{number}]",
                "id",
                f"“{each}” is not one of: {listed}",
                f"“{each}”不在可选值中：{listed}",
            )
    for status in policy.statuses.values():
        if status.number not in ids:
            yield _mistake(
                file,
                "roll_column",
                "id",
                f"there is no column {status.number}, by which {status.id} is found",
                f"缺少用于查找 {status.id} 的列 {status.number}",
            )
    yield from _doubled(policy.roll_columns, "roll_column", file, ())


def _doubled(
    columns: Iterable[Column], row: str, file: str, number_headings: tuple[str, ...]
) -> Iterator[Mistake]:
    """Yield ids that stand twice, and headings that two columns could be read by."""
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for number, column in enumerate(columns, 1):
        where = f"{row}[{number}]"
        if column.id in ids:
            yield _mistake(file, where, "id", f"“{column.id}” stands twice", f"“{column.id}”重复")
        ids.add(column.id)
        headings = number_headings if column.headings == _OWN_NUMBER else column.headings
        for heading in headings:
            owner = owners.setdefault(matching_key(heading), column.id)
            if owner != column.id:
                yield _mistake(
                    file,
                    where,
                    "headings",
                    f"“{heading}” is a heading of {owner} too",
                    f"“{heading}”与 {owner} 列的列名重复",
                )


def _semesters(policy: Policy, file: str) -> Iterator[Mistake]:
    seen: list[Semester] = []
    for number, semester in enumerate(policy.semesters, 1):
        if any(semester.season == other.season for other in seen):
            yield _mistake(
                file,
                f"semester[{number}]",
                "season",
                f"“{semester.season}” stands twice",
                f"“{semester.season}”重复",
            )
        # Two leap years round a plain one.
        spans = [other.span(year) for other in seen for year in (2023, 2024, 2025)]
        first, last = semester.span(2024)
        if any(first <= until and since <= last for since, until in spans):
            yield _mistake(
                file,
                f"semester[{number}]",
                "starts",
                "overlaps another semester",
                "与其他学期重叠",
            )
        seen.append(semester)


def _package(policy: Policy, file: str) -> Iterator[Mistake]:
    rules, bounds = policy.package, policy.package_bounds
    if bool(rules.platforms) != ("{platform}" in rules.subject):
        yield _mistake(
            file,
            "package",
            "platforms",
            "platforms and {platform} in the subject go together",
            "platforms 与 subject 中的 {platform} 须同时出现",
        )
    if rules.mixed_reasons and "{reason}" in rules.subject:
        yield _mistake(
            file,
            "package",
            "subject",
            "names one reason, but packages may hold several",
            "含有 {reason}，但材料包允许多种更正原因",
        )
    for row, key, size, key_of_limit, limit in (
        ("package", "max_entry_bytes", bounds.max_entry_bytes, "max_bytes", bounds.max_bytes),
        (
            "scan",
            "max_bytes",
            policy.scan_bounds.max_bytes,
            "package max_entry_bytes",
            bounds.max_entry_bytes,
        ),
    ):
        if size > limit:
            yield _mistake(
                file,
                row,
                key,
                f"is more than {key_of_limit} allows ({limit})",
                f"超出 {key_of_limit} 的限制（{limit}）",
            )
    ids = [report.id for report in policy.reports]
    for number, each in enumerate(ids, 1):
        if each in ids[: number - 1]:
            yield _mistake(
                file, f"report_kind[{number}]", "id", f"“{each}” stands twice", f"“{each}”重复"
            )


def _mistake(file: str, row: str, key: str, en: str, zh: str) -> Mistake:
    return Mistake(file, row, key, Words(en, zh))
