"""Two people at one draft: what each of them has changed, field by field."""

from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from backoffice.sealing.digests import keyed_digest
from backoffice.words import say
from correctionkit.masking import mask_number

_SALT = "a case as its page showed it"
_PARTS = ("new", "reason", "change_date")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that is stored otherwise than it was typed.

    *both* tells that somebody else changed it too since the page was opened.
    """

    label: str
    before: str
    theirs: str
    yours: str
    both: bool


def snapshot(draft):
    """Return what a page shows of the stored draft, to be sent along with its form.

    ID numbers stand in it masked, beside a digest that tells whether they are the same.
    """
    shown = {key: _shown(draft, key, text) for key, text in stored_parts(draft).items()}
    digests = {key: _digest(text) for key, text in stored_parts(draft).items()}
    return signing.dumps(
        {"requests": _requests(draft), "shown": shown, "digests": digests},
        salt=_SALT,
        compress=True,
    )


def is_stale(draft):
    """Tell whether the case has changed since the page that was posted had been opened."""
    before = _opened(draft)
    seen = before["requests"] if before else _requests(draft)
    moved_on = draft.paper.cleaned_data["version"] != draft.case.version
    return moved_on or seen != _requests(draft) or bool(draft.shut_out)


def disagreements(draft):
    """Return where what was posted and what is stored by now are not the same."""
    before = _opened(draft) or {"shown": {}, "digests": {}}
    theirs, yours = stored_parts(draft), typed_parts(draft)
    keys = [key for key in _keys(draft) if theirs.get(key, "") != yours.get(key, "")]
    return [
        Disagreement(
            label=_label(draft, key),
            before=before["shown"].get(key, ""),
            theirs=_shown(draft, key, theirs.get(key, "")),
            yours=_shown(draft, key, yours.get(key, "")),
            both=before["digests"].get(key, _digest("")) != _digest(theirs.get(key, "")),
        )
        for key in keys
    ]


def stored_parts(draft):
    """Return the parts of a draft as they are stored: texts by what they are a part of.

    Of a case that lies with its clerk no more, they are those of what was submitted.
    """
    parts = {"cause": draft.case.cause, "remark": draft.case.remark}
    requests = draft.stored.values() or draft.latest.values()
    for request in requests:
        field, day = request.field, request.change_date
        values = (request.new, request.reason, day.isoformat() if day else "")
        parts |= {f"{field}:{part}": text for part, text in zip(_PARTS, values, strict=True)}
    return parts


def typed_parts(draft):
    """Return the parts of a draft as they were posted."""
    parts = {part: draft.paper.typed(part).replace("\r\n", "\n") for part in ("cause", "remark")}
    for field in (*draft.asked, *draft.shut_out):
        parts |= {f"{field}:{part}": draft.posted(field, part) for part in _PARTS}
    return parts


def _keys(draft):
    fields = [f"{field}:{part}" for field in draft.vocabulary for part in _PARTS]
    return [*fields, "cause", "remark"]


def _requests(draft):
    rows = draft.case.requests.order_by("pk").values_list("pk", "version", "state")
    return [list(row) for row in rows]


def _opened(draft):
    text = draft.paper.cleaned_data.get("before", "")
    try:
        return signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None


def _digest(text):
    return keyed_digest(text, "a part of a draft")


def _shown(draft, key, text):
    field, _colon, part = key.partition(":")
    if part == "new" and draft.is_hidden(field):
        return mask_number(text)
    if part == "reason":
        term = draft.rules.vocabulary.reasons.get(text)
        return say(term.label) if term else text
    return text


def _label(draft, key):
    field, _colon, part = key.partition(":")
    if not part:
        return draft.paper.fields[field].label
    words = {"new": _("new value"), "reason": _("reason"), "change_date": _("date of the change")}
    return f"{draft.label(field)} · {words[part]}"
