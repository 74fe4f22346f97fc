"""Rows that say which requests are taken, within which limits, with which evidence."""

from __future__ import annotations

from collections.abc import Mapping

from correctionkit.policy.calendar import InForce
from correctionkit.policy.limits import (
    KINDS,
    Condition,
    DoubleCorrection,
    FirstSemester,
    IntakeFrom,
    Limit,
    Outcome,
    Scope,
    read_condition,
)
from correctionkit.policy.rows import Acceptance, Clause, EvidenceRule, Status
from correctionkit.policy.toml_rows import Row
from correctionkit.policy.vocabulary import Vocabulary
from correctionkit.terms import Words

NO_CLAUSE = Clause("", Words("", ""), ())
_OUTCOMES = tuple(each.value for each in Outcome)


class RuleReader:
    """Reads rows that speak of fields, reasons, kinds, statuses and clauses by id."""

    def __init__(
        self, vocabulary: Vocabulary, clauses: Mapping[str, Clause], statuses: Mapping[str, Status]
    ) -> None:
        self.vocabulary = vocabulary
        self.clauses = clauses
        self.statuses = statuses

    def _scope(self, row: Row, *, whole: bool = False) -> Scope:
        return Scope(
            statuses=frozenset(row.choices("statuses", self.statuses, optional=not whole)),
            fields=frozenset(row.choices("fields", self.vocabulary.fields, optional=not whole)),
            reasons=frozenset(row.choices("reasons", self.vocabulary.reasons, optional=not whole)),
        )

    def _clause(self, row: Row) -> Clause:
        return self.clauses.get(row.choice("clause", self.clauses), NO_CLAUSE)

    def acceptance(self, row: Row) -> Acceptance:
        """Take a row ``accept``."""
        accepted = Acceptance(self._scope(row, whole=True), self._clause(row), read_in_force(row))
        row.done()
        return accepted

    def limit(self, row: Row) -> Limit:
        """Take a row ``limit``."""
        outcome = row.choice("outcome", _OUTCOMES)
        guess = row.choice("guess", _OUTCOMES, optional=True) or outcome
        condition = read_condition(row, self.vocabulary.fields)
        _outcome_fits(row, condition)
        limit = Limit(
            scope=self._scope(row),
            kind=row.choice("kind", KINDS),
            condition=condition,
            outcome=Outcome(outcome) if outcome in _OUTCOMES else Outcome.LATE,
            guess=Outcome(guess) if guess in _OUTCOMES else Outcome.LATE,
            rule=row.words("rule"),
            clause=self._clause(row).words,
            in_force=read_in_force(row),
        )
        row.done()
        return limit

    def evidence(self, row: Row) -> EvidenceRule:
        """Take a row ``evidence``."""
        education = None
        if row.has("education"):
            education = _education(row.row("education"))
        rule = EvidenceRule(
            scope=self._scope(row),
            education=education,
            adds=row.boolean("adds"),
            all_of=row.choices("all_of", self.vocabulary.kinds, optional=True),
            one_of=row.choices("one_of", self.vocabulary.kinds, optional=True),
            clause=self._clause(row),
            in_force=read_in_force(row),
        )
        if not rule.all_of and not rule.one_of:
            row.wrong("all_of", "the row asks for no document", "该行没有要求任何材料")
        if rule.adds and rule.one_of:
            row.wrong("one_of", "a row that adds cannot offer a choice", "附加行不能给出选择")
        row.done()
        return rule


def _education(span: Row) -> tuple[int, int]:
    first, last = span.integer("from", most=99), span.integer("to", most=99)
    if span.has("from") and span.has("to") and first > last:
        span.wrong("to", "lies below from", "小于 from")
    span.done()
    return first, last


def _outcome_fits(row: Row, condition: Condition) -> None:
    """Note outcomes that say nothing of the condition: only intakes are late or guessed."""
    if isinstance(condition, FirstSemester | IntakeFrom):
        return
    if row.has("guess"):
        row.wrong("guess", "only limits of intakes are guessed", "只有涉及入学时间的限制才有推断")
    if row.table.get("outcome") == Outcome.LATE:
        row.wrong("outcome", "only limits of intakes are late", "只有涉及入学时间的限制才有逾期")
    if isinstance(condition, DoubleCorrection) and row.table.get("outcome") == Outcome.EXCEPTIONAL:
        row.wrong(
            "outcome", "a double correction is not-accepted", "“双改”的 outcome 只能是 not-accepted"
        )


def read_in_force(row: Row, *, optional: bool = True) -> InForce:
    """Take the row's own dates, open where it has none."""
    if optional and not row.has("in_force"):
        return InForce()
    dates = row.row("in_force")
    in_force = InForce(dates.day("from", optional=True), dates.day("until", optional=True))
    if in_force.since and in_force.until and in_force.since > in_force.until:
        dates.wrong("until", "lies before from", "早于 from")
    dates.done()
    return in_force
