"""Findings put into words, in one language, by the terms of one policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from correctionkit.findings import Finding
from correctionkit.masking import mask_text
from correctionkit.packages.checked import CheckedPackage
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column
from correctionkit.policy.vocabulary import Term
from correctionkit.render.labels import SEVERITIES
from correctionkit.render.lexicon import all_words
from correctionkit.render.phrases import NONE, OPEN, grouped, listed, quoted
from correctionkit.render.visible import LONGEST, shown
from correctionkit.terms import Language, Severity, Words

_PLACE = re.compile(r"\{([a-z_]+)\}")
_AND, _OR = Words("and", "和"), Words("or", "或")
_STATUS = Words("student status", "学籍状态")
_NUMBER = Words("number", "号码")

# Which parameters hold codes.  All others are texts that somebody typed, or plain numbers:
# a file called “spring” is not a season.
_CODED = frozenset(
    {
        "basis",
        "cause",
        "changes",
        "extension",
        "fault",
        "faults",
        "found",
        "measure",
        "rule",
        "said",
        "season",
        "signs",
        "stands",
    }
)
_DATES = frozenset({"since", "until"})


class Wording:
    """Says findings of one policy in one language.

    *keep* names the students' own numbers, which are shown in full even where they look
    like identity numbers; those are masked wherever they stand.  *as_typed* leaves texts
    of others whole and untouched, for programs; otherwise they are made fit to look at.
    """

    def __init__(
        self,
        policy: Policy,
        language: Language,
        *,
        keep: frozenset[str] = frozenset(),
        as_typed: bool = False,
    ) -> None:
        self.policy = policy
        self.language = language
        self._keep = keep
        self._as_typed = as_typed
        terms = policy.vocabulary
        self._terms: dict[str, Mapping[str, Term]] = {
            **dict.fromkeys(("kind", "kinds"), terms.kinds),
            **dict.fromkeys(("field", "fields", "aspect"), terms.fields),
            **dict.fromkeys(("reason", "reasons"), terms.reasons),
            **dict.fromkeys(("status", "statuses"), policy.statuses),
        }
        # A column that the table lacks has no heading, and is named by its id.
        self._columns = {
            "status": _STATUS,
            **{column.id: _column_label(column) for column in policy.columns},
        }

    @classmethod
    def of(cls, checked: CheckedPackage, language: Language, *, as_typed: bool = False) -> Wording:
        """Return the wording for a checked package, its students' numbers kept."""
        return cls(checked.policy, language, keep=own_numbers(checked), as_typed=as_typed)

    def message(self, finding: Finding) -> str:
        """Say what was found."""
        return self._fill(finding.type.message, finding)

    def hint(self, finding: Finding) -> str:
        """Say what to do about it."""
        return self._fill(finding.type.hint, finding)

    def clause(self, finding: Finding) -> str:
        """Name what the finding rests on: its own clause, the policy's, the code's."""
        return self.say(
            finding.clause or self.policy.clause_for(finding.code) or finding.type.clause
        )

    def say(self, words: Words) -> str:
        """Return *words* in the language."""
        return words.in_language(self.language)

    def severity(self, severity: Severity) -> str:
        """Name a severity."""
        return self.say(SEVERITIES[severity])

    def field(self, code: str) -> str:
        """Name a field of the student record."""
        return self._term("field", code)

    def fields(self, codes: Iterable[str]) -> str:
        """Name several fields in a row."""
        return listed([self._term("field", code) for code in codes], self.language)

    def kind(self, code: str) -> str:
        """Name an evidence kind."""
        return self._term("kind", code)

    def reason(self, code: str) -> str:
        """Name a reason."""
        return self._term("reason", code)

    def status(self, code: str) -> str:
        """Name a status."""
        return self._term("status", code)

    def typed(self, text: str, longest: int = LONGEST) -> str:
        """Show a text that somebody typed: masked, visible, not endless."""
        masked = self.masked(text)
        return masked if self._as_typed else shown(masked, longest)

    def masked(self, text: str) -> str:
        """Mask identity numbers in *text*, but not the students' own numbers."""
        return mask_text(text, keep=self._keep)

    def _term(self, name: str, code: str) -> str:
        term = self._terms[name].get(code)
        return self.say(term.label) if term else self.typed(code)

    def _fill(self, words: Words, finding: Finding) -> str:
        template = self.say(words)
        text = self._filled(template, finding)
        first = _PLACE.match(template)
        if first and first[1] in self._terms and self.language is Language.EN:
            text = text[:1].upper() + text[1:]
        # The net at the end catches a number that only the sentence puts together.
        return self.masked(text)

    def _filled(self, template: str, finding: Finding, *, depth: int = 0) -> str:
        def value(found: re.Match[str]) -> str:
            return self._value(found[1], finding, depth)

        return _PLACE.sub(value, template)

    def _value(self, name: str, finding: Finding, depth: int) -> str:
        params = finding.params
        rule = params.get(f"rule_{_SUFFIX[self.language]}") if name == "rule" else None
        if rule is not None:
            return self._filled(str(rule), finding, depth=depth + 1)
        if name == "field" and name not in params:
            return self._term("field", finding.field or "")
        value = params.get(name)
        if value is None:
            return self.say(OPEN if name in _DATES else NONE)
        if isinstance(value, (list, tuple, set, frozenset)):
            many = sorted(value) if isinstance(value, (set, frozenset)) else value
            return self._many(name, many, finding, depth)
        if isinstance(value, Mapping):
            return self.typed(str(value.get(_SUFFIX[self.language], "")))
        return self._one(name, value, finding, depth)

    def _one(self, name: str, value: object, finding: Finding, depth: int) -> str:
        if isinstance(value, Words):
            return self.typed(self.say(value))
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            text = value.isoformat() if isinstance(value, date) else str(value)
            if name in self._terms:
                return self._term(name, text)
            if name == "column" and text in self._columns:
                return self.say(self._columns[text])
            words = all_words().get(text) if name in _CODED else None
            # Words may hold places of their own, but words inside those are not filled again.
            if words:
                said = self.say(words)
                return self._filled(said, finding, depth=depth + 1) if depth < 2 else said
            return self.typed(text)
        return self.typed(grouped(value))

    def _many(self, name: str, values: Iterable[object], finding: Finding, depth: int) -> str:
        texts = [self._one(name, value, finding, depth) for value in values]
        if name == "accepted":
            texts = [quoted(text) for text in texts]
        return listed(texts, self.language, _last_joint(name, finding))


def own_numbers(checked: CheckedPackage) -> frozenset[str]:
    """Return the students' numbers that fit the policy: certificate numbers among them."""
    numbers = {student.number for student in checked.students}
    numbers |= {finding.student for finding in checked.report.findings if finding.student}
    return checked.policy.numbers_of_students(numbers)


def _column_label(column: Column) -> Words:
    heading = column.headings[0]
    return _NUMBER if heading.startswith("{") else Words(heading, heading)


def _last_joint(name: str, finding: Finding) -> Words | None:
    if name == "accepted" or (name == "kinds" and finding.code == "evidence-missing"):
        return _OR
    return _AND if name in {"fields", "reasons"} else None


_SUFFIX = {Language.EN: "en", Language.ZH: "zh"}
