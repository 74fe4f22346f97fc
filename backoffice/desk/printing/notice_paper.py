"""The notice of what headquarters decided on a case, for the branch to hand on."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import RequestEvent
from backoffice.corrections.states import Event, State
from backoffice.desk.printing.answers import NotPrinted
from backoffice.desk.printing.case_facts import (
    facts_of,
    field_label,
    handing_on,
    institution,
    shown,
)
from backoffice.desk.printing.paper import watermark, written_day
from correctionkit.masking import mask_text
from statements.contexts.decision_notice import DecidedChange, DecisionNotice
from statements.contexts.parts import Fact

OUTCOMES = {
    Event.APPROVE: "通过",
    Event.REFER: "通过并报上级",
    Event.RETURN: "退回",
    Event.REOPEN: "退回",
    Event.REJECT: "驳回",
}
_APPROVED = (State.APPROVED, State.APPLIED, State.RECONCILED)
_NEXT = {
    Event.APPROVE: "写入学籍后请告知学生本人。",
    Event.RETURN: "请按审批意见补正后重新提交。",
    Event.REOPEN: "请按审批意见核对后重新提交。",
    Event.REJECT: "请告知学生本人。",
}


def notice_paper(case):
    """Return the notice; ID numbers are masked on it.

    Raises NotPrinted where nothing is decided.
    """
    requests = case.requests.select_related("record").order_by("pk")
    decided = [(each, event) for each in requests if (event := _decision(each))]
    if not decided:
        raise NotPrinted(_("Nothing is decided in this case, so there is no notice of it."))
    latest = max(event.at for _request, event in decided)
    return DecisionNotice(
        title="学籍信息修改审批结果通知单",
        made_at=latest,
        watermark=watermark(),
        institution=institution(case),
        number=f"{case.reference}-{timezone.localdate(latest):%Y%m%d}",
        addressee=handing_on(case).name,
        name=case.record.name,
        facts=(Fact("学号／注册证号", case.record.shown_number), *facts_of(case, whole=False)),
        lines=tuple(_line(case, *each) for each in decided),
        issuer=f"{institution(case)}学籍管理部门",
        day=written_day(timezone.localdate(latest)),
    )


def opinion_of(event):
    """Return why something was decided so: the reason's words, then the opinion."""
    reason = event.reason.words_zh if event.reason else ""
    return "　".join(part for part in (reason, mask_text(event.opinion)) if part)


def _decision(request):
    """Return the event that decided a request and still stands, or None."""
    wanted = {State.RETURNED: (Event.RETURN, Event.REOPEN), State.REJECTED: (Event.REJECT,)}
    kinds = (Event.APPROVE,) if request.state in _APPROVED else wanted.get(request.state, ())
    events = RequestEvent.objects.filter(request=request, event__in=kinds)
    return events.select_related("reason").order_by("at", "pk").last()


def _line(case, request, event):
    return DecidedChange(
        field=field_label(case, request),
        old=shown(case, request, request.old, whole=False),
        new=shown(case, request, request.new, whole=False),
        outcome=OUTCOMES[event.event],
        opinion=opinion_of(event),
        next_step=_NEXT[event.event],
    )
