"""Drafts for many students at once: what beginning and writing each by itself would make."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.policies.shelf import policy_of
from backoffice.roll.fields import CORRECTABLE, text_of
from backoffice.workflow.intake import ask_status, ask_unit, choose, default_kind, place_of
from backoffice.workflow.performing import value_digest
from backoffice.workflow.refusals import Refusal, Refused

_WRITING = "corrections.change_case"
_AT_ONCE = 500


class FieldsTaken(Exception):
    """Somebody asked for one of the fields in the same moment; nothing was written."""


def draft_many(asked, *, by):
    """Make a draft for each (record, unit, wishes), in the hands of *by*; returns the cases.

    Every one or none.  Raises Refused, and FieldsTaken where it cannot be said for which.
    """
    asked = list(asked)
    rules = {}
    with office_transaction(by) as log:
        cases = [_case(record, unit, rules, by) for record, unit, _wishes in asked]
        Case.objects.bulk_create(cases, batch_size=_AT_ONCE)
        requests = [
            _request(case, wish)
            for case, (_record, _unit, wishes) in zip(cases, asked, strict=True)
            for wish in sorted(wishes, key=place_of)
        ]
        try:
            with transaction.atomic():
                CorrectionRequest.objects.bulk_create(requests, batch_size=_AT_ONCE)
        except IntegrityError as fault:
            raise FieldsTaken from fault
        for case in cases:
            log.add("case-create", chain=chain_of(case.unit_id), ref=f"case:{case.pk}")
        for request in requests:
            log.add(
                "request-create",
                chain=chain_of(request.unit_id),
                ref=f"correctionrequest:{request.pk}",
                digest=value_digest(request),
            )
    return cases


def _case(record, unit, known, by):
    if unit.pk not in known:
        known[unit.pk] = _rules_of(unit, by)
    choice, rules, kind = known[unit.pk]
    ask_status(record, rules)
    # Begun, and written once.
    return Case(
        unit=unit,
        record=record,
        kind=kind,
        policy=choice.policy,
        policy_version=rules.heading.version,
        overlays=choice.overlays,
        handler=by.person,
        changed_at=timezone.now(),
        version=2,
    )


def _rules_of(unit, by):
    ask_unit(unit, by)
    if not by.has_perm(_WRITING, unit):
        raise Refused(Refusal.NOT_PERMITTED)
    choice = choose(unit)
    rules = policy_of(choice.policy, tuple(choice.overlays))
    return choice, rules, default_kind(rules)


def _request(case, wish):
    if wish.field not in CORRECTABLE:
        raise Refused(Refusal.NOT_PERMITTED, case)
    return CorrectionRequest(
        case=case,
        record=case.record,
        unit=case.unit,
        field=wish.field,
        status=case.record.status,
        old=text_of(case.record, wish.field) if wish.old is None else wish.old,
        new=wish.new,
        reason=wish.reason,
        change_date=wish.change_date,
        version=2,
    )
