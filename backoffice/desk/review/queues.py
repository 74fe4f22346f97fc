"""What waits for a reviewer, and for a registrar."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from backoffice.corrections.chain import thaw
from backoffice.corrections.models import Case, CorrectionRequest, RequestEvent
from backoffice.corrections.states import State
from backoffice.evidence.models import EvidenceReuse
from backoffice.words import say
from backoffice.workflow.rights import act_of_step, has_done_another

DECIDING = "corrections.decide_correctionrequest"
APPLYING = "corrections.apply_correctionrequest"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case with something to decide: since when, and on whose desk."""

    case: int
    since: datetime
    taken_by: int | None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case of the queue as the list shows it."""

    case: Case
    since: datetime
    fields: str
    exceptional: bool
    reverses: bool
    reused: bool


def waiting_cases(account):
    """Return the cases with requests whose step *account* holds, the longest waiting first."""
    found = {}
    for _pk, case, since, taken_by in _due(account):
        found.setdefault(case, Waiting(case, since, taken_by))
    return list(found.values())


def waiting_requests(account):
    """Return the keys of the requests that *account* may decide now, the longest waiting first."""
    own = (None, account.person_id)
    return [pk for pk, _case, _since, taken_by in _due(account) if taken_by in own]


def split(waiting, account):
    """Return the cases taken by *account*'s person, those free, and those others have."""
    mine = [each for each in waiting if each.taken_by == account.person_id]
    free = [each for each in waiting if each.taken_by is None]
    others = [each for each in waiting if each.taken_by not in (None, account.person_id)]
    return {"mine": mine, "free": free, "others": others}


def next_case(account, after=None):
    """Return the case to go on with: one on the desk, else the longest waiting free one."""
    parts = split(waiting_cases(account), account)
    for each in (*parts["mine"], *parts["free"]):
        if each.case != after:
            return Case.objects.select_related("record").get(pk=each.case)
    return None


def queue_rows(waiting):
    """Return the rows of a page of the queue."""
    since = {each.case: each.since for each in waiting}
    cases = Case.objects.select_related("unit", "record", "taken_by").prefetch_related("requests")
    found = cases.in_bulk(since)
    reused = _reused(since)
    return [_row(found[pk], since[pk], pk in reused) for pk in since if pk in found]


def to_apply(account):
    """Return the approved requests that *account* may apply, the oldest first."""
    return (
        CorrectionRequest.objects.visible_to(account, APPLYING)
        .filter(state=State.APPROVED)
        .select_related("case__unit", "record", "unit")
        .order_by("state_since", "pk")
    )


def _due(account):
    """Yield (request, case, since, taken by) for what waits for a step that *account* holds."""
    rows = (
        CorrectionRequest.objects.visible_to(account, DECIDING)
        .filter(state=State.FILED)
        .order_by("state_since", "pk")
        .values_list(
            "pk", "case_id", "chain", "step", "unit__path", "state_since", "case__taken_by"
        )
    )
    done = _acts_by_request(account)
    for pk, case, chain, at, path, since, taken_by in rows.iterator():
        if _is_due(chain, at, path, account, done.get(pk, ())):
            yield pk, case, since, taken_by


def _is_due(chain, at, path, account, done):
    steps = thaw(chain)
    if at >= len(steps) or not account.holds_role(steps[at].role, steps[at].unit, path):
        return False
    return not has_done_another(act_of_step(steps[at]), done, account)


def _acts_by_request(account):
    """Return what the account's person did on filed requests, as the four-eyes rule counts."""
    rows = (
        RequestEvent.objects.filter(person=account.person_id, request__state=State.FILED)
        .exclude(act="")
        .values_list("request_id", "act", "person_id")
    )
    acts = {}
    for request, act, person in rows:
        acts.setdefault(request, set()).add((act, person))
    return acts


def _row(case, since, reused):
    fields = case.rules.vocabulary.fields
    filed = [each for each in case.requests.all() if each.state == State.FILED]
    return QueueRow(
        case=case,
        since=since,
        fields="、".join(say(fields[each.field].label) for each in filed),
        exceptional=any(each.exceptional for each in filed),
        reverses=case.kind_rules.reverses,
        reused=reused,
    )


def _reused(cases):
    rows = EvidenceReuse.objects.filter(
        file__case__in=list(cases), file__removed_at=None, file__replaced_by=None
    )
    return set(rows.values_list(F("file__case"), flat=True))
