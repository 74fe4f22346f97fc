"""Made-up students: whole, consistent records that belong to nobody."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from correctionkit.numbers import gb11643
from correctionkit.samples import names

BRANCH = "样例分部"
REFERENCE_DAY = date(2026, 11, 20)

# Districts that every table of area codes knows.
_AREAS = ("110105", "310104", "420106", "510104", "610113")

# Order numbers that the numbering sets aside for centenarians: no living student has one.
_ORDERS = {"男": ("997", "999"), "女": ("996", "998")}

_CENTRES = ("样例学习中心", "示例学习中心", "测试学习中心")
_MAJORS = ("行政管理", "会计学", "法学", "工商管理", "学前教育", "计算机科学与技术")
_ETHNICITIES = ("汉族",) * 12 + ("回族", "满族", "壮族", "苗族", "土家族", "彝族", "蒙古族")
_DOTTED_ETHNICITIES = ("维吾尔族", "哈萨克族", "塔吉克族")

# Level: category of the student number, code in the certificate number, who may enter.
_LEVELS = {
    "本科": ("012", "05", ("专科", "本科")),
    "专科": ("014", "06", ("高中", "中专", "职高", "技校")),
}
_CERTIFICATE_SCHOOL_AND_TYPE = "511618"

# How many terms ago each standing enrolled; study takes five terms.
_TERMS_AGO = {"new": (0, 0), "enrolled": (1, 4), "graduated": (6, 14)}
_STANDINGS = ("new",) + ("enrolled",) * 7 + ("graduated",) * 2

_SPRING, _AUTUMN = 3, 9

# Papers are changed three weeks into the term; before that nobody of an intake appears.
_CHANGED_AFTER = timedelta(days=21)
_SETTLING = timedelta(days=30)

_AUTUMN_SERIALS_FROM = 50_000
MOST_PEOPLE = 49_999


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up student, as every document and the roll should state them.

    *status* is ``new``, ``enrolled`` or ``graduated``.  Until they graduate
    *certificate_number* is empty and *graduation_date* None.
    """

    status: str
    name: str
    gender: str
    ethnicity: str
    birth_date: date
    id_number: str
    student_number: str
    entry_education: str
    level: str
    major: str
    centre: str
    enrolment_date: date
    certificate_number: str = ""
    graduation_date: date | None = None
    branch: str = BRANCH

    @property
    def number(self) -> str:
        """The number that a package knows them by."""
        return self.certificate_number or self.student_number

    @property
    def change_date(self) -> date:
        """The day on which the police changed what was changed: soon after enrolment."""
        return self.enrolment_date + _CHANGED_AFTER


def make_people(count: int, seed: int, *, on: date = REFERENCE_DAY) -> tuple[Person, ...]:
    """Make *count* students as they stand on the day *on*.

    The same arguments give the same people, and a longer list starts with the shorter
    one.  About two in ten have graduated and one in ten is in the first semester; between
    two semesters nobody is.

    Raises :exc:`ValueError` where the serial numbers of an intake do not reach.
    """
    if not 0 <= count <= MOST_PEOPLE:
        raise ValueError(f"from 0 to {MOST_PEOPLE} people can be made, not {count}")
    rng = random.Random(f"people/{seed}")  # noqa: S311 - made-up people, not secrets
    pool = names.name_pool(seed)
    taken: set[str] = set()
    return tuple(_person(index, pool.name_at(index), rng, on, taken) for index in range(count))


def _person(index: int, name: str, rng: random.Random, on: date, taken: set[str]) -> Person:
    gender = rng.choice(("男", "女"))
    status = rng.choice(_STANDINGS)
    if status == "new" and on > _first_semester_ends(_intake(on, 0)):
        status = "enrolled"
    enrolled = _intake(on, rng.randint(*_TERMS_AGO[status]))
    autumn = enrolled.month == _AUTUMN
    level = rng.choice(tuple(_LEVELS))
    category, level_code, entries = _LEVELS[level]
    id_number = _id_number(gender, enrolled.year, rng, taken)
    serial = index + 1
    certificate_number, graduated = "", None
    if status == "graduated":
        graduated = date(enrolled.year + 3, 1, 31) if autumn else date(enrolled.year + 2, 7, 31)
        certificate_number = (
            f"{_CERTIFICATE_SCHOOL_AND_TYPE}{graduated.year}{level_code}{serial:06}"
        )
    return Person(
        status=status,
        name=name,
        gender=gender,
        ethnicity=rng.choice(_DOTTED_ETHNICITIES if names.is_dotted(name) else _ETHNICITIES),
        birth_date=datetime.strptime(id_number[6:14], "%Y%m%d").date(),  # noqa: DTZ007 - a day, no time
        id_number=id_number,
        student_number=(
            f"{enrolled.year % 100:02}350{category}{serial + _AUTUMN_SERIALS_FROM * autumn:05}"
        ),
        entry_education=rng.choice(entries),
        level=level,
        major=rng.choice(_MAJORS),
        centre=rng.choice(_CENTRES),
        enrolment_date=enrolled,
        certificate_number=certificate_number,
        graduation_date=graduated,
    )


def _id_number(gender: str, year: int, rng: random.Random, taken: set[str]) -> str:
    """Draw the number of somebody of 18 to 45 who enrols in *year*, not drawn before."""
    while True:
        born = date(year - 45, 1, 1) + timedelta(days=rng.randrange(26 * 365))
        digits = f"{rng.choice(_AREAS)}{born:%Y%m%d}{rng.choice(_ORDERS[gender])}"
        if digits not in taken:
            taken.add(digits)
            return digits + gb11643.check_character(digits)


def _intake(on: date, terms_ago: int) -> date:
    """Return the first day of the intake *terms_ago* before the latest settled one."""
    on -= _SETTLING
    terms = on.year * 2 + (on.month >= _AUTUMN) - (on.month < _SPRING) - terms_ago
    year, autumn = divmod(terms, 2)
    return date(year, _AUTUMN if autumn else _SPRING, 1)


def _first_semester_ends(enrolled: date) -> date:
    if enrolled.month == _SPRING:
        return date(enrolled.year, 7, 31)
    return date(enrolled.year + 1, 3, 1) - timedelta(days=1)
