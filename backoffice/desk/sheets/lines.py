"""Lines of a sheet as its page shows them: as frozen, or as they are while it is open."""

import json
from collections import Counter
from dataclasses import dataclass

from backoffice.corrections.models import CorrectionRequest
from backoffice.desk.cases.marking import Marked, marked
from backoffice.sheets.lines import worded_lines
from backoffice.sheets.models import SheetState
from backoffice.sheets.services import active_lines
from backoffice.workflow.rights import signing_step
from correctionkit.masking import mask_text
from correctionkit.terms import ValueType

_SIGNING = "corrections.sign_correctionrequest"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: its texts are those of the paper, the state is the request's by now."""

    position: int
    request: CorrectionRequest
    reference: str
    case: int | None
    unit: str
    number: str
    name: str
    field: str
    values: Marked
    reason: str
    evidence: str
    exceptional: bool
    remark: str
    is_void: bool
    may_send_back: bool

    @property
    def state_label(self):
        """Return where the request stands now."""
        return self.request.get_state_display()


def lines_of(sheet, account, *, revealed=False):
    """Return the lines of a sheet: of the revision in force, or the live ones while open."""
    contents = _contents(sheet)
    void = set(sheet.lines.exclude(voided_at=None).values_list("request_id", flat=True))
    sees_cases = account.standing_for("corrections.view_case")
    may_sign = sheet.state in (SheetState.OPEN, SheetState.CLOSED, SheetState.SIGNED)
    return [
        _shown(
            position,
            request,
            content,
            revealed=revealed,
            is_void=request.pk in void,
            in_sight=any(request.unit.path.startswith(path) for path in sees_cases),
            may_send_back=may_sign and _may_send_back(request, account),
        )
        for position, (request, content) in enumerate(contents, 1)
    ]


def counts_of(lines):
    """Return how many lines there are of each field and each reason."""
    return (
        Counter(line.field for line in lines).most_common(),
        Counter(line.reason for line in lines).most_common(),
    )


def _contents(sheet):
    revision = sheet.revision_in_force
    if revision is None:
        requests = [line.request for line in active_lines(sheet)]
        return list(zip(requests, worded_lines(requests), strict=True))
    frozen = revision.frozen_lines.select_related(
        "request__case__unit", "request__record", "request__unit"
    )
    return [(line.request, json.loads(line.content)) for line in frozen]


def _shown(position, request, content, *, revealed, is_void, in_sight, may_send_back):
    kind = request.case.rules.vocabulary.fields[request.field].value
    hide = str if revealed or kind is ValueType.ID_NUMBER else mask_text
    return ShownLine(
        position=position,
        request=request,
        reference=content["case"],
        case=request.case_id if in_sight else None,
        unit=content["unit"],
        number=content["number"],
        name=content["name"],
        field=content["field"],
        values=marked(kind, hide(content["old"]), hide(content["new"]), revealed=revealed),
        reason=content["reason"],
        evidence="、".join(content["evidence"]),
        exceptional=content["exceptional"],
        remark=content["remark"] if revealed else mask_text(content["remark"]),
        is_void=is_void,
        may_send_back=may_send_back,
    )


def _may_send_back(request, account):
    return (
        account.has_perm(_SIGNING, request)
        and request.state in ("submitted", "signed_off")
        and signing_step(request, account) is not None
    )
