"""One person as the texts that the drawn documents show."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from correctionkit.samples.people import Person

NOTHING = "无"
_FIELD_NAMES = (
    ("name", "姓名"),
    ("gender", "性别"),
    ("ethnicity", "民族"),
    ("id_number", "公民身份号码"),
)
_PRECINCTS = ("样例", "示例", "测试", "虚构", "仿真", "模拟")
_ROADS = ("样本路", "示例路", "测试街", "虚构街")


Change = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entries:
    """The texts by what they tell, and the changes: name, old and new value of each."""

    texts: dict[str, str]
    changes: tuple[Change, ...]

    def __getitem__(self, what: str) -> str:
        return self.texts[what]


def entries(person: Person, before: Person) -> Entries:
    """Return every text about *person* that a document may show.

    *before* is the person as recorded until the correction.
    """
    born = person.birth_date
    changes = _changes(person, before)
    finished = date(person.enrolment_date.year - 1, 7, 1)
    # The address belongs to the person, so that all their documents agree.
    rng = random.Random(f"address/{person.student_number}")  # noqa: S311 - no secrets
    texts = {
        "name": person.name,
        "gender": person.gender,
        "ethnicity": person.ethnicity,
        "ethnicity_short": person.ethnicity.removesuffix("族"),
        "birth_year": str(born.year),
        "birth_month": str(born.month),
        "birth_day": str(born.day),
        "birth": in_words(born),
        "id_number": person.id_number,
        "address": f"样例省样例市样例区{rng.choice(_ROADS)}{rng.randint(1, 999)}号",
        "card_validity": _validity(person, changes, rng),
        "card_office": f"样例市公安局{rng.choice(_PRECINCTS)}分局",
        "student_number": person.student_number,
        "certificate_number": person.certificate_number or NOTHING,
        "education": person.entry_education,
        "level": person.level,
        "major": person.major,
        "centre": person.centre,
        "branch": person.branch,
        "enrolled": in_words(person.enrolment_date),
        "graduated": in_words(person.graduation_date) if person.graduation_date else NOTHING,
        "changed": in_words(person.change_date),
        "changed_short": f"{person.change_date:%Y.%m.%d}",
        "finished": in_words(finished),
        "finished_number": f"样{finished:%Y}{person.student_number[-5:]}",
        "started_year": str(finished.year - 3),
        "finished_year": str(finished.year),
        "former_name": before.name if before.name != person.name else NOTHING,
        "former_id_number": before.id_number,
    }
    return Entries(texts, changes)


def _changes(person: Person, before: Person) -> tuple[Change, ...]:
    return tuple(
        (label, getattr(before, field), getattr(person, field))
        for field, label in _FIELD_NAMES
        if getattr(before, field) != getattr(person, field)
    )


def in_words(day: date) -> str:
    """Write a day as letters do."""
    return f"{day.year}年{day.month}月{day.day}日"


def _validity(person: Person, changes: tuple[Change, ...], rng: random.Random) -> str:
    """Return from when to when the card is valid; one that shows a change is newer than it."""
    issued = person.change_date + timedelta(days=rng.randint(0, 8))
    if not changes:
        # Days 1 to 28 exist in each month.
        year = person.enrolment_date.year - rng.randint(1, 9)
        issued = date(year, rng.randint(1, 12), rng.randint(1, 28))
    return f"{issued:%Y.%m.%d}-{issued.replace(year=issued.year + 20):%Y.%m.%d}"
