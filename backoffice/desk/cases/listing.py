"""The list of cases: what waits for whoever looks comes first, the longest waiting on top."""

import re

from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import CLOSED, OPEN, State
from backoffice.desk.searching import records_found
from backoffice.evidence.models import EvidenceCheck, EvidenceFile

_REFERENCE = re.compile(r"[Cc]0*([0-9]{1,12})")
_WAITING = {
    State.SUBMITTED: "corrections.sign_correctionrequest",
    State.FILED: "corrections.decide_correctionrequest",
    State.APPROVED: "corrections.apply_correctionrequest",
}


def with_turns(cases, account):
    """Note on each of *cases* whose turn it is (*turn*), and since when it waits (*since*).

    0: came back to *account*; 1: waits for a right that *account* has; 2: a draft of theirs;
    3: others' turn; 4: finished.
    """
    requests = CorrectionRequest.objects.filter(case=OuterRef("pk")).order_by("state_since")
    mine = Q(handler=account.person_id)
    is_open = Exists(requests.filter(state__in=sorted(OPEN)))
    turn = Choose(
        When(mine & _came_back(requests), then=Value(0)),
        When(_waits_for(account, requests), then=Value(1)),
        When(mine & (Q(Exists(requests.filter(state=State.DRAFT))) | _is_bare()), then=Value(2)),
        When(Q(is_open) | _is_bare(), then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    still = requests.exclude(state__in=sorted(CLOSED)).values("state_since")[:1]
    last = requests.order_by("-state_since").values("state_since")[:1]
    since = Coalesce(Subquery(still), Subquery(last), "created_at")
    return cases.annotate(turn=turn, since=since)


def with_rows(cases):
    """Fetch along with *cases* what their lines show."""
    checks = EvidenceCheck.objects.order_by("file", "-at", "-pk")
    files = EvidenceFile.objects.current().prefetch_related(
        Prefetch("checks", checks, to_attr="latest_first")
    )
    return cases.select_related("unit", "record", "handler", "taken_by").prefetch_related(
        Prefetch("requests", CorrectionRequest.objects.order_by("pk"), to_attr="shown"),
        Prefetch("evidence", files, to_attr="files"),
    )


def cases_found(cases, search):
    """Return those of *cases* that a search is for: by reference, or by student."""
    named = _REFERENCE.fullmatch(search.text)
    if named:
        return cases.filter(pk=int(named[1]))
    return cases.filter(record__in=records_found(search).values("pk"))


def requests_found(requests, search):
    """Return those of *requests* that a search is for, by the reference of the case too."""
    named = _REFERENCE.fullmatch(search.text)
    if named:
        return requests.filter(case=int(named[1]))
    return requests.filter(record__in=records_found(search).values("pk"))


def counted_findings(case):
    """Return the numbers of errors and of warnings that a fetched case's files have."""
    latest = [file.latest_first[0] for file in case.files if file.latest_first]
    return sum(each.errors for each in latest), sum(each.warnings for each in latest)


def _came_back(requests):
    sent_back = Q(policy_day__isnull=False) & Q(Exists(requests.filter(state=State.DRAFT)))
    return Q(Exists(requests.filter(state=State.RETURNED))) | sent_back


def _is_bare():
    return ~Exists(CorrectionRequest.objects.filter(case=OuterRef("pk")))


def _waits_for(account, requests):
    """Return the condition that something of a case waits for a right of *account*."""
    condition = Q(pk__in=[])
    for state, permission in _WAITING.items():
        paths = account.standing_for(permission)
        if paths:
            rows = requests.below(paths).filter(state=state)
            condition |= Q(Exists(rows))
    taken_by_others = Q(taken_by__isnull=False) & ~Q(taken_by=account.person_id)
    return condition & ~taken_by_others
