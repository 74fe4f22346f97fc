"""The correction report of a unit and period: counts, exceptional cases, the office's words."""

from collections import Counter

from django.utils import timezone

from backoffice.desk.printing.case_facts import field_label
from backoffice.desk.printing.paper import watermark, written_day
from backoffice.desk.printing.periods import written_period
from backoffice.desk.printing.submitted import latest_of
from correctionkit.masking import mask_text
from statements.contexts.correction_report import CorrectionReport, ExceptionalCase, ReportCount
from statements.contexts.parts import Box

_ORDINARY, _EXCEPTIONAL = "ordinary", "exceptional"


def proposed_texts(unit, requests, rules, first, last):
    """Return the paragraphs that the office begins with: opening, causes, closing."""
    reasons = Counter(each.reason for each in requests)
    counted = "，".join(
        f"{term.label.zh}{reasons[code]}项" for code, term in rules.vocabulary.reasons.items()
    )
    exceptional = sum(each.exceptional for each in requests)
    return {
        "opening": (
            f"现将{unit.name}{written_period(first, last)}学生信息修改情况报告如下。\n"
            f"本期共申请修改{len(requests)}项，其中{counted}。有关材料均已与原件核对，情况属实。"
        ),
        "causes": f"以下{exceptional}项为特殊情况，原因如下。" if exceptional else "",
        "closing": "请予审批。",
    }


def report_paper(unit, rules, requests, first, last, texts):
    """Return the letter with *texts* as the office left them.

    It is signed by the head of student records, or by whom the policy names for exceptional
    cases where it has any.
    """
    reasons = rules.vocabulary.reasons
    exceptional = [each for each in requests if each.exceptional]
    return CorrectionReport(
        title="关于学生信息修改的报告",
        made_at=latest_of(requests, first, last),
        watermark=watermark(),
        addressee=f"{rules.heading.institution.zh}学籍管理部门",
        opening=_paragraphs(texts["opening"]),
        reasons=tuple(term.label.zh for term in reasons.values()),
        counts=tuple(_counts(requests, rules)),
        lines=tuple(_line(each) for each in exceptional),
        causes=_paragraphs(texts["causes"]),
        closing=_paragraphs(texts["closing"]),
        enclosures=tuple(_enclosures(requests, rules)),
        sender=unit.name,
        day=written_day(timezone.localdate()),
        boxes=_boxes(rules, _EXCEPTIONAL if exceptional else _ORDINARY),
    )


def _counts(requests, rules):
    found = Counter((each.status, each.reason) for each in requests)
    for status in rules.statuses.values():
        numbers = tuple(found[status.id, code] for code in rules.vocabulary.reasons)
        if any(numbers):
            yield ReportCount(status.label.zh, numbers)


def _line(request):
    case = request.case
    case.record = request.record
    reasons = case.rules.vocabulary.reasons
    reason = reasons[request.reason].label.zh if request.reason in reasons else ""
    return ExceptionalCase(
        number=request.record.shown_number,
        name=request.record.name,
        request=f"{field_label(case, request)}：{reason}",
        cause=mask_text(case.cause),
    )


def _enclosures(requests, rules):
    present = {each.status for each in requests}
    for status in rules.statuses.values():
        if status.id in present:
            yield f"{status.table}　{status.title}"


def _boxes(rules, kind):
    papers = {paper.id: paper for paper in rules.reports}
    paper = papers.get(kind) or papers.get(_ORDINARY)
    if paper is None:
        return (Box("负责人（签字）"), Box("单位（盖章）", seal=True))
    signers = (Box(f"{each}（签字）") for each in paper.signed_by.zh.split("、"))
    return (*signers, Box(paper.seal.zh, seal=True))


def _paragraphs(text):
    return tuple(line.strip() for line in text.splitlines() if line.strip())
