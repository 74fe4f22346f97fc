from __future__ import annotations

from dataclasses import fields

import pytest

from correctionkit.samples import font
from correctionkit.samples.former import FIELDS, as_recorded, fifteen_digits
from correctionkit.samples.people import make_people

PEOPLE = make_people(200, seed=7)


@pytest.mark.parametrize("field", FIELDS)
def test_only_the_field_differs(field):
    for person in PEOPLE:
        recorded = as_recorded(person, field, seed=1)
        differing = [
            f.name for f in fields(person) if getattr(person, f.name) != getattr(recorded, f.name)
        ]
        assert differing == [field]


@pytest.mark.parametrize("field", FIELDS)
def test_same_seed_gives_the_same_former_value(field):
    first = [as_recorded(person, field, seed=1) for person in PEOPLE]

    assert [as_recorded(person, field, seed=1) for person in PEOPLE] == first


def test_former_numbers_are_of_every_sort():
    lengths = {len(as_recorded(person, "id_number", seed=1).id_number) for person in PEOPLE}

    assert lengths == {15, 18}


def test_fifteen_digits_lose_century_and_check_character():
    assert fifteen_digits("610104196209276908") == "610104620927690"


def test_former_names_can_be_drawn():
    recorded = "".join(as_recorded(person, "name", seed=1).name for person in PEOPLE)

    assert set(recorded) <= font.characters()


def test_field_that_nobody_corrects_is_refused():
    with pytest.raises(KeyError):
        as_recorded(PEOPLE[0], "centre", seed=1)
