"""Doubtful values of a roll that come in as they stand."""

from datetime import date

import pytest

from correctionkit.catalog import table_codes, value_codes
from correctionkit.findings import Location
from correctionkit.packages.rolls.standing import as_they_stand
from correctionkit.terms import Severity

HERE = Location(table="roll.xlsx", row=2, column="证件号码")


def finding(type_=value_codes.ID_INVALID, **params):
    return type_.at(HERE, student="2535001200001", field="id_number", **params)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (finding(value="1", fault="check", expected="2"), "roll-id-doubtful"),
        (finding(value="1", fault="date"), "roll-id-doubtful"),
        (finding(value_codes.ID_DISAGREES, aspect="gender"), "roll-id-disagrees"),
        (
            finding(value_codes.NAME_INVALID, value="张?", fault="name-placeholder"),
            "roll-name-doubtful",
        ),
        (finding(value="1", fault="length", expected="18", actual=17), "id-invalid"),
        (finding(value="1", fault="characters", characters=["O"]), "id-invalid"),
        (finding(value_codes.NAME_INVALID, value="张", fault="name-control"), "name-invalid"),
        (finding(table_codes.CELL_FORMULA, column="证件号码"), "cell-formula"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_roll_may_hold_is_a_doubt_and_what_was_damaged_a_fault(found, code):
    (told,) = as_they_stand([found])
    assert told.code == code
    assert (told.location, told.student, told.field, told.params) == (
        found.location,
        found.student,
        found.field,
        found.params,
    )
    assert (told.severity is Severity.WARNING) == code.startswith("roll-")


def test_nothing_else_is_touched():
    kept = [
        value_codes.ID_AREA_UNKNOWN.at(HERE, area="990000", edition=date(2025, 1, 1).isoformat())
    ]
    assert as_they_stand(kept) == kept
