"""Mistakes in policy files: which file, row and key, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from correctionkit.terms import Words

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a policy file.  *row* is like ``evidence[3]``, empty at the top."""

    file: str
    row: str
    key: str
    fault: Words

    def words(self) -> Words:
        """Say where and what, on one line."""
        where = " ".join(shown(part) for part in (self.file, self.row, self.key) if part)
        return Words(
            f"{where}: {_printable(self.fault.en)}", f"{where}：{_printable(self.fault.zh)}"
        )


class PolicyInvalid(ValueError):
    """A policy file that cannot be used, with all its mistakes."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(dict.fromkeys(mistakes))
        super().__init__("; ".join(mistake.words().en for mistake in self.mistakes))


def shown(text: str) -> str:
    """Return *text* as it can stand in a message: on one line, cut where it is long."""
    plain = _printable(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
