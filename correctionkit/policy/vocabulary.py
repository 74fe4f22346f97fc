"""The vocabulary of policies: fields, reasons, evidence kinds, roles and levels, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from correctionkit import catalog
from correctionkit.policy.toml_rows import Row
from correctionkit.terms import ValueType, Words


@dataclass(frozen=True, slots=True)
class Term:
    """A word that tables and messages use, with the other ways it is written."""

    id: str
    label: Words
    aliases: tuple[str, ...]

    def spellings(self) -> tuple[str, ...]:
        """Return every way it may be written, the Chinese label first."""
        return (self.label.zh, *self.aliases, self.label.en, self.id)


@dataclass(frozen=True, slots=True)
class Field(Term):
    """A part of the student record that can be corrected."""

    value: ValueType


@dataclass(frozen=True, slots=True)
class EvidenceKind(Term):
    """A kind of document; its aliases are further stems of file names.

    *card* says that it is a card of two sides that belong on one page; *spared* names
    the scan codes that are not judged on it.
    """

    card: bool
    front: tuple[str, ...]
    back: tuple[str, ...]
    spared: frozenset[str]


@dataclass(frozen=True, slots=True)
class Level(Term):
    """A level of units; *rank* counts from the top, 0."""

    rank: int


TermT = TypeVar("TermT", bound=Term)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms a policy speaks of, by id."""

    fields: Mapping[str, Field]
    reasons: Mapping[str, Term]
    kinds: Mapping[str, EvidenceKind]
    roles: Mapping[str, Term]
    levels: Mapping[str, Level]

    def joined_with(self, other: Vocabulary) -> Vocabulary:
        """Add the terms of *other*, which win where an id is the same."""
        return Vocabulary(
            MappingProxyType({**self.fields, **other.fields}),
            MappingProxyType({**self.reasons, **other.reasons}),
            MappingProxyType({**self.kinds, **other.kinds}),
            MappingProxyType({**self.roles, **other.roles}),
            MappingProxyType({**self.levels, **other.levels}),
        )


def read_vocabulary(top: Row) -> Vocabulary:
    """Take the rows of terms from a file."""
    fields: dict[str, Field] = {}
    for row in top.rows("field"):
        _keep(fields, Field(*_term(row), value=ValueType(_value_type(row))), row)
    reasons: dict[str, Term] = {}
    for row in top.rows("reason"):
        _keep(reasons, Term(*_term(row)), row)
    kinds: dict[str, EvidenceKind] = {}
    for row in top.rows("evidence_kind"):
        kind = EvidenceKind(
            *_term(row),
            card=row.boolean("card"),
            front=row.texts("front", optional=True),
            back=row.texts("back", optional=True),
            spared=frozenset(row.choices("spared", catalog.BY_CODE, optional=True)),
        )
        if (kind.front or kind.back) and not kind.card:
            row.wrong("card", "only a card has a front and a back", "只有证卡才有正面和反面")
        _keep(kinds, kind, row)
    roles: dict[str, Term] = {}
    for row in top.rows("role"):
        _keep(roles, Term(*_named(row), aliases=()), row)
    levels: dict[str, Level] = {}
    for row in top.rows("level"):
        _keep(levels, Level(*_named(row), aliases=(), rank=row.integer("rank", most=99)), row)
    return Vocabulary(
        MappingProxyType(fields),
        MappingProxyType(reasons),
        MappingProxyType(kinds),
        MappingProxyType(roles),
        MappingProxyType(levels),
    )


def _named(row: Row) -> tuple[str, Words]:
    return row.text("id"), Words(row.text("en"), row.text("zh"))


def _term(row: Row) -> tuple[str, Words, tuple[str, ...]]:
    return (*_named(row), row.texts("aliases", optional=True))


def _value_type(row: Row) -> str:
    value = row.choice("value", [each.value for each in ValueType])
    return value if value in {each.value for each in ValueType} else ValueType.NAME.value


def _keep(terms: dict[str, TermT], each: TermT, row: Row) -> None:
    if each.id in terms:
        row.wrong("id", f"{each.id!r} stands twice", f"“{each.id}”重复")
    terms[each.id] = each
    row.done()
