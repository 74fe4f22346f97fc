"""The register of all decisions of a period, for headquarters."""

from collections import Counter

from django.utils import timezone

from backoffice.corrections.models import CorrectionRequest, RequestEvent
from backoffice.desk.printing.case_facts import field_label, institution, shown
from backoffice.desk.printing.notice_paper import OUTCOMES, opinion_of
from backoffice.desk.printing.paper import watermark
from backoffice.desk.printing.periods import moments, written_period
from backoffice.units.models import Unit
from statements.contexts.decision_register import DecisionRegister, RegisterLine
from statements.contexts.parts import Count

RIGHTS = ("corrections.decide_correctionrequest", "corrections.apply_correctionrequest")


def decisions(account, first, last):
    """Return the decisions of a period on requests that *account* decides or applies."""
    begins, ends = moments(first, last)
    requests = CorrectionRequest.objects.none()
    for permission in RIGHTS:
        requests |= CorrectionRequest.objects.visible_to(account, permission)
    return (
        RequestEvent.objects.filter(
            event__in=list(OUTCOMES),
            at__gte=begins,
            at__lt=ends,
            request__in=requests.values("pk"),
        )
        .select_related("request__case__unit", "request__case__record", "person", "reason")
        .order_by("at", "pk")
    )


def register_paper(events, first, last):
    """Return the register of *events*; ID numbers are masked on it."""
    root = Unit.objects.filter(parent=None).order_by("path").first()
    outcomes = Counter(OUTCOMES[event.event] for event in events)
    return DecisionRegister(
        title="学籍信息修改审批登记表",
        made_at=events[-1].at if events else moments(first, last)[0],
        watermark=watermark(),
        institution=institution(events[0].request.case) if events else root.name,
        office="学籍管理部门",
        period=written_period(first, last),
        lines=tuple(_line(event) for event in events),
        counts=tuple(Count(*each) for each in outcomes.most_common()),
    )


def _line(event):
    request = event.request
    case = request.case
    return RegisterLine(
        day=f"{timezone.localdate(event.at):%Y-%m-%d}",
        case=case.reference,
        unit=case.unit.name,
        number=case.record.shown_number,
        name=case.record.name,
        field=field_label(case, request),
        old=shown(case, request, request.old, whole=False),
        new=shown(case, request, request.new, whole=False),
        outcome=OUTCOMES[event.event],
        opinion=opinion_of(event),
        reviewer=str(event.person or ""),
    )
