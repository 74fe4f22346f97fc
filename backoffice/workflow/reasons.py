"""Reasons and opinions that go with a decision."""

from backoffice.corrections.models import DecisionReason
from backoffice.workflow.refusals import Refusal, Refused


def reason_for(verdict, code, opinion):
    """Return the standard reason of *code* for a verdict.

    Raises Refused where none is given, it is meant for something else, or it needs an
    opinion and has none.
    """
    if not code:
        raise Refused(Refusal.REASON_NEEDED)
    reason = DecisionReason.objects.filter(code=code, verdict=verdict, in_use=True).first()
    if reason is None:
        raise Refused(Refusal.REASON_UNFIT)
    if reason.opinion_needed and not opinion.strip():
        raise Refused(Refusal.OPINION_NEEDED)
    return reason
