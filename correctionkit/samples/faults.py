"""The faults of a made-up package: those of its students, and those of the package itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from correctionkit.findings import NOWHERE, Location
from correctionkit.packages.summaries.summary_writing import table_name
from correctionkit.samples import folder_faults, scan_faults, table_faults
from correctionkit.samples.drafts import PackageDraft, StudentDraft, statuses_in
from correctionkit.samples.fault import Fault, one_of
from correctionkit.samples.summary_tables import HEADING_ROW

FAULTS: tuple[Fault, ...] = tuple(
    fault
    for turn in zip_longest(table_faults.FAULTS, folder_faults.FAULTS, scan_faults.FAULTS)
    for fault in turn
    if fault
)
"""Every fault of a student, in the order in which a growing package gets them."""

# From so many students on the package itself has these faults.
_HIDDEN_FROM, _SWAPPED_FROM, _DOUBLED_FROM, _UNREPORTED_FROM = 6, 8, 20, 20
_FOUND_ALREADY = one_of("ethnicity", "entry_education")
_ROLL_FROM = 6


def spoil_package(package: PackageDraft, sound: Sequence[StudentDraft]) -> None:
    """Add what is wrong with the package itself; the more students, the more of it."""
    policy, count = package.policy, len(package.students)
    statuses = statuses_in(policy, package.students)
    by_size = sorted(statuses, key=lambda status: _students(package, status))
    names = {status: table_name(policy.statuses[status]) for status in statuses}
    _leave_behind(package, f"~${names[by_size[-1]]}")
    if count >= _HIDDEN_FROM and sound:
        hidden = sound[len(sound) // 2]
        hidden.rows[0].hidden = True
        where = Location(table=names[hidden.filing.status])
        package.marks.append(("table-hidden", where))
    if count >= _SWAPPED_FROM and _students(package, by_size[-1]) > 1:
        package.swapped = by_size[-1]
    if count >= _DOUBLED_FROM:
        package.doubled = (by_size[0], "name")
        where = Location(table=names[by_size[0]], row=HEADING_ROW)
        package.marks.append(("table-columns", where))
    if count >= _ROLL_FROM:
        _disagree_with_roll(sound)


def leaves_report_out(package: PackageDraft) -> bool:
    """Tell whether the report is forgotten that exceptional cases need; mark it if so."""
    exceptional = any(
        mark.code == "request-exceptional" and mark.with_roll is None
        for student in package.students
        for mark in student.marks
    )
    if not exceptional or len(package.students) < _UNREPORTED_FROM:
        return False
    package.marks.append(("report-missing", NOWHERE))
    return True


def _leave_behind(package: PackageDraft, lock: str) -> None:
    """Put in what systems and people forget: previews, the lock of an open workbook, a list."""
    for name in ("Thumbs.db", lock):
        package.loose[name] = "sample".encode
        package.marks.append(("junk-file", Location(path=name)))
    package.loose["联系方式.txt"] = "样本\r\n".encode
    package.marks.append(("file-unexpected", Location(path="联系方式.txt")))


def _disagree_with_roll(sound: Sequence[StudentDraft]) -> None:
    """Let the roll not know one student, and hold another's new value already."""
    unknown = sound[0]
    unknown.in_roll = None
    unknown.mark("record-unknown", row=unknown.rows[0], with_roll=True)
    for student in sound[1:]:
        if student.filing.fields in _FOUND_ALREADY:
            field = student.filing.fields[0]
            new = getattr(student.filing.person, field)
            student.in_roll = replace(student.filing.recorded, **{field: new})
            student.mark("record-disagrees", row=student.rows[0], with_roll=True)
            return


def _students(package: PackageDraft, status: str) -> int:
    return sum(bool(each.rows) and each.filing.status == status for each in package.students)
