"""Faults of students' folders: their names, what they hold, whether they are there at all."""

from __future__ import annotations

from correctionkit.samples.drafts import FileDraft, StudentDraft, nothing
from correctionkit.samples.fault import Fault, Part, just, missing_kinds, one_of

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_INNER = "扫描件"
_STRANGER = "甲乙"


def _plus_sign(student: StudentDraft) -> None:
    number, name = _parts(student)
    student.folder = f"{number}+{name}"
    student.mark("folder-name")


def _name_first(student: StudentDraft) -> None:
    number, name = _parts(student)
    student.folder = f"{name}{number}"
    student.mark("folder-name")


def _full_width(student: StudentDraft) -> None:
    number, name = _parts(student)
    student.folder = f"{number.translate(_FULL_WIDTH)}{name}"
    student.mark("folder-normalised")


def _space(student: StudentDraft) -> None:
    number, name = _parts(student)
    student.folder = f"{number} {name}"
    student.mark("folder-normalised")


def _other_name(student: StudentDraft) -> None:
    number, name = _parts(student)
    last = _STRANGER[name[-1] == _STRANGER[0]]
    student.folder = f"{number}{name[:-1]}{last}"
    student.mark("folder-mismatch")


def _no_folder(student: StudentDraft) -> None:
    student.files = {}
    student.mark("folder-missing", row=student.rows[0])


def _no_row(student: StudentDraft) -> None:
    student.rows = []
    student.mark("folder-unknown")


def _empty(student: StudentDraft) -> None:
    student.files = {"": FileDraft(None, nothing)}
    student.mark("folder-empty")
    for _ in range(missing_kinds(student.filing, frozenset())):
        student.mark("evidence-missing")


def _nested(student: StudentDraft) -> None:
    inside = {f"{_INNER}/{name}": file for name, file in student.files.items()}
    student.files = {f"{_INNER}/": FileDraft(None, nothing), **inside}
    student.mark("folder-nested", file=_INNER)


def _two_folders(student: StudentDraft) -> None:
    """Leave the last file under the old name and put the others under the new one."""
    request = student.filing.requests[0]
    folders = sorted(f"{student.number}{name}" for name in (request.old, request.new))
    student.folder = folders[0]
    last = list(student.files)[-1]
    student.elsewhere[f"{folders[1]}/{last}"] = student.files.pop(last).content
    student.mark("folder-repeated", path=folders[1])


def _parts(student: StudentDraft) -> tuple[str, str]:
    number = student.number
    return number, student.folder.removeprefix(number)


FAULTS = (
    Fault("plus-sign", Part.PAPER, _plus_sign),
    Fault("no-folder", Part.PAPER, _no_folder, alone=True),
    Fault("other-name", Part.PAPER, _other_name, asks=one_of("gender", "id_number")),
    Fault("full-width-folder", Part.PAPER, _full_width),
    Fault("no-row", Part.PAPER, _no_row, alone=True),
    Fault("nested-folder", Part.PAPER, _nested),
    Fault("empty-folder", Part.PAPER, _empty, asks=one_of("ethnicity", "gender"), alone=True),
    Fault("two-folders", Part.PAPER, _two_folders, asks=just("name"), alone=True),
    Fault("space-in-folder", Part.PAPER, _space),
    Fault("name-first", Part.PAPER, _name_first),
)
"""In the order in which a growing package gets them."""
