"""What stands beside a row of a table: what was found there, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from correctionkit.findings import Location
from correctionkit.render.blocks import Block, Line, blocks, place_of
from correctionkit.render.labels import SEVERITIES, STEP
from correctionkit.render.row_results import RowKey, RowResults
from correctionkit.render.wording import Wording
from correctionkit.terms import Words

RESULT = Words("Check", "检查结果")
_NOTHING = Words("nothing found", "未发现问题")
_PLACES_A_LINE = 6


@dataclass(frozen=True, slots=True)
class Beside:
    """Words the two columns beside a table."""

    wording: Wording
    results: RowResults

    def headings(self) -> tuple[str, str]:
        """Return what stands above the two columns."""
        return self.wording.say(RESULT), self.wording.say(STEP)

    def row(self, key: RowKey) -> tuple[str, str, str]:
        """Return what was found, what to do, and the look of the row."""
        findings = self.results.findings.get(key, ())
        elsewhere = self._elsewhere(key)
        if not findings:
            if key not in self.results.requests:
                return "", "", "plain"
            return elsewhere or self.wording.say(_NOTHING), "", ""
        told = blocks(findings, self.wording, self._seen_from(key))
        found = [self._found(block) for block in told]
        steps = [block.hint for block in told]
        if elsewhere:
            found.append(elsewhere)
        return _numbered(found), _numbered(steps), f"-{told[0].severity}"

    def _seen_from(self, key: RowKey) -> Location:
        student = self.results.requests.get(key)
        table, sheet, row = key
        return Location(path=student.folder if student else None, table=table, row=row, sheet=sheet)

    def _elsewhere(self, key: RowKey) -> str:
        """Say where the findings about this student's folder stand, if not here."""
        student = self.results.requests.get(key)
        if student not in self.results.about_folders:
            return ""
        first = self.results.first[student]
        if first == key:
            return ""
        there = Location(table=first[0], row=first[2])
        place = place_of(there, self.wording, Location(table=key[0]))
        return self.wording.say(
            Words(f"Folder and scans: see {place}.", f"该生的文件夹和图片：见{place}。")
        )

    def _found(self, block: Block) -> str:
        label = self.wording.say(SEVERITIES[block.severity])
        lines = "\n".join(self._line(line) for line in block.lines)
        return self.wording.say(Words(f"{label}: {lines}", f"{label}：{lines}"))

    def _line(self, line: Line) -> str:
        places = joined_places(line.places, self.wording)
        return (
            self.wording.say(Words(f"{places}: ", f"{places}：")) + line.message
            if places
            else line.message
        )


def joined_places(places: Sequence[str], wording: Wording) -> str:
    """Name the first places, and how many there are."""
    told = [place for place in places if place]
    text = wording.say(Words("; ", "、")).join(told[:_PLACES_A_LINE])
    rest = len(told) - _PLACES_A_LINE
    if rest > 0:
        text += wording.say(Words(f" and {rest} more", f" 等 {len(told)} 处"))
    return text


def _numbered(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
