"""Whether a policy's rules reach each other: no request without evidence, no row for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta

from correctionkit.policy.calendar import InForce
from correctionkit.policy.matrix import EDUCATIONS, Cell, cells
from correctionkit.policy.mistakes import Mistake
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import EvidenceRule
from correctionkit.terms import Words


def check_coverage(policy: Policy, file: str) -> Iterator[Mistake]:
    """Yield requests that are taken without any evidence, and rows that never hold."""
    yield from _judged_as_another(policy, file)
    uncovered: dict[tuple[str, str, str, tuple[int, int] | None], date] = {}
    reached: set[int] = set()
    limited: set[int] = set()
    for day in _days_of_change(policy):
        rules = policy.on(day)
        for cell in cells(rules):
            if cell.acceptance is None:
                continue
            limited |= {id(limit) for limit in cell.limits}
            first = _first(rules, cell)
            if first is None:
                uncovered.setdefault((cell.status, cell.field, cell.reason, cell.education), day)
            reached |= {id(rule) for rule in _holding(rules, cell) if rule.adds or rule is first}
    for (status, field, reason, education), day in uncovered.items():
        yield _uncovered(file, policy, status, field, reason, education, day)
    for number, rule in enumerate(policy.evidence, 1):
        if id(rule) not in reached:
            yield _never(file, f"evidence[{number}]")
    for number, limit in enumerate(policy.limits, 1):
        if id(limit) not in limited:
            yield _never(file, f"limit[{number}]")


def _judged_as_another(policy: Policy, file: str) -> Iterator[Mistake]:
    others = {each.id: each.judged_as for each in policy.statuses.values()}
    scopes = (
        ("accept", [row.scope for row in policy.acceptances]),
        ("limit", [row.scope for row in policy.limits]),
        ("evidence", [row.scope for row in policy.evidence]),
    )
    for row, of_rows in scopes:
        for number, scope in enumerate(of_rows, 1):
            for status in sorted(scope.statuses):
                if others[status] != status:
                    yield Mistake(
                        file,
                        f"{row}[{number}]",
                        "statuses",
                        Words(
                            f"{status} is judged as {others[status]}: name that",
                            f"{status} 按 {others[status]} 处理，请改用后者",
                        ),
                    )


def _days_of_change(policy: Policy) -> list[date]:
    """Return one day of each stretch of the policy's time within which its rows stay the same."""
    whole = policy.heading.in_force
    rows: list[InForce] = [
        rule.in_force
        for rules in (policy.acceptances, policy.limits, policy.evidence)
        for rule in rules
    ]
    days = {whole.since or date.min}
    for each in rows:
        if each.since:
            days.add(each.since)
        if each.until and each.until.year < MAXYEAR:
            days.add(each.until + timedelta(days=1))
    return sorted(day for day in days if whole.holds(day))


def _holding(rules: Policy, cell: Cell) -> Iterator[EvidenceRule]:
    status = rules.statuses[cell.status].judged_as
    for rule in rules.evidence:
        if rule.scope.holds(status, cell.field, cell.reason) and (
            rule.education is None
            or (cell.education and rule.education[0] <= cell.education[0] <= rule.education[1])
        ):
            yield rule


def _first(rules: Policy, cell: Cell) -> EvidenceRule | None:
    return next((rule for rule in _holding(rules, cell) if not rule.adds), None)


def _uncovered(
    file: str,
    policy: Policy,
    status: str,
    field: str,
    reason: str,
    education: tuple[int, int] | None,
    day: date,
) -> Mistake:
    en, zh = f"{status}, {field}, {reason}", f"{status}、{field}、{reason}"
    if education and education != EDUCATIONS:
        en += f", codes {education[0]} to {education[1]}"
        zh += f"、代码 {education[0]} 至 {education[1]}"
    if day != (policy.heading.in_force.since or date.min):
        en, zh = f"{en}, from {day}", f"{zh}（自 {day} 起）"
    return Mistake(
        file,
        "evidence",
        "",
        Words(f"no row says which documents are needed: {en}", f"没有规定所需材料：{zh}"),
    )


def _never(file: str, row: str) -> Mistake:
    return Mistake(
        file,
        row,
        "",
        Words(
            "never holds: an earlier row does, or no such request is accepted",
            "永远不会生效：已有在先的行，或此类申请不予受理",
        ),
    )
