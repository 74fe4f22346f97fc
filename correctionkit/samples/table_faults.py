"""Faults of rows: what is typed into the summary tables, and what is asked for at all."""

from __future__ import annotations

from dataclasses import replace

from correctionkit.numbers import gb11643
from correctionkit.samples.drafts import RowDraft, StudentDraft
from correctionkit.samples.fault import Fault, Part, all_hold, just, one_of, studying
from correctionkit.samples.people import Person

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_DOT, _LIKE_A_DOT = "·", "."
# 45 is a region; nothing in it was ever numbered so.
_NO_AREA = "459999"
_NO_CATEGORY = "077"
_CATEGORY = slice(5, 8)
_VALUE = ("ethnicity", "gender")


def _number_as_number(student: StudentDraft) -> None:
    for row in student.rows:
        row.typed["number"] = "number"
        student.mark("cell-not-text", row=row)


def _formula(student: StudentDraft) -> None:
    row = student.rows[0]
    row.typed["new"] = "formula"
    student.mark("cell-formula", row=row)


def _full_width_number(student: StudentDraft) -> None:
    for row in student.rows:
        row.cells["number"] = row.cells["number"].translate(_FULL_WIDTH)
        student.mark("cell-normalised", row=row)


def _dot_of_a_keyboard(student: StudentDraft) -> None:
    row = student.rows[0]
    row.cells["name"] = row.cells["name"].replace(_DOT, _LIKE_A_DOT)
    student.mark("cell-normalised", row=row)


def _space_in_name(student: StudentDraft) -> None:
    row = student.rows[0]
    row.cells["name"] = "　".join(row.cells["name"])
    student.mark("cell-normalised", row=row)


def _lower_case_x(student: StudentDraft) -> None:
    row = student.rows[0]
    row.cells["new"] = row.cells["new"].lower()
    student.mark("cell-normalised", row=row)


def _two_fields_in_a_cell(student: StudentDraft) -> None:
    first, second = student.rows
    for column in ("field", "old", "new"):
        first.cells[column] += f"、{second.cells[column]}"
    student.rows = [first]
    student.bear_old_name()
    student.mark("value-unknown", row=first)


def _unknown_reason(student: StudentDraft) -> None:
    row = student.rows[0]
    row.cells["reason"] = "本人要求"
    student.bear_old_name()
    student.mark("value-unknown", row=row)


def _unknown_value(student: StudentDraft) -> None:
    row = student.rows[0]
    row.cells["new"] = "未填"
    student.mark("value-unknown", row=row)


def _digit_lost(student: StudentDraft) -> None:
    whole = student.number
    for row in student.rows:
        row.cells["number"] = whole[:-1]
        student.mark("number-malformed", row=row)
    student.folder = student.folder.replace(whole, whole[:-1])
    student.mark("record-unknown", row=student.rows[0], with_roll=True)


def _of_odd_category(person: Person) -> Person:
    number = person.student_number
    return replace(person, student_number=number[: _CATEGORY.start] + _NO_CATEGORY + number[8:])


def _category_unknown(student: StudentDraft) -> None:
    for row in student.rows:
        student.mark("number-category-unknown", row=row)


def _wrong_check_character(student: StudentDraft) -> None:
    row = student.row_of("id_number")
    number = row.cells["new"]
    # Not the old value's either: that would be no change.
    right = {number[17], row.cells["old"][-1]}
    row.cells["new"] = number[:17] + next(digit for digit in "123" if digit not in right)
    student.mark("id-invalid", row=row)


def _no_such_month(student: StudentDraft) -> None:
    row = student.row_of("id_number")
    number = row.cells["new"]
    row.cells["new"] = f"{number[:10]}13{number[12:]}"
    student.mark("id-invalid", row=row)


def _of_odd_area(person: Person) -> Person:
    body = _NO_AREA + person.id_number[6:17]
    return replace(person, id_number=body + gb11643.check_character(body))


def _area_unknown(student: StudentDraft) -> None:
    student.mark("id-area-unknown", row=student.row_of("id_number"))


def _gender_swapped(student: StudentDraft) -> None:
    row = student.row_of("gender")
    row.cells["old"], row.cells["new"] = row.cells["new"], row.cells["old"]
    student.mark("id-disagrees", row=student.row_of("id_number"))
    student.mark("record-disagrees", row=row, with_roll=True)


