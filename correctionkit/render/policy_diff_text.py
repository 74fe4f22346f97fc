"""The differences of two policies as text, part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import groupby
from typing import Any, cast

from correctionkit.numbers.pattern import NumberPattern
from correctionkit.policy.calendar import InForce, MonthDay
from correctionkit.policy.chains import Step
from correctionkit.policy.diff import Difference, Documents, Part, Subject, differences
from correctionkit.policy.limits import Limit
from correctionkit.policy.matrix import Standing, education_ranges
from correctionkit.policy.model import Policy
from correctionkit.render import policy_words as wording
from correctionkit.render.phrases import grouped, listed
from correctionkit.render.policy_chain_text import step_in_words
from correctionkit.render.policy_labels import PARTS, VALUES
from correctionkit.render.policy_lines import Page
from correctionkit.terms import Language, Words

_NOTHING = Words("none", "无")
_YES, _NO = Words("yes", "是"), Words("no", "否")
_ORDER = Words("order", "顺序")
_OF_VALUES = frozenset({Part.HEADING, Part.SCAN, Part.TABLE, Part.PACKAGE})
_NAMES = ("words", "label", "title", "headings", "season")
_SAME = Words("The two say the same.", "两个规则包内容相同。")


def show_diff(
    a: Policy, b: Policy, language: Language, width: int = 80, colour: bool = False
) -> str:
    """Write what *b* says otherwise than *a*."""
    return _DiffPage(a, b, language, width, colour).text()


def _title(policy: Policy) -> str:
    return " + ".join((policy.id, *(each.id for each in policy.overlays)))


class _DiffPage:
    def __init__(self, a: Policy, b: Policy, language: Language, width: int, colour: bool) -> None:
        self.a, self.b = a, b
        self.language = language
        self.page = Page(width, colour)
        self.terms = a.vocabulary.joined_with(b.vocabulary)

    def text(self) -> str:
        self.page.title(f"{_title(self.a)} -> {_title(self.b)}")
        found = differences(self.a, self.b)
        for part, of_part in groupby(found, key=lambda each: each.part):
            self.page.heading(self._say(PARTS[part]))
            self._part(part, list(of_part))
        if not found:
            self.page.paragraph(self._say(_SAME))
        return self.page.text()

    def _part(self, part: Part, found: list[Difference]) -> None:
        if part in {Part.STANDING, Part.EVIDENCE}:
            self._requests(found)
        elif part is Part.LIMIT:
            for each in found:
                self._limit(each.before, each.after)
        else:
            for each in found:
                self._row(each)

    def _requests(self, found: list[Difference]) -> None:
        """Write requests that change alike on one line."""
        alike: dict[tuple[str, str], list[Subject]] = {}
        for each in found:
            change = (self._value(each.before), self._value(each.after))
            alike.setdefault(change, []).append(cast(Subject, each.key))
        for (before, after), subjects in alike.items():
            for line in self._subjects(subjects):
                self.page.paragraph(line, mark="* ")
            self._change(before, after)

    def _subjects(self, subjects: Iterable[Subject]) -> list[str]:
        """Name requests: a line a status, the fields of one reason together."""
        lines = []
        for status, of_status in groupby(subjects, key=lambda each: each.status):
            by_field: dict[str, dict[str, None]] = {}
            for label, reason in self._fields(list(of_status)):
                by_field.setdefault(label, {})[reason] = None
            by_reasons: dict[tuple[str, ...], list[str]] = {}
            for label, found in by_field.items():
                by_reasons.setdefault(tuple(found), []).append(label)
            for together, labels in by_reasons.items():
                parts = (
                    self._status(status),
                    wording.named(together, self.terms, self.language),
                    listed(labels, self.language),
                )
                lines.append(("，" if self.language is Language.ZH else ", ").join(parts))
        return lines

    def _fields(self, subjects: list[Subject]) -> Iterator[tuple[str, str]]:
        """Name field and reason of each; all ranges of education together are just the field."""
        ranges = len(education_ranges(self.a, self.b))
        met = Counter((each.field, each.reason) for each in subjects)
        for each in subjects:
            label = self._say(self.terms.fields[each.field].label)
            if each.education and met[each.field, each.reason] < ranges:
                levels = wording.education_range(each.education, self.language)
                label = self._say(Words(f"{label} ({levels})", f"{label}（{levels}）"))
            yield label, each.reason

    def _status(self, status: str) -> str:
        row = self.b.statuses.get(status) or self.a.statuses[status]
        return self._say(row.label)

    def _limit(self, before: Limit | None, after: Limit | None) -> None:
        for policy, limit, mark in ((self.a, before, "- "), (self.b, after, "+ ")):
            if limit is None:
                continue
            about = wording.scope(limit.scope, policy, self.terms, self.language, statuses=True)
            text = wording.limit(limit, policy, self.terms, self.language)
            clause = self._say(limit.clause)
            lead = f"[{about}] " if about else ""
            self.page.paragraph(
                lead + self._say(Words(f"{text} ({clause})", f"{text}（{clause}）")), mark=mark
            )

    def _row(self, each: Difference) -> None:
        """Write one value; of rows that both have, the parts that differ."""
        row = each.before if each.before is not None else each.after
        if each.part in _OF_VALUES:
            self._two(self._say(VALUES[str(each.key)]), each.before, each.after)
        elif each.key == "order":
            self._two(self._say(_ORDER), each.before, each.after)
        elif each.before is None or each.after is None:
            mark = "+ " if each.before is None else "- "
            self.page.paragraph(self._named(row), mark=mark)
        else:
            for part in fields(row):
                one, other = getattr(each.before, part.name), getattr(each.after, part.name)
                if one != other:
                    if part.name == "sheet":
                        one, other = (self.terms.levels.get(level) for level in (one, other))
                    name = str(each.key) if each.part is Part.CLAUSE else self._named(row)
                    label = self._say(VALUES[part.name])
                    self._two(self._say(Words(f"{name}: {label}", f"{name}：{label}")), one, other)

    def _two(self, label: str, before: Any, after: Any) -> None:
        self.page.paragraph(label, mark="* ")
        self._change(self._value(before), self._value(after))

    def _change(self, before: str, after: str) -> None:
        self.page.paragraph(before, indent=4, mark="- ")
        self.page.paragraph(after, indent=4, mark="+ ")

    def _say(self, words: Words) -> str:
        return words.in_language(self.language)

    def _value(self, value: Any) -> str:
        match value:
            case None | "" | ():
                return self._say(_NOTHING)
            case bool():
                return self._say(_YES if value else _NO)
            case int():
                return grouped(value)
            case Standing():
                return self._say(wording.STANDINGS[value])
            case Words():
                return self._say(value)
            case InForce():
                return wording.in_force(value, self.language)
            case MonthDay():
                return wording.day_of_year(value, self.language)
            case Documents():
                return self._documents(value)
            case (Step(), *_):
                steps = [step_in_words(step, self.terms, self.language) for step in value]
                return ("；" if self.language is Language.ZH else "; ").join(steps)
            case NumberPattern():
                return value.regex
            case frozenset():
                return listed(sorted(map(str, value)), self.language)
            case tuple():
                return listed([self._value(each) for each in value], self.language)
            case _ if is_dataclass(value):
                return self._named(value)
            case _:
                return str(value)

    def _documents(self, needed: Documents) -> str:
        all_of, one_of = (
            [kind for kind in self.terms.kinds if kind in kinds]
            for kinds in (needed.all_of, needed.one_of)
        )
        return wording.documents(all_of, one_of, self.terms, self.language)

    def _named(self, row: Any) -> str:
        """Name a row by what people know it by."""
        known = next(part for part in _NAMES if hasattr(row, part))
        value = getattr(row, known)
        return self._value(value[:1] if known == "headings" else value)
