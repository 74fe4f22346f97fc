"""Making and changing of cases while they lie with their clerk."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.policies.choosing import NoPolicy, choose_policy
from backoffice.policies.shelf import policy_of
from backoffice.roll.fields import CORRECTABLE, text_of
from backoffice.workflow.performing import lock_case, value_digest
from backoffice.workflow.refusals import Refusal, Refused

_EDITING = "corrections.add_case"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a clerk asks for one field: the new value, why, and since when.

    *old* is what they say it is now; the record's own value where None.
    """

    field: str
    new: str
    reason: str
    change_date: date | None = None
    old: str | None = None


def begin_case(record, *, by, kind=None, unit=None):
    """Open a case for a student in the hands of *by*, and return it.

    *unit* files it: the student's own where none is given.  *kind* defaults to the kind of
    request that the policy in force lists first.  Raises Refused.
    """
    unit = unit or record.unit
    ask_unit(unit, by)
    choice = choose(unit)
    rules = policy_of(choice.policy, tuple(choice.overlays))
    kind = kind or default_kind(rules)
    if kind not in rules.kinds:
        raise Refused(Refusal.KIND_UNKNOWN)
    if rules.kinds[kind].reverses:
        raise Refused(Refusal.REVERSAL_ONLY)
    ask_status(record, rules)
    with office_transaction(by) as log:
        case = Case.objects.create(
            unit=unit,
            record=record,
            kind=kind,
            policy=choice.policy,
            policy_version=rules.heading.version,
            overlays=choice.overlays,
            handler=by.person,
        )
        log.add("case-create", chain=chain_of(unit), ref=f"case:{case.pk}")
    return case


def ask_unit(unit, by):
    """Raise Refused unless *by* may begin cases that *unit* files today."""
    if not by.has_perm(_EDITING, unit):
        raise Refused(Refusal.NOT_PERMITTED)
    if unit.closed_on and unit.closed_on <= timezone.localdate():
        raise Refused(Refusal.UNIT_CLOSED, unit=unit.name)


def default_kind(rules):
    """Return the kind of request that a policy lists first, or None."""
    return next((each.id for each in rules.kinds.values() if not each.reverses), None)


def write_requests(case_pk, wishes, *, by, version=None, cause=None, remark=None):
    """Make the case ask for exactly *wishes*, besides what is on its way or decided.

    A wish for a field that lies with the clerk changes that request; a draft that nobody
    wishes any longer is dropped, a returned one stays.  Raises Refused.
    """
    with office_transaction(by) as log:
        case = lock_case(case_pk, version)
        _ask_editor(case, by)
        if case.kind_rules.reverses:
            raise Refused(Refusal.REVERSAL_ONLY, case)
        bring_up_to_date(case)
        ours = {request.field: request for request in case.requests.editable().held()}
        # In one order, so that two who ask for the same fields do not wait for one another.
        for wish in sorted(wishes, key=place_of):
            request = ours.pop(wish.field, None)
            _write(case, wish, request, log)
        for request in ours.values():
            if not request.events.exists():
                log.add(
                    "request-edit",
                    chain=chain_of(case.unit_id),
                    ref=f"correctionrequest:{request.pk}",
                    dropped=True,
                )
                request.delete()
        before = (case.cause, case.remark)
        case.cause = case.cause if cause is None else cause
        case.remark = case.remark if remark is None else remark
        if before != (case.cause, case.remark):
            log.add("request-edit", chain=chain_of(case.unit_id), ref=f"case:{case.pk}")
        case.version += 1
        case.save()
    return case


def bring_up_to_date(case):
    """Judge a case that was never submitted by the policy in force today.

    The caller holds its row, or does not save it.  Raises Refused where none is in force, or
    none that knows such students.
    """
    if case.policy_day is not None:
        if not case.kind_rules.reverses:
            ask_status(case.record, case.rules)
        return
    choice = choose(case.unit)
    rules = policy_of(choice.policy, tuple(choice.overlays))
    if case.kind not in rules.kinds:
        raise Refused(Refusal.KIND_UNKNOWN, case)
    case.policy, case.overlays = choice.policy, choice.overlays
    case.policy_version = rules.heading.version
    ask_status(case.record, rules)


def place_of(wish):
    """Return the place of a wish's field in the one order in which all are written."""
    return CORRECTABLE.index(wish.field) if wish.field in CORRECTABLE else len(CORRECTABLE)


def _write(case, wish, request, log):
    if wish.field not in CORRECTABLE:
        raise Refused(Refusal.NOT_PERMITTED, case)
    event = "request-edit"
    if request is None:
        # A case is judged by the day of its first submission: nothing new slips in by that.
        if case.policy_day is not None:
            raise Refused(Refusal.CASE_SUBMITTED, case)
        event = "request-create"
        request = CorrectionRequest(case=case, record=case.record, unit=case.unit, field=wish.field)
    before = _asked(request)
    request.status = case.record.status
    request.old = text_of(case.record, wish.field) if wish.old is None else wish.old
    request.new, request.reason, request.change_date = wish.new, wish.reason, wish.change_date
    if request.pk and _asked(request) == before:
        return
    request.version += 1
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as fault:
        words = case.rules.vocabulary.fields[wish.field].label
        raise Refused(Refusal.FIELD_TAKEN, case, field=words) from fault
    log.add(
        event,
        chain=chain_of(case.unit_id),
        ref=f"correctionrequest:{request.pk}",
        digest=value_digest(request),
    )


def _asked(request):
    return request.status, request.old, request.new, request.reason, request.change_date


def _ask_editor(case, by):
    if not by.has_perm("corrections.change_case", case):
        raise Refused(Refusal.NOT_PERMITTED, case)
    if case.handler_id != by.person_id:
        raise Refused(Refusal.NOT_YOURS, case, person=case.handler.name)


def ask_status(record, rules):
    """Raise Refused where the rules know no students of the record's status."""
    if record.status not in rules.statuses:
        raise Refused(Refusal.STATUS_UNKNOWN, status=record.get_status_display())


def choose(unit):
    """Return the choice of policy in force for *unit* today; raises Refused."""
    try:
        return choose_policy(unit, timezone.localdate())
    except NoPolicy as fault:
        raise Refused(Refusal.NO_POLICY) from fault
