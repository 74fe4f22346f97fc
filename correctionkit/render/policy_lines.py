"""Lines of a page about policies: headings, tables, paragraphs, numbered clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from correctionkit.render.wrapping import columns, wrapped
from correctionkit.terms import Words

_GUTTER = 2
_BOLD = "\x1b[1m{}\x1b[0m"


@dataclass(slots=True)
class Page:
    """Lines of at most *width* columns, where a Han character takes two."""

    width: int
    colour: bool
    lines: list[str] = field(default_factory=list)

    def title(self, text: str) -> None:
        """Add the page's title."""
        self.lines += [self._strong(line) for line in wrapped(text, self.width)]

    def heading(self, text: str) -> None:
        """Begin a section."""
        self.lines += ["", *(self._strong(line) for line in wrapped(text, self.width))]

    def paragraph(self, text: str, *, indent: int = 2, mark: str = "") -> None:
        """Add a text; *mark* stands before its first line, the others are set in."""
        hang = indent + columns(mark)
        for number, line in enumerate(wrapped(text, self.width - hang)):
            before = " " * indent + mark if number == 0 else " " * hang
            self.lines.append((before + line).rstrip())

    def facts(self, rows: Sequence[tuple[str, str]], *, indent: int = 2) -> None:
        """Add names and values, the values in one column."""
        longest = max((columns(name) for name, _ in rows), default=0)
        for name, value in rows:
            self.paragraph(value, indent=indent, mark=padded(name, longest) + " " * _GUTTER)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, indent: int = 2) -> None:
        """Add a table; the widest columns give way where the page is narrow."""
        widths = _widths([head, *rows], self.width - indent)
        rule = ["-" * width for width in widths]
        self._row(head, widths, indent, strong=True)
        self._row(rule, widths, indent)
        for row in rows:
            self._row(row, widths, indent)

    def text(self) -> str:
        """Return the page."""
        return "\n".join(self.lines) + "\n"

    def _row(
        self, cells: Sequence[str], widths: Sequence[int], indent: int, *, strong: bool = False
    ) -> None:
        broken = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
        for number in range(max(map(len, broken))):
            parts = [lines[number] if number < len(lines) else "" for lines in broken]
            line = (" " * _GUTTER).join(map(padded, parts, widths)).rstrip()
            self.lines.append(" " * indent + (self._strong(line) if strong else line))

    def _strong(self, line: str) -> str:
        return _BOLD.format(line) if self.colour and line else line


@dataclass(slots=True)
class Footnotes:
    """Clauses in the order in which they are first cited."""

    clauses: list[Words] = field(default_factory=list)

    def cite(self, *clauses: Words) -> str:
        """Return the marks of *clauses*, as ``[1] [4]``."""
        marks = []
        for clause in clauses:
            if clause not in self.clauses:
                self.clauses.append(clause)
            marks.append(self.clauses.index(clause) + 1)
        return " ".join(f"[{mark}]" for mark in sorted(set(marks)))


def padded(text: str, width: int) -> str:
    """Fill *text* with spaces to *width* columns."""
    return text + " " * (width - columns(text))


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Give each column what its longest cell takes; take the rest from the widest."""
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    room -= _GUTTER * (len(widths) - 1)
    while sum(widths) > room and max(widths) > 4:
        # Level with the second widest first, then all alike.
        widths[widths.index(max(widths))] -= 1
    return widths
