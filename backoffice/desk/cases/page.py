"""The page of one case, for its clerk and for all others who see it."""

from backoffice.desk.cases.asked import shown_events, shown_requests
from backoffice.desk.cases.comparing import snapshot
from backoffice.desk.cases.draft import Draft
from backoffice.desk.cases.forms import HandOverForm, education_words
from backoffice.desk.cases.progress import strips
from backoffice.desk.cases.readiness import judge, readiness, wanted_lines
from backoffice.desk.cases.receivers import receivers_of
from backoffice.desk.cases.rows import came_back, field_rows
from backoffice.desk.cases.sight import Bond, office_page
from backoffice.desk.evidence.wanted import wanted_rows
from backoffice.desk.findings import worded
from backoffice.desk.printing.offered import papers_of
from backoffice.desk.purpose import has_stated_purpose, may_reveal, needs_purpose
from backoffice.desk.review.panel import panel_for
from backoffice.evidence.reuse import reuse_findings
from backoffice.roll.fields import CORRECTABLE, text_of
from backoffice.words import say
from backoffice.workflow.submission import judge_case
from correctionkit.masking import mask_text


def case_page(request, case, *, draft=None, revealed=False, status=200, **more):
    """Answer with the page of *case*: *draft* is what was typed, if anything was.

    *more* goes to the template: what went wrong, what differs from what was typed.
    """
    requests = list(case.requests.select_related("reverses__case").order_by("pk"))
    for each in requests:
        each.case, each.record, each.unit = case, case.record, case.unit
    bond = Bond(case, requests, request.user)
    if bond.may_write:
        # Brings the case up to date, for all that follows.
        draft = draft or Draft(case, revealed=revealed)
    context = {
        "case": case,
        "title": f"{case.reference} · {case.record.name}",
        "bond": bond,
        "revealed": revealed,
        "student": _student(case, revealed),
        "kind_label": say(case.kind_rules.label),
        "policy": _policy(case),
        "strips": strips(case, requests),
        "events": shown_events(case, revealed=revealed),
        "cause": case.cause if revealed else mask_text(case.cause),
        "remark": case.remark if revealed else mask_text(case.remark),
        **_reveal(request, case, revealed),
        **_hand_over(bond),
        **_neighbours(case, requests, request.user),
        "wanted": wanted_rows(case, request.user, purpose_stated=has_stated_purpose(request)),
    }
    if bond.may_write:
        context |= _clerk(draft, request.user, seen=not draft.is_typed or "is_stale" in more)
        requests = [each for each in requests if not each.is_editable]
    else:
        context |= _reader(case, bond)
    context["requests"] = shown_requests(case, requests, request.user, revealed=revealed)
    return office_page(request, "desk/cases/case.html", context | more, status)


def live_context(draft, account):
    """Return what the rules say of a draft, as the parts of its page that change with it."""
    judgement = judge(draft)
    return {
        "case": draft.case,
        "rows": field_rows(draft, judgement, account),
        "ready": readiness(draft, judgement),
        "wanted_lines": wanted_lines(draft),
        "other_findings": worded(_general(judgement, draft), draft.rules),
    }


def _clerk(draft, account, *, seen):
    """Return the parts of a clerk's page; *seen*: it shows what is stored, or what differs.

    Otherwise the form goes on from what was opened, so that others' changes are still told.
    """
    opened = draft.paper.typed
    return {
        **live_context(draft, account),
        "draft": draft,
        "version": draft.case.version if seen else opened("version"),
        "before": snapshot(draft) if seen else opened("before"),
        "came_back": came_back(draft),
        "education_words": education_words(),
        "may_take_next": account.has_perm("corrections.add_case", draft.case),
    }


def _reader(case, bond):
    """Return the findings of a case that somebody else writes; of a finished one, none."""
    if not bond.undecided or case.record.status not in case.rules.statuses:
        return {"findings": []}
    judgement = judge_case(case, bond.undecided)
    return {"findings": worded(judgement.findings, case.rules)}


def _general(judgement, draft):
    """Return the findings that stand beside no field of the page, files' own left out."""
    return [
        each
        for each in judgement.findings
        if each.field not in draft.forms and not each.location.path
    ]


def _student(case, revealed):
    record, fields = case.record, case.rules.vocabulary.fields
    number = record.id_number if revealed else record.masked_id_number
    rows = [
        (record._meta.get_field("unit").verbose_name, record.unit.name),
        (record._meta.get_field("status").verbose_name, record.get_status_display()),
    ]
    for field in CORRECTABLE:
        if field in ("name", "id_number"):
            continue
        label = say(fields[field].label) if field in fields else field
        rows.append((label, mask_text(text_of(record, field))))
    rows.append((record._meta.get_field("id_number").verbose_name, number))
    for field in ("major", "level", "enrolled_on", "graduated_on"):
        rows.append((record._meta.get_field(field).verbose_name, getattr(record, field)))
    return [(label, value) for label, value in rows if value]


def _policy(case):
    title = say(case.rules.heading.title)
    names = " + ".join([case.policy, *case.overlays])
    return {"title": title, "id": names, "version": case.policy_version}


def _reveal(request, case, revealed):
    may = may_reveal(request.user, case) and not revealed
    asks = may and needs_purpose(request.user, case) and not has_stated_purpose(request)
    return {"may_reveal": may, "asks_purpose": asks}


def _hand_over(bond):
    if not bond.may_hand_over:
        return {}
    form = HandOverForm(
        receivers_of(bond.case), initial={"version": bond.case.version}, prefix="hand-over"
    )
    return {"hand_over": form}


def _neighbours(case, requests, account):
    """Return what the subjects beside this one put on the page: decision, papers."""
    decides = account.has_perm("corrections.decide_correctionrequest", case)
    return {
        "reuses": worded(reuse_findings(case, account), case.rules) if decides else [],
        "panel": panel_for(case, account),
        "papers": papers_of(case, requests, account),
    }
