"""A made-up package: planned as a whole, then written file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from correctionkit.findings import Location
from correctionkit.packages.writer.writing import write_folder, write_zip
from correctionkit.policy.model import Policy
from correctionkit.samples.ahead import made_ahead
from correctionkit.samples.dealing import Crowd, Dealer, NobodyLeft
from correctionkit.samples.drafting import Drafter
from correctionkit.samples.drafts import Content, Mark, PackageDraft, StudentDraft
from correctionkit.samples.drawing import draw_report, encode_jpeg
from correctionkit.samples.faults import leaves_report_out, spoil_package
from correctionkit.samples.filings import Filings
from correctionkit.samples.people import BRANCH, MOST_PEOPLE, Person, make_people
from correctionkit.samples.report_letter import CAUSES, Letter
from correctionkit.samples.roll_table import write_roll
from correctionkit.samples.summary_tables import TableDraft, lay_out, workbook

__all__ = ["MOST_STUDENTS", "NobodyLeft", "Planted", "PlantedFault", "write_sample"]

MOST_STUDENTS = 5_000

# Some people graduated, some find no fitting filing: so many more are made than are needed.
_PEOPLE_EACH, _PEOPLE_MORE = 2, 120

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A finding that was put into a package on purpose, and whom it is about, if anybody.

    *with_roll*: whether only a check against the roll finds it, or only one without; None
    where the roll is no matter.
    """

    code: str
    location: Location
    student: str | None
    name: str | None
    with_roll: bool | None


@dataclass(frozen=True, slots=True)
class Planted:
    """What was written: how much, and every finding that a check will have."""

    students: int
    requests: int
    scans: int
    faults: tuple[PlantedFault, ...]


def write_sample(
    target: Path,
    *,
    students: int,
    seed: int,
    on: date,
    policy: Policy,
    faults: bool = False,
    scans_each: int | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    roll: Path | None = None,
) -> Planted:
    """Write a package of made-up students to *target*, a new folder or a ZIP by its ending.

    The same arguments give the same bytes, but for *jobs*.  By *policy* on the day *on*
    nothing at all is wrong with it, unless *faults* are asked for.  *scans_each* asks for
    that many scans of every student, three or more.  *progress* is told how many files are
    written, of how many.  *roll* is where the students' records go.

    Raises :exc:`NobodyLeft` where the policy takes no ordinary filing of such people, and
    what :func:`~correctionkit.packages.writer.writing.write_folder` and ``write_zip`` raise.
    """
    package = _plan(students, seed, on, policy, faults=faults, scans_each=scans_each)
    _add_report(package, seed, on, faults=faults)
    tables = list(lay_out(package))
    members = _members(package, tables)
    write = write_zip if target.suffix.lower() == ".zip" else write_folder
    with made_ahead(members, jobs, progress) as ahead:
        write(target, ahead)
    if roll:
        write_roll(roll, _in_roll(package), policy)
    return Planted(
        students=len(package.students),
        requests=sum(len(table.rows) for table in tables),
        scans=sum(_is_scan(name) for name, _ in members if "/" in name),
        faults=tuple(sorted(_planted(package, tables), key=_place)),
    )


def _plan(
    students: int, seed: int, on: date, policy: Policy, *, faults: bool, scans_each: int | None
) -> PackageDraft:
    count = min(MOST_PEOPLE, students * _PEOPLE_EACH + _PEOPLE_MORE)
    people = [each for each in make_people(count, seed, on=on) if _is_numbered(each, policy)]
    dealer = Dealer(
        Filings(policy, on, seed),
        Crowd(people),
        Drafter(policy, seed, scans_each),
        lambda filing: scans_each is None or len(filing.kinds) <= scans_each,
    )
    faulty = list(dealer.faulty(students)) if faults else []
    sound = [dealer.sound() for _ in range(students - len(faulty))]
    package = PackageDraft(policy, [*faulty, *sound])
    if faults:
        spoil_package(package, sound)
    return package


def _is_numbered(person: Person, policy: Policy) -> bool:
    """Tell whether the person's number is one of the policy's, of a category that it lists."""
    status = policy.statuses.get(person.status)
    if status is None:
        return False
    key = policy.key_of(status.id)
    number = getattr(person, key.id, "")
    if not key.pattern.is_valid(number):
        return False
    category = key.pattern.parse(number).part("category")
    return not (category and key.categories) or category in key.categories


def _add_report(package: PackageDraft, seed: int, on: date, *, faults: bool) -> None:
    rules = package.policy.package
    if "jpg" not in rules.report_formats or (faults and leaves_report_out(package)):
        return
    usual, *_ = package.policy.vocabulary.reasons
    reasons = [
        request.reason for student in package.students for request in student.filing.requests
    ]
    changes = reasons.count(usual)
    codes = {mark.code for student in package.students for mark in student.marks}
    letter = Letter(
        BRANCH,
        on,
        changes,
        len(reasons) - changes,
        CAUSES[seed % len(CAUSES)] if "request-exceptional" in codes else "",
    )
    name = f"学生基本信息修改{rules.report_words[0]}.jpg"
    package.loose[name] = partial(_report, letter, seed)


def _report(letter: Letter, seed: int) -> bytes:
    return encode_jpeg(draw_report(letter, seed=seed))


def _members(package: PackageDraft, tables: list[TableDraft]) -> list[tuple[str, Content]]:
    """Return every file, in the order in which packages are written."""
    members: list[tuple[str, Content]] = [
        (table.name, partial(workbook, table, package.policy)) for table in tables
    ]
    members += package.loose.items()
    for student in package.students:
        members += student.members()
    return sorted(members, key=lambda member: member[0].removesuffix("/").split("/"))


def _is_scan(name: str) -> bool:
    return name.endswith((".jpg", ".png"))


def _in_roll(package: PackageDraft) -> Iterator[Person]:
    for student in package.students:
        if student.in_roll:
            yield student.in_roll


def _planted(package: PackageDraft, tables: list[TableDraft]) -> Iterator[PlantedFault]:
    for code, location in package.marks:
        yield PlantedFault(code, location, None, None, None)
    places = {
        row: Location(table=table.name, row=table.number_of(row))
        for table in tables
        for row in table.rows
    }
    for table in tables:
        if table.broken:
            number, name = table.broken.cells["number"], table.broken.cells["name"]
            yield PlantedFault("table-order", places[table.broken], number, name, None)
    for student in package.students:
        for mark in student.marks:
            location = places[mark.row] if mark.row else _path(student, mark)
            yield PlantedFault(mark.code, location, student.number, student.name, mark.with_roll)


def _path(student: StudentDraft, mark: Mark) -> Location:
    if mark.path is not None:
        return Location(path=mark.path)
    return Location(path=f"{student.folder}/{mark.file}" if mark.file else student.folder)


def _place(fault: PlantedFault) -> tuple[str, int, str, bool]:
    where = fault.location
    return where.path or where.table or "", where.row or 0, fault.code, bool(fault.with_roll)
