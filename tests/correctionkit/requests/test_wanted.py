from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from correctionkit.findings import NOWHERE, Location
from correctionkit.policy.calendar import InForce
from correctionkit.policy.limits import Scope
from correctionkit.policy.shelf import find_policy
from correctionkit.requests.wanted import Wanted, are_needs_known, check_wanted, missing, wanted
from correctionkit.terms import Words

POLICY = find_policy("ouc-2016")
ON = date(2026, 11, 20)
NAME_PROOFS = ("household_register", "police_change_certificate")
NUMBER_PROOFS = (
    "id_number_correction_notice",
    "id_number_change_certificate",
    "police_change_certificate",
)


def clause(own: str) -> Words:
    return POLICY.clauses[own].words


def test_one_request_wants_its_documents_and_then_its_choice(make_request) -> None:
    assert wanted([make_request()], POLICY, ON) == (
        Wanted(("id_card",), clause("evidence-name"), ("name",)),
        Wanted(NAME_PROOFS, clause("evidence-name"), ("name",)),
    )


def test_several_requests_want_the_union_once_each(make_request) -> None:
    requests = [
        make_request(field="gender"),
        make_request(),
        make_request(field="id_number", reason="entry_error"),
        make_request(field="ethnicity"),
        make_request(field="id_number"),
    ]

    assert wanted(requests, POLICY, ON) == (
        Wanted(
            ("id_card",),
            clause("evidence-gender-ethnicity"),
            ("gender", "name", "id_number", "ethnicity"),
        ),
        Wanted(("enrolment_form",), clause("evidence-entry-error"), ("id_number",)),
        Wanted(NAME_PROOFS, clause("evidence-name"), ("name",)),
        Wanted(NUMBER_PROOFS, clause("evidence-id-number"), ("id_number",)),
    )


def test_a_choice_that_two_requests_share_is_wanted_once(make_request) -> None:
    policy = find_policy("ouc-2021")
    requests = [make_request(field="id_number"), make_request(field="birth_date")]

    assert wanted(requests, policy, ON)[1:] == (
        Wanted(
            NUMBER_PROOFS,
            policy.clauses["evidence-id-number"].words,
            ("id_number", "birth_date"),
        ),
    )


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("本科", [("register_lookup", "degree_authentication")]),
        ("高中", [("diploma",)]),
        ("", []),
        ("高小二", []),
    ],
)
def test_the_new_education_tells_what_is_wanted(make_request, new, expected) -> None:
    requests = [make_request(field="entry_education", old="初中", new=new)]

    assert [each.kinds for each in wanted(requests, POLICY, ON)] == expected
    assert are_needs_known(requests, POLICY, ON) is bool(expected)


def test_what_is_not_taken_wants_nothing(make_request) -> None:
    requests = [make_request(field="birth_date")]

    assert wanted(requests, POLICY, ON) == ()
    assert are_needs_known(requests, POLICY, ON) is False
    assert wanted([], POLICY, ON) == ()


def test_the_record_tells_what_is_not_taken(make_request, make_record) -> None:
    requests = [make_request(status="graduated", change_date=date(2026, 1, 11))]
    kinds = [
        [each.kinds for each in wanted(requests, POLICY, ON, make_record(graduated_on=day))]
        for day in (date(2026, 1, 11), date(2026, 1, 10))
    ]

    assert kinds == [[("id_card",), ("graduate_form",), NAME_PROOFS], []]


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (set(), [("id_card",), NAME_PROOFS]),
        ({"id_card"}, [NAME_PROOFS]),
        ({"police_change_certificate"}, [("id_card",)]),
        ({"id_card", "household_register"}, []),
        ({"diploma"}, [("id_card",), NAME_PROOFS]),
    ],
)
def test_any_kind_of_a_choice_serves(make_request, present, expected) -> None:
    asked = wanted([make_request()], POLICY, ON)

    assert [each.kinds for each in missing(asked, present)] == expected


def test_what_is_missing_is_a_finding_at_the_place_that_is_named(make_request) -> None:
    requests = [make_request(), make_request(field="gender")]
    place = Location(path="1335001209114张三")

    (finding,) = check_wanted(requests, {"household_register"}, POLICY, ON, location=place)

    assert (finding.code, finding.location, finding.student, finding.field, finding.clause) == (
        "evidence-missing",
        place,
        "1335001209114",
        "name",
        clause("evidence-name"),
    )
    assert dict(finding.params) == {"kinds": ["id_card"], "fields": ["name", "gender"]}


def test_without_a_place_a_finding_stands_nowhere(make_request) -> None:
    found = list(check_wanted([make_request()], set(), POLICY, ON))

    assert [(each.location, each.params["kinds"]) for each in found] == [
        (NOWHERE, ["id_card"]),
        (NOWHERE, list(NAME_PROOFS)),
    ]


def test_an_overlay_adds_to_what_is_wanted(make_request) -> None:
    policy = find_policy("ouc-2016", ["form-for-change-2024"])

    assert [each.kinds for each in wanted([make_request()], policy, ON)] == [
        ("id_card",),
        ("enrolment_form",),
        NAME_PROOFS,
    ]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 19), [("id_card",), NAME_PROOFS]),
        (ON, [("id_card",), ("graduate_form",), NAME_PROOFS]),
    ],
)
def test_a_row_asks_from_its_first_day_on(make_request, on, expected) -> None:
    adding = next(rule for rule in POLICY.evidence if rule.adds)
    dated = replace(adding, scope=Scope(), in_force=InForce(since=ON))
    policy = replace(POLICY, evidence=(*POLICY.evidence, dated))

    assert [each.kinds for each in wanted([make_request()], policy, on)] == expected


def test_needs_are_known_until_the_last_day_on_which_a_request_is_accepted(make_request) -> None:
    until = InForce(until=ON)
    acceptances = tuple(replace(each, in_force=until) for each in POLICY.acceptances)
    policy = replace(POLICY, acceptances=acceptances)

    assert are_needs_known([make_request()], policy, ON) is True
    assert are_needs_known([make_request()], policy, date(2026, 11, 21)) is False
