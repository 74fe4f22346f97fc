"""What the roll wrongly or formerly says of somebody, field by field."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from correctionkit.samples.people import Person

_NAME_CHARACTERS = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
_ETHNICITIES = ("汉族", "回族", "满族", "壮族")
_EDUCATIONS = ("高中", "中专", "专科", "本科")


def as_recorded(person: Person, field: str, seed: int) -> Person:
    """Return *person* as the roll has them: only *field* differs, plausibly.

    Raises :exc:`KeyError` for a field that nobody corrects.
    """
    rng = random.Random(f"former/{seed}/{person.student_number}/{field}")  # noqa: S311 - no secrets
    return _FORMER[field](person, rng)


def fifteen_digits(id_number: str) -> str:
    """Return the number as it was before 1999: no century, no check character."""
    return id_number[:6] + id_number[8:17]


def _name(person: Person, rng: random.Random) -> Person:
    last = rng.choice(_NAME_CHARACTERS.replace(person.name[-1], ""))
    return replace(person, name=person.name[:-1] + last)


def _gender(person: Person, _rng: random.Random) -> Person:
    return replace(person, gender="女" if person.gender == "男" else "男")


def _ethnicity(person: Person, rng: random.Random) -> Person:
    others = [ethnicity for ethnicity in _ETHNICITIES if ethnicity != person.ethnicity]
    return replace(person, ethnicity=rng.choice(others))


def _id_number(person: Person, rng: random.Random) -> Person:
    number = person.id_number
    wrong_order = number[:15] + str((int(number[15]) + 5) % 10) + number[16:]
    wrong_check = number[:17] + rng.choice("0123456789X".replace(number[17], ""))
    formers = [wrong_order, wrong_check]
    if number[6:8] == "19":
        formers.append(fifteen_digits(number))
    return replace(person, id_number=rng.choice(formers))


def _entry_education(person: Person, rng: random.Random) -> Person:
    others = [education for education in _EDUCATIONS if education != person.entry_education]
    return replace(person, entry_education=rng.choice(others))


def _birth_date(person: Person, rng: random.Random) -> Person:
    # Day 1 to 28 exists in every month.
    days = [day for day in range(1, 29) if day != person.birth_date.day]
    return replace(person, birth_date=person.birth_date.replace(day=rng.choice(days)))


_FORMER: dict[str, Callable[[Person, random.Random], Person]] = {
    "name": _name,
    "gender": _gender,
    "ethnicity": _ethnicity,
    "id_number": _id_number,
    "entry_education": _entry_education,
    "birth_date": _birth_date,
}
FIELDS = tuple(_FORMER)
