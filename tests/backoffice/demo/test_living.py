"""From plan to week: who acts for which unit, and when what happens."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from backoffice.demo.clock import Calendar
from backoffice.demo.living import _mistyped, _people
from backoffice.demo.plan import CasePlan, SheetPlan, read_plan
from backoffice.demo.week import Week, plan_sheet
from correctionkit.requests.model import CorrectionRequest
from correctionkit.samples.filings import StudentFiling

NOW = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
PLAN = read_plan()


@pytest.fixture
def people():
    paths = {}
    for unit in PLAN.units:
        paths[unit.code] = f"{paths.get(unit.above, '')}{unit.code}/"
    units = {code: SimpleNamespace(path=path) for code, path in paths.items()}
    return _people(PLAN, units, {row.username: row.username for row in PLAN.accounts})


@pytest.mark.parametrize(
    ("role", "unit", "username"),
    [
        ("clerk", "901", "clerk"),
        ("clerk", "90101", "centre-clerk"),
        ("clerk", "90103", "clerk"),
        ("head", "90203", "head-902"),
        ("reviewer", "90101", "reviewer"),
        ("reviewer", "90301", "reviewer-2"),
        ("registrar", "90301", "registrar"),
    ],
)
def test_the_nearest_of_a_role_acts(people, role, unit, username):
    assert people(role, unit) == username


class Told:
    """Something that notes down what is done to it."""

    def __init__(self, told, **fields):
        self.told = told
        self.__dict__.update(fields)

    def __getattr__(self, act):
        return lambda *by: self.told.append(act)


def lived(ends, reaches="filed", days_ago=5, **changes):
    """Return what is done to one case, in order."""
    told = []
    case = CasePlan("90101", "centre-clerk", ends, **changes)
    week = Week(Calendar(NOW))
    plan = SheetPlan("901", days_ago, reaches, (case,))
    story = Told(told, plan=case)
    plan_sheet(week, plan, [story], lambda role, unit: role, lambda story: "a page")
    # What is done to the sheet needs one.
    week._events = [event for event in week._events if event[1].func.__name__ == "<lambda>"]
    week.live()
    return told


@pytest.mark.parametrize(
    ("ends", "acts"),
    [
        ("submitted", ["draft", "submit"]),
        ("withdrawn", ["draft", "submit", "withdraw"]),
        ("sent-back", ["draft", "submit", "send_back"]),
        ("recalled", ["draft", "submit", "withdraw"]),
        ("taken", ["draft", "submit", "take"]),
        ("rejected", ["draft", "submit", "decide"]),
        ("resubmitted", ["draft", "submit", "decide", "resubmit"]),
        ("conflict", ["draft", "submit", "decide", "overtake", "apply"]),
        ("reconciled", ["draft", "submit", "decide", "apply", "reconcile"]),
        ("reversal", ["draft", "submit", "decide", "apply", "ask_reversal"]),
    ],
)
def test_a_case_lives_through_what_leads_to_its_end(ends, acts):
    assert lived(ends) == acts


def test_a_case_on_a_sheet_that_is_not_filed_is_not_decided():
    assert lived("approved", reaches="signed") == ["draft", "submit"]


def test_events_come_in_order_of_time_and_progress_is_told():
    week, told, progress = Week(Calendar(NOW)), [], []
    week.at(0, 9, told.append, "third")
    week.at(2, 9, told.append, "first")
    week.at(2, 9, told.append, "second")

    week.live(lambda done, total: progress.append((done, total)))

    assert told == ["first", "second", "third"]
    assert progress == [(1, 3), (2, 3), (3, 3)]


def test_a_mistyped_value_differs_in_its_last_character_only():
    number = "110105200303169989"
    asked = CorrectionRequest("1", "陈拟八", "enrolled", "id_number", "", number, "change")

    (typed,) = _mistyped(StudentFiling("enrolled", None, None, (asked,), (), ())).requests

    assert replace(typed, new=number) == asked
    assert typed.new[:-1] == number[:-1]
    assert typed.new[-1] != number[-1]
