"""Cases that pass from one clerk to another."""

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import Case
from backoffice.workflow.performing import lock_case
from backoffice.workflow.refusals import Refusal, Refused

_HANDING_OVER = "corrections.hand_over_case"


def hand_over(case_pk, to, *, by, version=None):
    """Put one case into the hands of the account *to*.

    Clerks hand over what lies with them; whoever may hand over for the unit, anybody's.
    Raises Refused.
    """
    with office_transaction(by) as log:
        case = lock_case(case_pk, version)
        return _give(case, to, by, log)


def hand_over_all(person, to, *, by):
    """Put all drafts and returned cases of *person* that *by* may give into other hands.

    Returns how many there were.  One that may not be given stops none of the others.
    """
    given = 0
    with office_transaction(by) as log:
        mine = Case.objects.in_hands_of(person).values_list("pk", flat=True)
        for pk in sorted(mine):
            case = lock_case(pk)
            # Somebody else may have given it away since it was looked up.
            if case.handler_id == person.pk and may_give(case, by) and may_keep(case, to):
                _give(case, to, by, log)
                given += 1
    return given


def keeping_right(case):
    """Return the permission that whoever keeps the case needs for it."""
    if case.kind_rules.reverses:
        return "corrections.reverse_correctionrequest"
    return "corrections.change_case"


def may_keep(case, account):
    """Tell whether the case may lie with *account*."""
    return account.has_perm(keeping_right(case), case)


def may_give(case, by):
    """Tell whether *by* may put the case into other hands."""
    return case.handler_id == by.person_id or by.has_perm(_HANDING_OVER, case)


def _give(case, to, by, log):
    if not may_give(case, by):
        raise Refused(Refusal.NOT_YOURS, case, person=case.handler.name)
    if not Case.objects.in_hands_of(case.handler).filter(pk=case.pk).exists():
        raise Refused(Refusal.HANDS, case)
    if not may_keep(case, to):
        raise Refused(Refusal.RECEIVER_UNFIT, case, person=to.person.name)
    before = case.handler_id
    case.handler = to.person
    case.version += 1
    case.save(update_fields=["handler", "version", "changed_at"])
    log.add(
        "case-hand-over",
        chain=chain_of(case.unit_id),
        ref=f"case:{case.pk}",
        giver=before,
        receiver=to.person_id,
    )
    return case
