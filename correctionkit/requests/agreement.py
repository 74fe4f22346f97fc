"""Agreement of an identity number with gender and birth date, as the student would stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from correctionkit.catalog import value_codes
from correctionkit.findings import Finding
from correctionkit.numbers import identity
from correctionkit.numbers.faults import NumberFault
from correctionkit.policy.model import Policy
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.requests.values import read_value
from correctionkit.terms import ValueType

_SAID = {"1": "male", "2": "female"}


def check_agreement(
    requests: Sequence[CorrectionRequest], policy: Policy, on: date, record: StudentRecord | None
) -> Iterator[Finding]:
    """Yield where the identity number contradicts gender or birth date after all requests.

    Values are those of the requests, else the roll's.  A corrected number carries its birth
    date along, so the roll's birth date is not held against it.
    """
    asked = {policy.vocabulary.fields[each.field].value: each for each in reversed(requests)}
    stands = _as_it_would_stand(asked, policy, record)
    number = stands.get(ValueType.ID_NUMBER)
    if number is None or not asked.keys() & {
        ValueType.ID_NUMBER,
        ValueType.GENDER,
        ValueType.DATE,
    }:
        return
    try:
        said = identity.parse(number, on)
    except NumberFault:
        return
    gender, birth = stands.get(ValueType.GENDER), stands.get(ValueType.DATE)
    if gender in _SAID and said.gender in _SAID and gender != said.gender:
        request = asked.get(ValueType.ID_NUMBER) or asked.get(ValueType.GENDER)
        yield from _finding(request, "gender", _SAID[said.gender], _SAID[gender])
    derived = ValueType.ID_NUMBER in asked and ValueType.DATE not in asked
    if birth and said.birth_date and not derived and birth != said.birth_date.isoformat():
        request = asked.get(ValueType.ID_NUMBER) or asked.get(ValueType.DATE)
        shown = differing_parts(said.birth_date.isoformat(), birth)
        yield from _finding(request, "birth_date", *shown)


def _as_it_would_stand(
    asked: Mapping[ValueType, CorrectionRequest], policy: Policy, record: StudentRecord | None
) -> dict[ValueType, str]:
    stands = {}
    for field in policy.vocabulary.fields.values():
        request = asked.get(field.value)
        text = request.new if request else (record.values.get(field.id, "") if record else "")
        key = read_value(field.value, text).key if text else None
        if key:
            stands[field.value] = key
    return stands


def _finding(
    request: CorrectionRequest | None, field: str, said: str, stands: str
) -> Iterator[Finding]:
    if request:
        yield value_codes.ID_DISAGREES.at(
            request.location,
            student=request.number,
            field=request.field,
            aspect=field,
            said=said,
            stands=stands,
        )


def differing_parts(one: str, other: str) -> tuple[str, str]:
    """Show of two dates only the parts that differ: a birth date is private."""
    pairs = list(zip(one.split("-"), other.split("-"), strict=True))
    return (
        "-".join(a if a != b else "*" * len(a) for a, b in pairs),
        "-".join(b if a != b else "*" * len(b) for a, b in pairs),
    )
