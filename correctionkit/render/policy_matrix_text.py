"""The evidence matrix of a policy: who may correct what, when, with which documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from correctionkit.policy.limits import Limit
from correctionkit.policy.matrix import Cell, Standing, cells
from correctionkit.policy.rows import EvidenceRule, Status
from correctionkit.render import policy_words as wording
from correctionkit.render.phrases import listed
from correctionkit.render.policy_sheet import Sheet


def write_matrix(sheet: Sheet) -> None:
    """Write one table a status: what is taken, and what has to go with it."""
    for status, row in groupby(cells(sheet.rules), key=lambda cell: cell.status):
        _status(sheet, sheet.rules.statuses[status], list(row))


def _status(sheet: Sheet, status: Status, row: Sequence[Cell]) -> None:
    number = sheet.say(sheet.rules.numbers[status.number].label)
    sheet.page.heading(
        sheet.both(
            f"{sheet.say(status.label)} ({status.table}, by {number})",
            f"{sheet.say(status.label)}（{status.table}，按{number}）",
        )
    )
    if status.judged_as != status.id:
        other = sheet.say(sheet.rules.statuses[status.judged_as].label)
        sheet.page.paragraph(sheet.both(f"Judged as {other}.", f"按{other}处理。"))
    taken = {cell.acceptance.clause.words: None for cell in row if cell.acceptance}
    if taken:
        marks = sheet.notes.cite(*taken)
        sheet.page.paragraph(sheet.both(f"Fields and reasons: {marks}", f"更正内容与原因：{marks}"))
    sheet.page.table(
        [sheet.label(key) for key in ("field", "reason", "taken", "documents", "clause")],
        list(_rows(sheet, row)),
    )
    for limit in dict.fromkeys(limit for cell in row for limit in cell.limits):
        write_limit(sheet, limit, statuses=False)


def _rows(sheet: Sheet, row: Sequence[Cell]) -> Iterator[Sequence[str]]:
    """Merge what is alike: ranges of education, then reasons, then fields."""
    merged: dict[tuple[str, ...], list[str]] = {}
    for field, of_field in groupby(row, key=lambda cell: cell.field):
        for label, reason, content in _by_reason(sheet, field, list(of_field)):
            merged.setdefault((reason, *content), []).append(label)
    never = sheet.say(wording.STANDINGS[Standing.NEVER])
    for taken, labels in sorted(merged.items(), key=lambda each: each[0][1] == never):
        yield [listed(labels, sheet.language), *taken]


def _by_reason(
    sheet: Sheet, field: str, row: Sequence[Cell]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    label = sheet.say(sheet.terms.fields[field].label)
    ranges: dict[tuple[int, int] | None, list[Cell]] = {}
    for cell in row:
        ranges.setdefault(cell.education, []).append(cell)
    contents = {
        span: [(cell.reason, _content(sheet, cell)) for cell in of_span]
        for span, of_span in ranges.items()
    }
    alike = len({tuple(each) for each in contents.values()}) == 1
    for span, of_span in contents.items():
        own = label
        if span and not alike:
            levels = wording.education_range(span, sheet.language)
            own = sheet.both(f"{label} ({levels})", f"{label}（{levels}）")
        if len({content for _, content in of_span}) == 1:
            yield own, sheet.say(wording.EITHER), of_span[0][1]
        else:
            for reason, content in of_span:
                yield own, sheet.say(sheet.terms.reasons[reason].label), content
        if alike:
            return


def _content(sheet: Sheet, cell: Cell) -> tuple[str, ...]:
    standing = sheet.say(wording.STANDINGS[cell.standing])
    if cell.standing is Standing.NEVER:
        return (standing, "-", "")
    needed = cell.requirement
    clauses = [clause.words for _, clause in needed.all_of]
    if needed.one_of_clause:
        clauses.append(needed.one_of_clause.words)
    return (
        standing,
        wording.documents(
            [kind for kind, _ in needed.all_of],
            needed.one_of,
            sheet.terms,
            sheet.language,
        ),
        sheet.notes.cite(*clauses),
    )


def write_limit(sheet: Sheet, limit: Limit, *, statuses: bool) -> None:
    """Write a limit; *statuses*: with the statuses that it is about."""
    about = wording.scope(limit.scope, sheet.rules, sheet.terms, sheet.language, statuses=statuses)
    text = wording.limit(limit, sheet.rules, sheet.terms, sheet.language)
    marks = sheet.notes.cite(limit.clause)
    lead = f"[{about}] " if about else ""
    sheet.page.paragraph(f"{lead}{text} {marks}", mark="- ")


def write_added(sheet: Sheet, rule: EvidenceRule) -> None:
    """Write the documents that a row adds."""
    about = wording.scope(rule.scope, sheet.rules, sheet.terms, sheet.language, statuses=True)
    needed = wording.documents(rule.all_of, (), sheet.terms, sheet.language)
    marks = sheet.notes.cite(rule.clause.words)
    separator = sheet.both(": ", "：")
    sheet.page.paragraph(f"{about or sheet.label('all')}{separator}{needed} {marks}", mark="- ")
