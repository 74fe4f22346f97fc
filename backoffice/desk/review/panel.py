"""The panel of decisions on a case's page: what its reader may do with each request."""

from dataclasses import dataclass, field

from backoffice.corrections.models import Case, CorrectionRequest, DecisionReason
from backoffice.corrections.states import State
from backoffice.desk.review.queues import APPLYING, DECIDING, next_case
from backoffice.roll.fields import text_of
from backoffice.words import say
from backoffice.workflow.deciding import may_release
from backoffice.workflow.rights import may_take_step
from correctionkit.masking import mask_number, mask_text
from correctionkit.terms import ValueType

_TAKING = "corrections.take_case"
_REVERSING = "corrections.reverse_correctionrequest"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody had typed when their decision was refused, and why it was."""

    request: int
    verdict: str = ""
    code: str = ""
    opinion: str = ""
    fault: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One request, and what may be done with it."""

    request: CorrectionRequest
    label: str
    record_value: str
    may_decide: bool = False
    may_apply: bool = False
    may_reopen: bool = False
    may_reverse: bool = False
    passes_up: bool = False
    typed: Typed | None = None

    @property
    def does_something(self):
        """Tell whether there is anything to do."""
        acts = self.may_decide or self.may_apply or self.may_reopen or self.may_reverse
        return acts or self.typed is not None


@dataclass(frozen=True, slots=True)
class Panel:
    """What the reader of a case may do with it as a reviewer or registrar."""

    case: Case
    rows: tuple[PanelRow, ...]
    taken_by_me: bool
    taken_by_other: str
    may_take: bool
    may_release: bool
    next_case: Case | None
    reasons: dict = field(default_factory=dict)

    @property
    def undecided(self):
        """Return the rows that wait for a decision of the reader."""
        return [row for row in self.rows if row.may_decide]


def panel_for(case, account, typed=None):
    """Return the panel of a case for *account*, or None where they neither decide nor apply."""
    decides = account.has_perm(DECIDING, case)
    applies = account.has_perm(APPLYING, case)
    if not decides and not applies:
        return None
    other = case.taken_by_id is not None and case.taken_by_id != account.person_id
    requests = list(
        case.requests.select_related("unit", "record").prefetch_related("reversals").order_by("pk")
    )
    rows = tuple(
        _row(each, case, account, free=not other, decides=decides, typed=typed) for each in requests
    )
    waits = any(row.may_decide for row in rows)
    return Panel(
        case=case,
        rows=tuple(row for row in rows if row.does_something),
        taken_by_me=case.taken_by_id == account.person_id,
        taken_by_other=case.taken_by.name if other else "",
        may_take=waits and case.taken_by_id is None and account.has_perm(_TAKING, case),
        may_release=case.taken_by_id is not None and may_release(case, account),
        next_case=next_case(account, after=case.pk) if decides else None,
        reasons=_reasons() if waits else {},
    )


def _row(request, case, account, *, free, decides, typed):
    approved = request.state == State.APPROVED
    applies = account.has_perm(APPLYING, request)
    waits = request.state == State.FILED and may_take_step(request, account)
    return PanelRow(
        request=request,
        label=say(case.rules.vocabulary.fields[request.field].label),
        record_value=_hidden(request, case) if request.in_conflict else "",
        may_decide=decides and free and waits,
        may_apply=approved and applies,
        may_reopen=approved and applies and request.in_conflict,
        may_reverse=_is_reversible(request) and account.has_perm(_REVERSING, request),
        passes_up=waits and request.step < len(request.steps) - 1,
        typed=typed if typed and typed.request == request.pk else None,
    )


def _is_reversible(request):
    open_or_done = [
        each
        for each in request.reversals.all()
        if each.state not in (State.REJECTED, State.WITHDRAWN)
    ]
    return (
        request.state in (State.APPLIED, State.RECONCILED)
        and request.reverses_id is None
        and not open_or_done
    )


def _hidden(request, case):
    kind = case.rules.vocabulary.fields[request.field].value
    hide = mask_number if kind is ValueType.ID_NUMBER else mask_text
    return hide(text_of(request.record, request.field))


def _reasons():
    chosen = {}
    wanted = [DecisionReason.Verdict.RETURN, DecisionReason.Verdict.REJECT]
    for reason in DecisionReason.objects.filter(verdict__in=wanted, in_use=True):
        chosen.setdefault(reason.get_verdict_display(), []).append(reason)
    return chosen
