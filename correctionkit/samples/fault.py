"""What a fault of a made-up package is: whom it befalls, and what it does to their part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from correctionkit.samples.drafts import StudentDraft
from correctionkit.samples.filings import NOTHING_SAID, Fits, StudentFiling
from correctionkit.samples.people import Person

T = TypeVar("T")


class Part(StrEnum):
    """Which part of a student's filing a fault spoils: one student has at most one of each."""

    PAPER = "paper"
    SCANS = "scans"


def studying(person: Person) -> bool:
    """Tell whether somebody has not graduated, so that their filing is no exception."""
    return person.status != "graduated"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    *befalls* says to whom, *alters* makes them so from the start, *fits* says to which
    filing; *asks*, *status* and *codes* as :meth:`Filings.make` takes them.  *alone*: nothing else
    is wrong with that student; *once*: one in a package is enough.  *spoil* changes the
    draft and marks what will be found.
    """

    name: str
    part: Part
    spoil: Callable[[StudentDraft], None]
    befalls: Callable[[Person], bool] = studying
    alters: Callable[[Person], Person] = lambda person: person
    asks: frozenset[tuple[str, ...]] = frozenset()
    fits: Fits = lambda filing: True
    codes: frozenset[str] = NOTHING_SAID
    status: str | None = None
    alone: bool = False
    once: bool = False


def just(*fields: str) -> frozenset[tuple[str, ...]]:
    """Return what asks for these fields together and no other."""
    return frozenset({fields})


def one_of(*fields: str) -> frozenset[tuple[str, ...]]:
    """Return what asks for one of these fields and no other."""
    return frozenset((field,) for field in fields)


def all_hold(*tests: Callable[[T], bool]) -> Callable[[T], bool]:
    """Return a test that is met where every one of *tests* is."""
    return lambda each: all(test(each) for test in tests)


def missing_kinds(filing: StudentFiling, kinds: frozenset[str]) -> int:
    """Count how often a document is missed where only *kinds* are there."""
    needed = {kind for need in filing.requirements for kind, _ in need.all_of}
    choices = {need.one_of for need in filing.requirements if need.one_of}
    return len(needed - kinds) + sum(not kinds & set(choice) for choice in choices)
