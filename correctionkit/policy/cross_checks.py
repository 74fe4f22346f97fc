"""Checks of a policy's rows against each other, once each row by itself is sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from correctionkit.policy.chain_checks import check_chains
from correctionkit.policy.coverage import check_coverage
from correctionkit.policy.layout_checks import check_layout
from correctionkit.policy.limits import FirstSemester, GraduationTerm, IntakeFrom, Limit
from correctionkit.policy.mistakes import Mistake
from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.vocabulary import EvidenceKind, Term, Vocabulary
from correctionkit.readings import matching_key
from correctionkit.terms import ValueType, Words


def of_policy(policy: Policy, file: str) -> Iterator[Mistake]:
    """Yield the mistakes that only several rows of a policy together show."""
    yield from _spellings(policy.vocabulary, file)
    yield from _statuses(policy, file)
    yield from check_layout(policy, file)
    yield from _limits(policy.limits, policy, file)
    yield from _educations(policy, policy.vocabulary, file)
    yield from check_coverage(policy, file)
    yield from check_chains(policy, file)


def of_overlay(overlay: Overlay, base: Policy, file: str) -> Iterator[Mistake]:
    """Yield where an overlay does more than narrow *base*."""
    for number, rule in enumerate(overlay.evidence, 1):
        if not rule.adds:
            yield _mistake(
                file,
                f"evidence[{number}]",
                "adds",
                "an overlay may only add documents: adds = true",
                "附加规则只能增加材料，须有 adds = true",
            )
    yield from _replaced(overlay, base, file)
    joined = base.vocabulary.joined_with(overlay.vocabulary)
    yield from _spellings(joined, file)
    yield from _limits(overlay.limits, base, file)
    yield from _educations(overlay, joined, file)


def _replaced(overlay: Overlay, base: Policy, file: str) -> Iterator[Mistake]:
    pairs: tuple[tuple[str, Mapping[str, object], Mapping[str, object]], ...] = (
        ("clause", overlay.clauses, base.clauses),
        ("field", overlay.vocabulary.fields, base.vocabulary.fields),
        ("reason", overlay.vocabulary.reasons, base.vocabulary.reasons),
        ("evidence_kind", overlay.vocabulary.kinds, base.vocabulary.kinds),
        ("role", overlay.vocabulary.roles, base.vocabulary.roles),
        ("level", overlay.vocabulary.levels, base.vocabulary.levels),
    )
    for row, own, theirs in pairs:
        for number, each in enumerate(own, 1):
            if each in theirs and own[each] != theirs[each]:
                yield _mistake(
                    file,
                    f"{row}[{number}]",
                    "id",
                    f"“{each}” is a row of the policy; an overlay cannot change it",
                    f"“{each}”是规则包已有的行，附加规则不能更改",
                )


def _spellings(vocabulary: Vocabulary, file: str) -> Iterator[Mistake]:
    """Yield words that could mean two things."""
    groups: tuple[tuple[str, Iterable[Term]], ...] = (
        ("field", vocabulary.fields.values()),
        ("reason", vocabulary.reasons.values()),
        ("evidence_kind", vocabulary.kinds.values()),
    )
    for row, terms in groups:
        yield from _ambiguous(terms, row, file)


def _ambiguous(terms: Iterable[Term], row: str, file: str) -> Iterator[Mistake]:
    owners: dict[str, str] = {}
    for term in terms:
        words = term.spellings()
        if isinstance(term, EvidenceKind):
            words = (*words, *term.front, *term.back)
        for word in words:
            owner = owners.setdefault(matching_key(word), term.id)
            if owner != term.id:
                yield _mistake(
                    file,
                    row,
                    "aliases",
                    f"“{word}” could be {owner} or {term.id}",
                    f"“{word}”既可指 {owner}，也可指 {term.id}",
                )


def _statuses(policy: Policy, file: str) -> Iterator[Mistake]:
    yield from _ambiguous(policy.statuses.values(), "status", file)
    told: dict[str, str] = {}
    for number, status in enumerate(policy.statuses.values(), 1):
        row = f"status[{number}]"
        for key, text in (("table", status.table), ("title", status.title)):
            other = told.setdefault(matching_key(text), status.id)
            if other != status.id:
                yield _mistake(
                    file,
                    row,
                    key,
                    f"“{text}” is that of {other} too",
                    f"“{text}”与 {other} 重复",
                )
        if policy.statuses[status.judged_as].judged_as != status.judged_as:
            yield _mistake(
                file,
                row,
                "judged_as",
                f"{status.judged_as} is itself judged as another status",
                f"{status.judged_as} 本身又按其他状态处理",
            )


def _limits(limits: Iterable[Limit], policy: Policy, file: str) -> Iterator[Mistake]:
    seasons = {semester.season for semester in policy.semesters}
    for number, limit in enumerate(limits, 1):
        row = f"limit[{number}]"
        needed = _seasons_needed(limit) - seasons
        if needed or (isinstance(limit.condition, GraduationTerm) and not seasons):
            which = ", ".join(sorted(needed)) or "spring, autumn"
            yield _mistake(
                file,
                row,
                "kind",
                f"needs semesters that the policy has not: {which}",
                f"规则包中没有所需的学期：{which}",
            )
        yield from _rule_words(limit, row, file)


def _seasons_needed(limit: Limit) -> set[str]:
    match limit.condition:
        case FirstSemester():
            return {"spring", "autumn"}
        case IntakeFrom(season=season):
            return {season}
        case _:
            return set()


def _rule_words(limit: Limit, row: str, file: str) -> Iterator[Mistake]:
    known = set()
    if isinstance(limit.condition, FirstSemester):
        known = {"{year}", "{season}", "{basis}", "{deadline}"}
    elif isinstance(limit.condition, IntakeFrom):
        known = {"{year}", "{season}", "{basis}"}
    for language, text in (("en", limit.rule.en), ("zh", limit.rule.zh)):
        parts = set(re.findall(r"\{[^{}]*\}", text))
        if parts - known or set(re.sub(r"\{[^{}]*\}", "", text)) & {"{", "}"}:
            listed = ", ".join(sorted(known)) or "none"
            yield _mistake(
                file,
                f"{row}.rule",
                language,
                f"holds parts that are not known here; known: {listed}",
                f"含有此处未知的占位符，可用：{'、'.join(sorted(known)) or '无'}",
            )


def _educations(rows: Policy | Overlay, vocabulary: Vocabulary, file: str) -> Iterator[Mistake]:
    for number, rule in enumerate(rows.evidence, 1):
        kinds = {vocabulary.fields[each].value for each in rule.scope.fields}
        if rule.education and kinds != {ValueType.EDUCATION}:
            yield _mistake(
                file,
                f"evidence[{number}]",
                "education",
                "only rows whose fields are all educations are narrowed by education",
                "只有 fields 均为文化程度的行才能按文化程度限定",
            )


def _mistake(file: str, row: str, key: str, en: str, zh: str) -> Mistake:
    return Mistake(file, row, key, Words(en, zh))
