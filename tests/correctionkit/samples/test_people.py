from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.codes import education, ethnicity, gender
from correctionkit.samples.people import MOST_PEOPLE, REFERENCE_DAY, make_people

PEOPLE = make_people(1_000, seed=7)

FIRST_WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]


def check_character(digits: str) -> str:
    """Work the check character out from its definition, ISO 7064 MOD 11-2."""
    remainder = sum(
        int(digit) * weight for digit, weight in zip(digits, FIRST_WEIGHTS, strict=True)
    )
    value = (12 - remainder) % 11
    return "X" if value == 10 else str(value)


def test_same_seed_gives_the_same_people():
    assert make_people(60, seed=3) == make_people(60, seed=3)


def test_the_people_of_a_seed_never_change():
    first = make_people(1, seed=1)[0]

    assert (first.name, first.id_number, first.student_number, first.enrolment_date) == (
        "郑拟一",
        "610113199601099993",
        "2635001450001",
        date(2026, 9, 1),
    )


def test_other_seed_gives_other_people():
    numbers = {person.id_number for person in make_people(60, seed=3)}

    assert not numbers & {person.id_number for person in make_people(60, seed=4)}


def test_longer_list_starts_with_the_shorter_one():
    assert make_people(40, seed=9)[:15] == make_people(15, seed=9)


@pytest.mark.parametrize("what", ["id_number", "student_number", "number", "name"])
def test_a_thousand_people_are_told_apart_by(what):
    most = Counter(getattr(person, what) for person in PEOPLE).most_common(1)

    assert most[0][1] == 1


def test_id_number_is_right_and_agrees_with_the_person():
    for person in PEOPLE:
        number = person.id_number
        assert len(number) == 18
        assert number[17] == check_character(number[:17])
        assert number[6:14] == f"{person.birth_date:%Y%m%d}"
        assert person.gender == ("男" if int(number[16]) % 2 else "女")


def test_id_number_has_an_order_that_no_student_holds():
    assert {person.id_number[14:17] for person in PEOPLE} == {"996", "997", "998", "999"}


def test_student_number_says_intake_and_category():
    for person in PEOPLE:
        number = person.student_number
        assert (len(number), number.isdigit(), number[2:5]) == (13, True, "350")
        assert number[:2] == f"{person.enrolment_date:%y}"
        assert number[5:8] == {"本科": "012", "专科": "014"}[person.level]
        assert (int(number[8:]) > 50_000) == (person.enrolment_date.month == 9)


def test_only_graduates_have_a_certificate():
    for person in PEOPLE:
        if person.status != "graduated":
            assert (person.certificate_number, person.graduation_date) == ("", None)
            assert person.number == person.student_number
            continue
        level = {"本科": "05", "专科": "06"}[person.level]
        assert person.number == person.certificate_number
        assert len(person.certificate_number) == 18
        assert person.certificate_number.startswith(f"511618{person.graduation_date.year}{level}")
        assert person.enrolment_date < person.change_date < person.graduation_date <= REFERENCE_DAY


def test_code_sets_know_what_the_people_are():
    for person in PEOPLE:
        assert gender.find(person.gender) is not None
        assert ethnicity.find(person.ethnicity) is not None
        assert education.find(person.entry_education) is not None


def test_names_are_of_every_sort():
    names = [person.name for person in PEOPLE[:32]]

    assert sum("·" in name for name in names) == 2
    assert sum("䶮" in name for name in names) == 1
    assert sum("𬱖" in name for name in names) == 1
    assert sum(len(name) == 2 for name in names) == 2


def test_every_name_says_that_it_is_made_up():
    assert [person.name for person in PEOPLE if not set("样例拟虚仿测") & set(person.name)] == []


@pytest.mark.parametrize(
    ("on", "intakes"),
    [
        pytest.param(date(2026, 7, 31), {date(2026, 3, 1)}, id="last day of the spring semester"),
        pytest.param(date(2026, 8, 1), set(), id="day after"),
        pytest.param(date(2026, 9, 30), set(), id="autumn intake not settled"),
        pytest.param(date(2026, 10, 1), {date(2026, 9, 1)}, id="autumn intake settled"),
        pytest.param(date(2027, 2, 28), {date(2026, 9, 1)}, id="last day of the autumn semester"),
        pytest.param(date(2027, 3, 1), set(), id="day after that"),
        pytest.param(date(2028, 2, 29), {date(2027, 9, 1)}, id="last day in a leap year"),
    ],
)
def test_new_students_are_in_their_first_semester(on, intakes):
    people = make_people(300, seed=2, on=on)

    assert {person.enrolment_date for person in people if person.status == "new"} == intakes


@settings(deadline=None, max_examples=60)
@given(on=st.dates(date(2005, 1, 1), date(2080, 12, 31)), seed=st.integers())
def test_no_date_lies_ahead_of_the_day(on, seed):
    for person in make_people(20, seed, on=on):
        assert person.birth_date + timedelta(days=18 * 365) < person.enrolment_date
        assert person.enrolment_date < person.change_date < on
        assert person.graduation_date is None or person.graduation_date < on


def test_nobody_is_made_where_none_is_asked_for():
    assert make_people(0, seed=1) == ()


@pytest.mark.parametrize("count", [-1, MOST_PEOPLE + 1])
def test_count_that_serial_numbers_do_not_reach_is_refused(count):
    with pytest.raises(ValueError, match="people can be made"):
        make_people(count, seed=1)