def _digit_in_name(student: StudentDraft) -> None:
    row = student.rows[0]
    row.cells["new"] = row.cells["new"][:-1] + "1"
    student.bear_old_name()
    student.mark("name-invalid", row=row)


def _unchanged(student: StudentDraft) -> None:
    row = student.rows[0]
    row.cells["new"] = row.cells["old"].removesuffix("族")
    student.mark("request-unchanged", row=row)


def _twice(student: StudentDraft) -> None:
    first = student.rows[0]
    others = {"满族", "壮族", "苗族"} - {first.cells["old"], first.cells["new"]}
    again = RowDraft({**first.cells, "new": min(others)})
    student.rows.append(again)
    student.mark("request-repeated", row=again)


def _exceptional(student: StudentDraft) -> None:
    for row in student.rows:
        student.mark("request-exceptional", row=row)


def _not_accepted(student: StudentDraft) -> None:
    for row in student.rows:
        student.mark("request-not-accepted", row=row)


def _late(student: StudentDraft) -> None:
    for row in student.rows:
        student.mark("request-late", row=row, with_roll=False)
        student.mark("request-exceptional", row=row, with_roll=True)


def _double(student: StudentDraft) -> None:
    student.mark("request-double", row=student.rows[-1])


_ENDS_IN_X = all_hold(studying, lambda person: person.id_number.endswith("X"))
_DOTTED = all_hold(studying, lambda person: _DOT in person.name)
_NOT_DOTTED = all_hold(studying, lambda person: _DOT not in person.name)
_PAPER = Part.PAPER

FAULTS = (
    Fault("number-as-number", _PAPER, _number_as_number),
    Fault(
        "entry-error-of-enrolled",
        _PAPER,
        _exceptional,
        befalls=lambda person: person.status == "enrolled",
        codes=frozenset({"request-exceptional"}),
    ),
    Fault("wrong-check-character", _PAPER, _wrong_check_character, asks=just("id_number")),
    Fault("digit-lost", _PAPER, _digit_lost),
    Fault("full-width-number", _PAPER, _full_width_number),
    Fault("unchanged", _PAPER, _unchanged, asks=just("ethnicity")),
    Fault("formula", _PAPER, _formula, asks=one_of("ethnicity", "gender")),
    Fault(
        "graduate",
        _PAPER,
        _exceptional,
        befalls=lambda person: person.status == "graduated",
        codes=frozenset({"request-exceptional"}),
    ),
    Fault("gender-the-wrong-way-round", _PAPER, _gender_swapped, asks=just("gender", "id_number")),
    Fault("digit-in-name", _PAPER, _digit_in_name, befalls=_NOT_DOTTED, asks=just("name")),
    Fault(
        "double",
        _PAPER,
        _double,
        asks=just("name", "id_number"),
        codes=frozenset({"request-double"}),
    ),
    Fault("unknown-value", _PAPER, _unknown_value, asks=just("ethnicity")),
    Fault(
        "filed-as-new",
        _PAPER,
        _late,
        befalls=lambda person: person.status == "enrolled",
        codes=frozenset({"request-late"}),
        status="new",
    ),
    Fault(
        "not-accepted",
        _PAPER,
        _not_accepted,
        befalls=lambda person: True,
        codes=frozenset({"request-not-accepted"}),
        alone=True,
    ),
    Fault("twice", _PAPER, _twice, asks=just("ethnicity")),
    Fault(
        "area-unknown",
        _PAPER,
        _area_unknown,
        alters=_of_odd_area,
        asks=just("id_number"),
        codes=frozenset({"id-area-unknown"}),
    ),
    Fault("category-unknown", _PAPER, _category_unknown, alters=_of_odd_category),
    Fault("no-such-month", _PAPER, _no_such_month, asks=just("id_number")),
    Fault("lower-case-x", _PAPER, _lower_case_x, befalls=_ENDS_IN_X, asks=just("id_number")),
    Fault(
        "two-fields-in-a-cell",
        _PAPER,
        _two_fields_in_a_cell,
        asks=just("name", "id_number"),
        alone=True,
    ),
    Fault("dot-of-a-keyboard", _PAPER, _dot_of_a_keyboard, befalls=_DOTTED),
    Fault("space-in-name", _PAPER, _space_in_name, befalls=_NOT_DOTTED),
    Fault("unknown-reason", _PAPER, _unknown_reason, alone=True),
)
"""In the order in which a growing package gets them."""
