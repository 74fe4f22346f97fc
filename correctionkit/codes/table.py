"""Code sets as tables: one TSV file each, with its source, read strictly and once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.resources import files

from correctionkit.readings import matching_key
from correctionkit.terms import Language

COLUMNS = ("code", "zh", "en", "aliases")
_CUTOFF = 0.5


class CodeTableError(ValueError):
    """A table that ships with the package is not as it should be."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code, its names, and what else people write for it."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Return the name in *language*."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A code set that can be looked up both ways.

    *source* and *edition* come from the head of the file.
    """

    source: str
    edition: str
    rows: tuple[CodeRow, ...]
    _by_code: dict[str, CodeRow] = field(init=False, repr=False, compare=False)
    _by_word: dict[str, CodeRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code: dict[str, CodeRow] = {}
        by_word: dict[str, CodeRow] = {}
        for row in self.rows:
            if by_code.setdefault(row.code, row) is not row:
                raise CodeTableError(f"code {row.code} stands twice")
            for word in (row.code, row.zh, row.en, *row.aliases):
                if by_word.setdefault(matching_key(word), row) is not row:
                    raise CodeTableError(f"{word!r} names two codes")
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_by_word", by_word)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def row(self, code: str) -> CodeRow | None:
        """Return the row of exactly *code*, or None."""
        return self._by_code.get(code)

    def find(self, text: str) -> CodeRow | None:
        """Return the row that *text* names by code, name or alias, or None.

        Width, case and spaces don't count.
        """
        return self._by_word.get(matching_key(text))

    def label(self, code: str, language: Language) -> str:
        """Return the name of *code* in *language*; the code itself where it has none."""
        row = self._by_code.get(code)
        return code if row is None else row.label(language)

    def suggestions(self, text: str, *, most: int = 3) -> tuple[str, ...]:
        """Return the Chinese names that come close to *text*, the closest first."""
        close = get_close_matches(matching_key(text), self._by_word, n=most * 3, cutoff=_CUTOFF)
        return tuple(dict.fromkeys(self._by_word[word].zh for word in close))[:most]


def load_table(
    name: str, *, more_words: Callable[[CodeRow], Iterable[str]] | None = None
) -> CodeTable:
    """Read the table *name* beside this module.

    *more_words* adds aliases by rule.  Raises CodeTableError for a row with too few or too
    many columns, a code or word given twice, or a head without source and edition.
    """
    head, lines = read_lines(name)
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise CodeTableError(f"{name}: the columns should be {COLUMNS}")
    return CodeTable(
        head["source"], head["edition"], tuple(_row(name, line, more_words) for line in lines[1:])
    )


def read_lines(name: str) -> tuple[dict[str, str], list[str]]:
    """Return the head of a table, as ``# key: value`` lines say it, and its other lines."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = text.splitlines()
    body = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head: dict[str, str] = {}
    for line in lines[:body]:
        key, colon, value = line.removeprefix("#").partition(":")
        if colon:
            head.setdefault(key.strip(), value.strip())
    for key in ("source", "edition"):
        if not head.get(key):
            raise CodeTableError(f"{name}: the head has no {key}")
    return head, lines[body:]


def _row(name: str, line: str, more_words: Callable[[CodeRow], Iterable[str]] | None) -> CodeRow:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS) or not all(cells[:3]):
        raise CodeTableError(f"{name}: bad row {line!r}")
    code, zh, en, aliases = cells
    row = CodeRow(code, zh, en, tuple(filter(None, aliases.split(";"))))
    if more_words is None:
        return row
    return CodeRow(code, zh, en, tuple(dict.fromkeys((*row.aliases, *more_words(row)))))
