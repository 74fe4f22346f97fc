"""Cards of the page: one for the package, each table and each student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.readings import matching_key
from correctionkit.render.blocks import blocks
from correctionkit.render.groups import Group, StudentGroup, Students
from correctionkit.render.html_parts import block_item, pictures, text
from correctionkit.render.labels import tally
from correctionkit.render.people import about, who
from correctionkit.render.wording import Wording
from correctionkit.terms import Severity, Words

Shots = Mapping[CheckedStudent | None, tuple[tuple[str, bytes], ...]]


@dataclass(frozen=True, slots=True)
class Cards:
    """Writes cards in the words of *wording*, with *shots* beside the students."""

    wording: Wording
    shots: Shots

    def whole(self, title: str, group: Group) -> str:
        """Write the card of a thing that is no student; *title* as it may be shown."""
        head = f"<h3><bdi>{text(title)}</bdi></h3>{self._tally(group)}"
        return f'<article class="card"><header>{head}</header>{self._findings(group)}</article>\n'

    def student(self, group: StudentGroup, anchor: str) -> str:
        """Write the card of a student; without an error it is folded."""
        head = f"<h3>{self.who(group.student)}</h3>{self._about(group.student)}"
        body = self._pictures(group.student) + self._findings(group)
        return _card(
            f"{head}{self._tally(group)}", body, anchor, folded=not group.count(Severity.ERROR)
        )

    def sound_student(self, student: CheckedStudent) -> str:
        """Write the card of a student with nothing but pictures to show."""
        head = f"<h3>{self.who(student)}</h3>{self._about(student)}"
        return _card(head, self._pictures(student), "", folded=True)

    def loose_pictures(self) -> str:
        """Show the pictures that lie in no student's folder."""
        return pictures(self.shots.get(None, ()), self.wording)

    def who(self, student: CheckedStudent) -> str:
        """Name a student: number and name."""
        number, name = (text(self.wording.typed(part)) for part in who(student))
        parts = (
            f'<bdi class="id">{number}</bdi>' if number else "",
            f'<bdi lang="zh-Hans">{name}</bdi>' if name else "",
        )
        return " ".join(part for part in parts if part)

    def _about(self, student: CheckedStudent) -> str:
        told = " · ".join(about(student, self.wording))
        return f'<span class="about">{text(told)}</span>' if told else ""

    def _tally(self, group: Group) -> str:
        errors, warnings, notes = group.badness
        language = self.wording.language
        told = text(tally(errors, 0, 0, language))
        rest = text(tally(0, warnings, notes, language))
        both = self.wording.say(Words(", ", "，")).join(
            part for part in (f"<b>{told}</b>" if told else "", rest) if part
        )
        return f'<span class="tally">{both}</span>'

    def _findings(self, group: Group) -> str:
        items = "".join(
            block_item(block, self.wording)
            for block in blocks(group.findings, self.wording, group.at)
        )
        return f'<ul class="findings">{items}</ul>'

    def _pictures(self, student: CheckedStudent) -> str:
        return pictures(self.shots.get(student, ()), self.wording)


def shots_by_student(checked: CheckedPackage) -> Shots:
    """Give each student the pictures of their folder, and None those of no student."""
    students = Students(checked.students)
    numbers = {matching_key(each.number): each for each in checked.students if each.number}
    found: dict[CheckedStudent | None, list[tuple[str, bytes]]] = {}
    for path, jpeg in sorted(checked.thumbnails.items()):
        owner = students.owner_of_path(path) or _second_folder(path, numbers)
        found.setdefault(owner, []).append((path, jpeg))
    return {owner: tuple(shots) for owner, shots in found.items()}


def _second_folder(path: str, numbers: Mapping[str, CheckedStudent]) -> CheckedStudent | None:
    """Return the student whose number the folder starts with: some come with two folders."""
    folder = matching_key(path.split("/")[0])
    starts = (folder[:length] for length in range(len(folder), 0, -1))
    return next((numbers[start] for start in starts if start in numbers), None)


def _card(head: str, body: str, anchor: str, *, folded: bool) -> str:
    mark = f' id="{anchor}"' if anchor else ""
    if folded:
        return f'<details class="card"{mark}><summary>{head}</summary>{body}</details>\n'
    return f'<article class="card"{mark}><header>{head}</header>{body}</article>\n'
