"""Kinds of requests, and the chain of steps that each takes from filing to decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from correctionkit.policy.rows import Clause
from correctionkit.policy.rule_rows import NO_CLAUSE
from correctionkit.policy.toml_rows import Row
from correctionkit.policy.vocabulary import Vocabulary
from correctionkit.terms import Act, Words

_ACTS = tuple(each.value for each in Act)


@dataclass(frozen=True, slots=True)
class Step:
    """One act in a chain, of a role in a unit of a level.

    *exceptional*: taken by exceptional cases only.  A row that names no clause rests on its
    kind's.
    """

    act: Act
    role: str
    level: str
    exceptional: bool
    clause: Clause


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: the chain that it takes, and the sheet that it is printed on.

    *sheet* is the level of the unit whose daily sheet carries such requests, None where there
    is no sheet.  *reverses*: such a request takes back what a mistaken one wrote.
    """

    id: str
    label: Words
    sheet: str | None
    reverses: bool
    steps: tuple[Step, ...]
    clause: Clause

    def chain(self, exceptional: bool) -> tuple[Step, ...]:
        """Return the steps of an ordinary or an exceptional case, in order."""
        return tuple(step for step in self.steps if exceptional or not step.exceptional)


def read_kinds(
    top: Row, vocabulary: Vocabulary, clauses: Mapping[str, Clause]
) -> Mapping[str, Kind]:
    """Take the rows ``kind``, by id."""
    kinds: dict[str, Kind] = {}
    for row in top.rows("kind"):
        clause = clauses.get(row.choice("clause", clauses), NO_CLAUSE)
        kind = Kind(
            id=row.text("id"),
            label=Words(row.text("en"), row.text("zh")),
            sheet=row.choice("sheet", vocabulary.levels, optional=True) or None,
            reverses=row.boolean("reverses"),
            steps=tuple(
                _step(each, vocabulary, clauses, clause)
                for each in row.rows("step", optional=False)
            ),
            clause=clause,
        )
        if kind.id in kinds:
            row.wrong("id", f"{kind.id!r} stands twice", f"“{kind.id}”重复")
        kinds[kind.id] = kind
        row.done()
    return MappingProxyType(kinds)


def _step(row: Row, vocabulary: Vocabulary, clauses: Mapping[str, Clause], of_kind: Clause) -> Step:
    act = row.choice("act", _ACTS)
    step = Step(
        act=Act(act) if act in _ACTS else Act.DECIDE,
        role=row.choice("role", vocabulary.roles),
        level=row.choice("level", vocabulary.levels),
        exceptional=row.boolean("exceptional"),
        clause=clauses.get(row.choice("clause", clauses, optional=True), of_kind),
    )
    row.done()
    return step
