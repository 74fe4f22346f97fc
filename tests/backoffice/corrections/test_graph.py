"""The graph walked along chains that no shipped policy has."""

import pytest
from django_fsm import can_proceed

from backoffice.corrections.models import CorrectionRequest

WAYS = ("pass_on", "sign_off", "report", "refer", "approve")


def request_on(*acts, state="submitted", step=0):
    chain = [{"act": act, "role": "head", "level": "branch", "unit": 1} for act in acts]
    return CorrectionRequest(state=state, step=step, chain=chain)


def ways_from(request):
    return [way for way in WAYS if can_proceed(getattr(request, way))]


@pytest.mark.parametrize(
    ("acts", "ways"),
    [
        (("sign_off", "decide"), ["sign_off"]),
        (("sign_off", "sign_off", "decide"), ["pass_on"]),
        (("consent", "sign_off", "decide"), ["pass_on"]),
        (("sign_off", "report", "decide"), ["pass_on"]),
        (("report", "decide"), ["report"]),
    ],
)
def test_only_the_last_step_before_filing_leaves_submitted(acts, ways):
    assert ways_from(request_on(*acts)) == ways


def test_a_chain_without_a_sheet_is_walked_to_its_report_and_decided():
    request = request_on("sign_off", "report", "decide")

    request.pass_on()
    assert (request.state, ways_from(request)) == ("submitted", ["report"])
    request.report()
    assert (request.state, ways_from(request)) == ("filed", ["approve"])


def test_a_lower_decision_passes_the_request_up():
    request = request_on("report", "decide", "decide", state="filed", step=1)

    assert ways_from(request) == ["refer"]
    request.refer()
    assert ways_from(request) == ["approve"]
