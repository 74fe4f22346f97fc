"""Students named: who they are, and what their requests are about."""

from __future__ import annotations

from correctionkit.packages.checked import CheckedStudent
from correctionkit.render.wording import Wording
from correctionkit.terms import Words

_FOLDER_NAMES = {
    "old": Words("folder under the old name", "文件夹用更正前姓名"),
    "new": Words("folder under the new name", "文件夹用更正后姓名"),
}


def who(student: CheckedStudent) -> tuple[str, str]:
    """Return number and name; the folder stands for a student who has neither."""
    if student.number or student.name:
        return student.number, student.name
    return "", student.folder or ""


def about(student: CheckedStudent, wording: Wording) -> list[str]:
    """Say status, fields, scans and whose name the folder bears, as far as known."""
    if student.status is None and not student.fields:
        return []
    told = [wording.status(student.status)] if student.status else []
    if student.fields:
        told.append(wording.fields(student.fields))
    scans = "1 scan" if student.scans == 1 else f"{student.scans} scans"
    told.append(wording.say(Words(scans, f"{student.scans} 张图片")))
    folder = _FOLDER_NAMES.get(student.folder_name_is or "")
    if folder:
        told.append(wording.say(folder))
    return told
