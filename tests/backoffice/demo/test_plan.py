"""The demo's fixtures: what they name exists, and every way that a case can end is in them."""

import pytest

from backoffice.corrections.models import DecisionReason
from backoffice.demo.hands import VERDICTS
from backoffice.demo.plan import read_plan
from backoffice.units.roles import Role
from correctionkit.samples.font import require

PLAN = read_plan()
CASES = [each for sheet in PLAN.sheets for each in sheet.cases]
ENDS = {"submitted", "sent-back", "withdrawn", "filed", "taken", "recalled", *VERDICTS}
DAYS_NEEDED = {"reversal": 3, "reconciled": 3, "applied": 2, "conflict": 2, "resubmitted": 2}


def test_there_are_headquarters_three_branches_and_eight_centres():
    levels = [unit.level for unit in PLAN.units]

    assert [levels.count(each) for each in ("headquarters", "branch", "centre")] == [1, 3, 8]
    assert len({unit.code for unit in PLAN.units}) == 12


def test_every_role_has_a_sign_in():
    assert {account.role for account in PLAN.accounts} == set(Role)


def test_units_are_named_in_characters_that_scans_can_show():
    require("".join(unit.name for unit in PLAN.units))


def test_everything_that_is_named_exists():
    codes = {unit.code for unit in PLAN.units}
    usernames = {account.username for account in PLAN.accounts}
    filed = [*CASES, *PLAN.drafts]

    assert {unit.above for unit in PLAN.units} - {""} <= codes
    assert {account.unit for account in PLAN.accounts} <= codes
    assert {code for account in PLAN.accounts for code in account.assigned} <= codes
    assert {each.unit for each in filed} | {sheet.unit for sheet in PLAN.sheets} <= codes
    assert {each.by for each in filed} <= usernames
    assert {each.cause for each in filed} | {each.opinion for each in CASES} <= {"", *PLAN.words}


def test_cases_end_in_every_way():
    assert {each.ends for each in CASES} == ENDS
    assert {sheet.reaches for sheet in PLAN.sheets} == {
        "open", "closed", "first-signed", "signed", "filed",
    }  # fmt: skip
    assert {draft.lacks for draft in PLAN.drafts} == {
        "nothing", "evidence", "document", "resolution", "value",
    }  # fmt: skip


def test_no_event_is_planned_for_a_day_to_come():
    late = [
        (sheet.unit, sheet.days_ago, each.ends)
        for sheet in PLAN.sheets
        for each in sheet.cases
        if sheet.days_ago < DAYS_NEEDED.get(each.ends, 0)
        or (sheet.reaches == "filed" and sheet.days_ago < 1)
    ]

    assert late == []


@pytest.mark.django_db
def test_verdicts_against_a_request_have_a_reason_that_is_loaded(django_db_setup):
    from django.core.management import call_command

    call_command("load_office", verbosity=0)
    verdicts = {
        "returned": "return",
        "resubmitted": "return",
        "rejected": "reject",
        "sent-back": "send-back",
    }
    reasons = {reason.code: reason for reason in DecisionReason.objects.all()}

    for each in CASES:
        needed = [verdicts[end] for end in (each.ends, *each.also.values()) if end in verdicts]
        assert [reasons[each.reason].verdict for _ in needed] == needed
        if needed and reasons[each.reason].opinion_needed:
            assert each.opinion
