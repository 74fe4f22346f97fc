"""The rows of the clerk's page: one a field, with what the rules say of it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.corrections.states import Event, State
from backoffice.desk.cases.forms import FieldForm
from backoffice.desk.findings import worded
from backoffice.roll.fields import same_value, text_of
from backoffice.words import kit_language, say
from correctionkit.catalog import request_codes
from correctionkit.codes import education, ethnicity, gender
from correctionkit.masking import mask_number
from correctionkit.render.lexicon import all_words
from correctionkit.render.phrases import listed
from correctionkit.terms import ValueType

_TABLES = {
    ValueType.GENDER: gender,
    ValueType.ETHNICITY: ethnicity,
    ValueType.EDUCATION: education,
}
_BACK = (Event.RETURN, Event.SEND_BACK, Event.REOPEN)


@dataclass(frozen=True, slots=True)
class Row:
    """One field that can be asked for, or why it cannot be asked for now.

    *moved* is what the request took for the old value where the record says otherwise by
    now.  *kept* is the masked ID number that stands where nothing is typed.
    """

    field: str
    label: str
    current: str
    form: FieldForm | None
    findings: tuple = ()
    problem: str = ""
    reading: str = ""
    exceptional: bool = False
    moved: str | None = None
    kept: str = ""
    state: str = ""
    blocked: str = ""
    blocked_url: str = ""


def field_rows(draft, judgement, account):
    """Return the rows of a draft, in the order of the policy, what is blocked among them."""
    said = {}
    for finding in judgement.findings:
        said.setdefault(finding.field, []).append(finding)
    rows = []
    for field in draft.vocabulary:
        if field in draft.forms:
            rows.append(_row(draft, field, said.get(field, ()), judgement))
        elif field in draft.open_elsewhere and field in draft.offers:
            rows.append(_blocked(draft, field, account))
    return rows


def came_back(draft):
    """Return (request, event) of what was returned or sent back, the event telling why."""
    back = []
    for request in draft.stored.values():
        events = request.events.filter(event__in=_BACK).select_related("person", "reason")
        event = events.order_by("-at", "-pk").first()
        if event:
            back.append((draft.label(request.field), request, event))
    return back


def _row(draft, field, findings, judgement):
    form, request = draft.forms[field], draft.stored.get(field)
    asked = form.is_asked
    moved = request and _moved(draft, field, request)
    unreasoned = asked and not form.typed("reason")
    passed = {request_codes.RECORD_DISAGREES.code} if moved else set()
    if unreasoned:
        passed.add(request_codes.REQUEST_NOT_ACCEPTED.code)
    passed.add("evidence-missing")
    return Row(
        field=field,
        label=draft.label(field),
        current=shown_value(draft, field, text_of(draft.record, field)),
        form=form,
        findings=tuple(worded((f for f in findings if f.code not in passed), draft.rules)),
        problem=_("Choose the reason of the correction.") if unreasoned else "",
        reading=_reading(draft, field) if asked else "",
        exceptional=field in judgement.exceptional,
        moved=shown_value(draft, field, request.old) if moved else None,
        kept=_kept(draft, field, request),
        state=request.get_state_display() if request and request.state == State.RETURNED else "",
    )


def _blocked(draft, field, account):
    other = draft.open_elsewhere[field]
    blocked, url = _("Another unit has an open request for this."), ""
    if other.case_id == draft.case.pk:
        blocked = _("In this case already: %(state)s.") % {"state": other.get_state_display()}
    elif account.has_perm("corrections.view_case", other.case):
        blocked = _("Open request in %(case)s: %(state)s.") % {
            "case": other.case.reference,
            "state": other.get_state_display(),
        }
        url = reverse("admin:corrections_case_change", args=[other.case_id])
    return Row(
        field=field,
        label=draft.label(field),
        current=shown_value(draft, field, text_of(draft.record, field)),
        form=None,
        blocked=blocked,
        blocked_url=url,
    )


def shown_value(draft, field, text):
    """Return a value as the page may show it: ID numbers masked until they are revealed."""
    return mask_number(text) if draft.is_hidden(field) and not draft.revealed else text


def _kept(draft, field, request):
    if request is None or not draft.is_hidden(field) or draft.forms[field].typed("new"):
        return ""
    return mask_number(request.new)


def _moved(draft, field, request):
    kind = draft.vocabulary[field].value
    return not same_value(kind, request.old, text_of(draft.record, field))


def _reading(draft, field):
    """Say how the rules read what was typed, where that is not plain to see."""
    value = draft.reading(field)
    kind = draft.vocabulary[field].value
    said = []
    table = _TABLES.get(kind)
    if table and value.key:
        meant = table.label(value.key, kit_language())
        if meant != value.reading.read:
            said.append(_("Understood as “%(value)s”.") % {"value": meant})
    elif kind is ValueType.DATE and value.key and value.key != value.reading.typed:
        said.append(_("Understood as “%(value)s”.") % {"value": value.key})
    if value.reading.looks_changed:
        words = all_words()
        changes = listed([say(words[each]) for each in value.reading.changes], kit_language())
        said.append(_("Read without: %(changes)s.") % {"changes": changes})
    return " ".join(said)
