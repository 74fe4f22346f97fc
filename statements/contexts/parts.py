"""Pieces that several documents are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one student: what it was and is to be."""

    field: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box to sign, to stamp or to date by hand.

    A seal covers more paper than a name.
    """

    label: str
    seal: bool = False


def total(counts: tuple[Count, ...]) -> int:
    """Return the sum of *counts*."""
    return sum(count.number for count in counts)
