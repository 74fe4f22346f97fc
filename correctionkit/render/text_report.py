"""A checked package as text for a terminal: worst students first, notes in one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from correctionkit.findings import NOWHERE, Finding
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.render.blocks import Block, Line, blocks
from correctionkit.render.groups import Group, Groups, grouped
from correctionkit.render.labels import LOOSE_FILES, PACKAGE, tally, verdict
from correctionkit.render.people import about, who
from correctionkit.render.titles import most_common
from correctionkit.render.wording import Wording
from correctionkit.render.wrapping import columns, wrapped
from correctionkit.terms import Language, Severity, Words

_LINES_A_CODE = 3
_PLACES_A_LINE = 3
_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "33", Severity.NOTE: "36"}
_STRONG, _FAINT, _GOOD = "1", "2", "1;32"


def to_text(
    checked: CheckedPackage,
    language: Language,
    *,
    width: int = 80,
    colour: bool = False,
    verbose: bool = False,
) -> str:
    """Write the report for a terminal of *width* columns.

    *verbose* lists every place and every note; otherwise what repeats is folded.
    """
    wording = Wording.of(checked, language)
    return "\n".join(_TextReport(checked, wording, width, colour, verbose).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _TextReport:
    checked: CheckedPackage
    wording: Wording
    width: int
    colour: bool
    verbose: bool

    def lines(self) -> Iterator[str]:
        yield from self._head()
        folded = set() if self.verbose else set(map(id, self._folded_notes()))
        findings = [each for each in self.checked.report.findings if id(each) not in folded]
        yield from self._groups(grouped(self.checked, findings))
        yield ""
        yield from self._end()

    def _head(self) -> Iterator[str]:
        policy, counts = self.checked.policy, self.checked.report.counts
        yield self._styled(self.wording.typed(self.checked.name), _STRONG)
        rules = [policy.heading, *policy.overlays]
        titles = " + ".join(
            self._say(rule.title) + self._say(Words(f" [{rule.id}]", f"〔{rule.id}〕"))
            for rule in rules
        )
        on = self.checked.on.isoformat()
        yield from self._wrapped(f"Checked by {titles}, for {on}.", f"按{titles}检查，日期 {on}。")
        yield self._say(
            Words(
                f"Students: {counts.students}; requests: {counts.requests}; scans: {counts.scans}.",
                f"学生 {counts.students} 名，申请 {counts.requests} 项，图片 {counts.scans} 张。",
            )
        )

    def _wrapped(self, english: str, chinese: str) -> list[str]:
        return wrapped(self._say(Words(english, chinese)), self.width)

    def _groups(self, groups: Groups) -> Iterator[str]:
        yield from self._group(self._say(PACKAGE), groups.package)
        for table in groups.tables:
            yield from self._group(self.wording.typed(table.table), table)
        yield from self._group(self._say(LOOSE_FILES), groups.loose)
        for group in groups.students:
            yield from self._group(self._student(group.student), group)

    def _group(self, title: str, group: Group) -> Iterator[str]:
        if not group.findings:
            return
        yield ""
        told = tally(*group.badness, self.wording.language)
        lines = wrapped(f"{title}  {told}", self.width)
        yield from (self._styled(line, _STRONG) for line in lines)
        for block in blocks(group.findings, self.wording, group.at):
            yield from self._block(block)

    def _student(self, student: CheckedStudent) -> str:
        title = self.wording.typed(" ".join(part for part in who(student) if part))
        told = self._say(Words(", ", "，")).join(about(student, self.wording))
        return f"{title}{self._say(Words(f' ({told})', f'（{told}）'))}" if told else title

    def _block(self, block: Block) -> Iterator[str]:
        label = self.wording.severity(block.severity)
        margin = 2 + max(columns(self.wording.severity(each)) for each in Severity) + 2
        shown = block.lines if self.verbose else block.lines[:_LINES_A_CODE]
        texts = [self._line(line) for line in shown]
        rest = sum(len(line.places) for line in block.lines[len(shown) :])
        if rest:
            texts.append(self._more(rest))
        for text in texts:
            for at, line in enumerate(wrapped(text, self.width - margin)):
                start = self._styled(label, _STYLES[block.severity]) if at == 0 else ""
                gap = margin - 2 - (columns(label) if at == 0 else 0)
                yield f"  {start}{' ' * gap}{line}"
        clause = self._say(Words(f" [{block.clause}]", f"〔{block.clause}〕"))
        advice = f"{block.hint}{clause if block.clause else ''}"
        for at, line in enumerate(wrapped(advice, self.width - margin - 3)):
            arrow = "→" if at == 0 else " "
            yield " " * margin + self._styled(f"{arrow} {line}", _FAINT)

    def _line(self, line: Line) -> str:
        places = [place for place in line.places if place]
        shown = places if self.verbose else places[:_PLACES_A_LINE]
        if not shown:
            return line.message
        rest = len(places) - len(shown)
        where = ("、" if self._chinese else "; ").join(shown)
        if rest:
            where += self._say(Words(f" and {rest} more", f" 等 {len(places)} 处"))
        return f"{where}{'：' if self._chinese else ': '}{line.message}"

    def _more(self, rest: int) -> str:
        places = "place" if rest == 1 else "places"
        return self._say(
            Words(f"… and {rest} more {places} of this kind.", f"……同类问题另有 {rest} 处。")
        )

    def _end(self) -> Iterator[str]:
        report = self.checked.report
        sound = self._count_sound()
        if sound:
            students = "1 student" if sound == 1 else f"{sound} students"
            yield self._say(
                Words(f"Nothing to correct: {students}.", f"无需改正的学生：{sound} 名。")
            )
        notes = [] if self.verbose else self._folded_notes()
        if notes:
            told = most_common(notes, self.wording.language)
            yield from self._wrapped(
                f"Notes: {told} (--verbose lists them).", f"提示：{told}（用 --verbose 逐条列出）。"
            )
        for line in wrapped(verdict(report, self.wording.language), self.width):
            yield self._styled(line, _GOOD if report.ok else _STYLES[Severity.ERROR])

    def _folded_notes(self) -> list[Finding]:
        """Return the notes that one line at the end stands for; those on the whole stay."""
        return [
            each
            for each in self.checked.report.findings
            if each.severity is Severity.NOTE and each.location != NOWHERE
        ]

    def _count_sound(self) -> int:
        findings = self.checked.report.findings
        touching = [each for each in findings if each.severity is not Severity.NOTE]
        return len(grouped(self.checked, touching).sound)

    @property
    def _chinese(self) -> bool:
        return self.wording.language is Language.ZH

    def _say(self, words: Words) -> str:
        return self.wording.say(words)

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text
