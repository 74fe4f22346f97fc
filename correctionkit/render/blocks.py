"""Findings of one group as one would write them down: the same thing said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from correctionkit.findings import NOWHERE, Finding, Location
from correctionkit.render.labels import FOLDER, WORST_FIRST
from correctionkit.render.wording import Wording
from correctionkit.terms import Severity, Words

_LONGEST_PATH = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One message, with all places that it is true of; a place may be left unsaid."""

    message: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Findings of one code with one thing to do about them."""

    code: str
    severity: Severity
    lines: tuple[Line, ...]
    hint: str
    clause: str

    @property
    def count(self) -> int:
        """How many findings are in it."""
        return sum(len(line.places) for line in self.lines)


def blocks(
    findings: Iterable[Finding], wording: Wording, seen_from: Location = NOWHERE
) -> tuple[Block, ...]:
    """Write down *findings*, worst first, else in the order given.

    Places leave out what *seen_from* says: the table, the row, the student's folder.
    """
    gathered: dict[tuple[Severity, str, str, str], dict[str, list[str]]] = {}
    for finding in findings:
        key = (finding.severity, finding.code, wording.hint(finding), wording.clause(finding))
        message = wording.message(finding)
        place = place_of(finding.location, wording, seen_from)
        # Some messages name the file themselves.
        named = place == wording.typed(str(finding.params.get("name", "")), _LONGEST_PATH)
        lines = gathered.setdefault(key, {})
        lines.setdefault(message, []).append("" if named else place)
    made = [
        Block(
            code,
            severity,
            tuple(Line(message, tuple(places)) for message, places in lines.items()),
            hint,
            clause,
        )
        for (severity, code, hint, clause), lines in gathered.items()
    ]
    return tuple(sorted(made, key=lambda block: WORST_FIRST.index(block.severity)))


def place_of(location: Location, wording: Wording, seen_from: Location = NOWHERE) -> str:
    """Name a place, leaving out what *seen_from* says; empty where nothing is left."""
    if location.table is not None:
        return _place_in_table(location, wording, seen_from)
    path, folder = location.path or "", seen_from.path
    if folder is not None and path == folder:
        return wording.say(FOLDER)
    if folder is not None and path.startswith(f"{folder}/"):
        path = path[len(folder) + 1 :]
    return wording.typed(path, _LONGEST_PATH)


def _place_in_table(location: Location, wording: Wording, seen_from: Location) -> str:
    parts = []
    same_table = location.table == seen_from.table
    if not same_table:
        parts.append(wording.typed(location.table or "", _LONGEST_PATH))
    same_row = same_table and location.row == seen_from.row
    if location.sheet is not None and not same_row:
        name = wording.typed(location.sheet)
        parts.append(wording.say(Words(f"sheet {name}", f"工作表“{name}”")))
    if location.row is not None and not same_row:
        parts.append(wording.say(Words(f"row {location.row}", f"第 {location.row} 行")))
    return wording.say(Words(", ", " ")).join(parts)
