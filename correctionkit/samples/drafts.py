"""A package on paper: what will be written, still free to be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from PIL import Image

from correctionkit.findings import Location
from correctionkit.policy.model import Policy
from correctionkit.readings import compact_number
from correctionkit.samples.drawing import draw_scan, encode_jpeg
from correctionkit.samples.filings import StudentFiling
from correctionkit.samples.people import Person

Content = Callable[[], bytes]
"""How the content of a file comes about: it is made when it is written."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scan to be drawn; *save* makes a file of the picture, *spoil* another of the file."""

    kind: str
    person: Person
    before: Person
    seed: int
    save: Callable[[Image.Image], bytes] = encode_jpeg
    spoil: Callable[[bytes], bytes] = bytes

    def __call__(self) -> bytes:
        """Draw it."""
        picture = draw_scan(self.kind, self.person, before=self.before, seed=self.seed)
        return self.spoil(self.save(picture))


def nothing() -> bytes:
    """Make the content of an empty file, and of a folder."""
    return b""


@dataclass(slots=True)
class FileDraft:
    """A file of a student; *kind* is the document that it is named after."""

    kind: str | None
    content: Content


@dataclass(slots=True, eq=False)
class RowDraft:
    """One line of a summary table, by column id; *typed* tells which cells are not text."""

    cells: dict[str, str]
    typed: dict[str, Literal["number", "formula"]] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding that a student's part of the package is going to provoke.

    It belongs to a *row*, to a *path*, to a *file* below the student's folder, or to the
    folder itself.  *with_roll*: whether it is found with the roll only, or without it
    only; None says that the roll is no matter.
    """

    code: str
    row: RowDraft | None = None
    file: str = ""
    path: str | None = None
    with_roll: bool | None = None


@dataclass(slots=True)
class StudentDraft:
    """One student's rows and folder.  *files* go by their names below the folder.

    *elsewhere* are files of the student in other folders, by path; *in_roll* is what the
    roll has of the student, None where it has nothing.
    """

    filing: StudentFiling
    folder: str
    rows: list[RowDraft]
    files: dict[str, FileDraft]
    in_roll: Person | None
    elsewhere: dict[str, Content] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The number by which table and folder are read."""
        typed = self.rows[0].cells["number"] if self.rows else self.filing.requests[0].number
        return compact_number(typed)

    @property
    def name(self) -> str:
        """The name on record."""
        return self.filing.recorded.name

    def row_of(self, field: str) -> RowDraft:
        """Return the row that asks for *field*."""
        return self.rows[self.filing.fields.index(field)]

    def mark(
        self,
        code: str,
        *,
        row: RowDraft | None = None,
        file: str = "",
        path: str | None = None,
        with_roll: bool | None = None,
    ) -> None:
        """Note down a finding to come, as :class:`Mark` has it."""
        self.marks.append(Mark(code, row, file, path, with_roll))

    def bear_old_name(self) -> None:
        """Name the folder as the record does, whatever is asked for."""
        self.folder = f"{self.number}{self.name}"

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, in its place."""
        self.files = {new if name == old else name: file for name, file in self.files.items()}

    def pages(self, kind: str) -> list[str]:
        """Return the names of the files that show a document."""
        return [name for name, file in self.files.items() if file.kind == kind]

    def members(self) -> Iterator[tuple[str, Content]]:
        """Yield what the student has in the package, by path."""
        for name, file in self.files.items():
            yield f"{self.folder}/{name}", file.content
        yield from self.elsewhere.items()


@dataclass(slots=True)
class PackageDraft:
    """Everything of a package.  *doubled* names a table, by status, and a column of it."""

    policy: Policy
    students: list[StudentDraft]
    loose: dict[str, Content] = field(default_factory=dict)
    swapped: str | None = None
    doubled: tuple[str, str] | None = None
    marks: list[tuple[str, Location]] = field(default_factory=list)


def statuses_in(policy: Policy, students: Iterable[StudentDraft]) -> list[str]:
    """Return the statuses that have rows, in the policy's order."""
    present = {student.filing.status for student in students if student.rows}
    return [status for status in policy.statuses if status in present]
