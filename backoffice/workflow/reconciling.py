"""Reconciling: what was approved and applied, beside what an outside register shows."""

import hashlib
import json
from dataclasses import asdict
from itertools import islice

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import CorrectionRequest, RegisterLine, RegisterList
from backoffice.corrections.states import Event, State
from backoffice.policies.choosing import NoPolicy, choose_policy
from backoffice.policies.shelf import policy_of
from backoffice.roll.fields import same_value
from backoffice.units.models import Unit
from backoffice.workflow.performing import lock_request, move
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.register_tables import read_register
from correctionkit.readings import read_text

RECONCILING = "corrections.reconcile_correctionrequest"
_WAITING = (State.APPROVED, State.APPLIED)
_DONE = (State.APPLIED, State.RECONCILED)
_BATCH = 200
_MOST_FAULTS = 500


def reconcile(content, name, *, by):
    """Compare a list of the register, given as bytes, with what *by* may reconcile.

    Applied requests whose new value it shows are reconciled.  Returns the kept list; the same
    file again is the same list, compared with what waits by now.  Short transactions: one cut
    short goes on where it stopped.  Raises Refused and RegisterUnreadable.
    """
    unit = _unit_of(by)
    rules = rules_for(unit)
    table = read_register(content, name, rules)
    kept = _keep(table, content, name, unit, rules, by)
    waiting = iter(outstanding(by).select_related("record", "case").order_by("pk"))
    while batch := list(islice(waiting, _BATCH)):
        _compare(batch, table, kept, by)
    return kept


def outstanding(account):
    """Return the requests that *account* may see and the register has yet to show.

    What was taken back, or corrected once more since, is no longer waited for.  *seen* is the
    outcome of the latest list that knew of it.
    """
    requests = CorrectionRequest.objects
    later = requests.filter(
        record=OuterRef("record"),
        field=OuterRef("field"),
        state__in=_DONE,
        applied_change__gt=OuterRef("applied_change"),
    )
    lines = RegisterLine.objects.filter(request=OuterRef("pk")).order_by("-register_list")
    return (
        requests.visible_to(account, RECONCILING)
        .filter(state__in=_WAITING)
        .exclude(Exists(later))
        .annotate(seen=Subquery(lines.values("outcome")[:1]))
    )


def rules_for(unit):
    """Return the policy by whose headings lists of *unit* are read; raises Refused."""
    try:
        choice = choose_policy(unit, timezone.localdate())
    except NoPolicy as fault:
        raise Refused(Refusal.NO_POLICY) from fault
    return policy_of(choice.policy, tuple(choice.overlays))


def _unit_of(by):
    """Return the highest unit for which *by* reconciles."""
    paths = by.standing_for(RECONCILING)
    unit = Unit.objects.filter(path__in=paths).order_by("path").first()
    if unit is None:
        raise Refused(Refusal.NOT_PERMITTED)
    return unit


def _keep(table, content, name, unit, rules, by):
    digest = hashlib.sha256(content).hexdigest()
    faults = [asdict(fault) for fault in table.faults[:_MOST_FAULTS]]
    with office_transaction(by) as log:
        kept, is_new = RegisterList.objects.get_or_create(
            unit=unit,
            sha256=digest,
            defaults={
                "received_as": name,
                "policy": rules.id,
                "rows": table.rows,
                "fields": list(table.fields),
                "faults": json.dumps(faults, ensure_ascii=False),
                "uploaded_by": by.person,
            },
        )
        if is_new:
            log.add(
                "import",
                chain=chain_of(unit),
                ref=f"registerlist:{kept.pk}",
                digest=digest,
                rows=table.rows,
                faults=len(table.faults),
            )
    return kept


def _compare(requests, table, kept, by):
    lines = [line for each in requests if (line := _line(each, table, kept))]
    with office_transaction(by) as log:
        RegisterLine.objects.bulk_create(
            lines,
            update_conflicts=True,
            unique_fields=["register_list", "request"],
            update_fields=["outcome", "shown", "row"],
        )
        for line in lines:
            if line.outcome == RegisterLine.Outcome.SHOWN:
                _mark(line.request_id, by, log)


def _mark(request_pk, by, log):
    request = lock_request(request_pk)
    # Approved and not yet applied here, or reconciled by somebody else meanwhile.
    if request.state == State.APPLIED:
        move(request, Event.RECONCILE, by=by, log=log)


def _line(request, table, kept):
    """Return what the list shows of a request, or None where it cannot tell."""
    if request.field not in table.fields:
        return None
    row = table.find(request.record)
    if row is None:
        return RegisterLine(
            register_list=kept, request=request, outcome=RegisterLine.Outcome.ABSENT
        )
    if request.field not in row.values:
        return None
    shown = read_text(row.values[request.field]).read
    kind = request.case.rules.vocabulary.fields[request.field].value
    if same_value(kind, request.new, shown):
        outcome = RegisterLine.Outcome.SHOWN
    elif same_value(kind, request.old, shown):
        outcome = RegisterLine.Outcome.UNCHANGED
    else:
        outcome = RegisterLine.Outcome.DIFFERS
    return RegisterLine(
        register_list=kept, request=request, outcome=outcome, shown=shown, row=row.number
    )
