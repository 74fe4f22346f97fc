"""A record as a whole: its identity number by the kind of document, and what must agree with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from correctionkit.catalog import value_codes
from correctionkit.codes import areas, gender
from correctionkit.findings import Finding, Location
from correctionkit.masking import mask_number
from correctionkit.numbers import foreign_permit, identity
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.identity_number import IdentityKind, IdentityNumber
from correctionkit.policy.model import Policy
from correctionkit.requests.agreement import differing_parts

JUDGED_TOGETHER = frozenset({"id_number", "document_kind", "gender", "birth_date"})
"""The columns that :func:`check_identity_of` compares."""

_RESIDENT, _PERMANENT_RESIDENCE = "1", "9"
_OF_HONG_KONG_MACAU_TAIWAN = frozenset("678")
_SAID = {"1": "male", "2": "female"}

Where = Callable[[str | None], Location]


def check_identity_of(values: Mapping[str, str], on: date, where: Where) -> Iterator[Finding]:
    """Yield what is wrong with a record's identity number, and what contradicts it.

    Numbers of 15 digits stand in old records and are right there.  Of passports and papers
    of other places nothing is known that could be judged.
    """
    number = values.get("id_number", "")
    if not number:
        return
    try:
        said = _parse(number, values.get("document_kind", ""), on)
    except NumberFault as fault:
        yield value_codes.ID_INVALID.at(
            where("id_number"),
            student=student_of(values),
            field="id_number",
            value=mask_number(number),
            fault=fault.fault,
            **fault.params,
        )
        return
    if said is None:
        return
    if said.area and not areas.is_known(said.area):
        yield value_codes.ID_AREA_UNKNOWN.at(
            where("id_number"),
            student=student_of(values),
            field="id_number",
            area=said.area,
            edition=areas.EDITION,
        )
    yield from _contradictions(said, values, where)


def check_complete(values: Mapping[str, str], policy: Policy, where: Where) -> Iterator[Finding]:
    """Yield what a record lacks: a name, a status, the number that is its status's own."""
    status = policy.statuses.get(values.get("status", ""))
    needed = ["name", "status"]
    if status:
        needed.append(status.number)
    elif not any(values.get(each) for each in policy.numbers):
        needed.extend(list(policy.numbers)[:1])
    for column in needed:
        if not values.get(column):
            at = where(column)
            yield value_codes.VALUE_UNKNOWN.at(
                at,
                student=student_of(values),
                field=column if column in policy.vocabulary.fields else None,
                column=at.column or column,
                value="",
                fault="missing",
            )


def student_of(values: Mapping[str, str]) -> str | None:
    """Return the number that a finding names the student by."""
    return values.get("student_number") or values.get("certificate_number") or None


def _parse(number: str, kind: str, on: date) -> IdentityNumber | None:
    if kind in ("", _RESIDENT):
        return identity.check_identity(number, on, allow_15=True)
    if kind == _PERMANENT_RESIDENCE:
        return foreign_permit.parse(number, on)
    if (
        kind in _OF_HONG_KONG_MACAU_TAIWAN
        and identity.kind_of(number) is IdentityKind.RESIDENCE_PERMIT
    ):
        return identity.parse(number, on)
    return None


def _contradictions(
    said: IdentityNumber, values: Mapping[str, str], where: Where
) -> Iterator[Finding]:
    row = gender.find(values.get("gender", "")) if values.get("gender") else None
    if row and row.code in _SAID and said.gender in _SAID and row.code != said.gender:
        yield _finding(values, where, "gender", _SAID[said.gender], _SAID[row.code])
    birth = values.get("birth_date", "")
    if birth and said.birth_date and birth != said.birth_date.isoformat():
        shown = differing_parts(said.birth_date.isoformat(), birth)
        yield _finding(values, where, "birth_date", *shown)


def _finding(
    values: Mapping[str, str], where: Where, aspect: str, said: str, stands: str
) -> Finding:
    return value_codes.ID_DISAGREES.at(
        where("id_number"),
        student=student_of(values),
        field="id_number",
        aspect=aspect,
        said=said,
        stands=stands,
    )
