"""What a draft still lacks before it can be submitted, and what evidence it wants."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.evidence.services import kinds_present
from backoffice.words import kit_language, say
from backoffice.workflow.judging import wanted_evidence
from backoffice.workflow.submission import Judgement, judge_case
from correctionkit.catalog import evidence_codes
from correctionkit.render.phrases import listed

_MISSING = evidence_codes.EVIDENCE_MISSING.code


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is missing, in words; nothing where the case can go."""

    missing: tuple[str, ...]
    cause_needed: bool
    cause_shown: bool

    @property
    def line(self):
        """Return all that is missing in one line."""
        return _("; ").join(self.missing)

    @property
    def is_ready(self):
        """Tell whether nothing stands in the way of submitting."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A document that is wanted, or several of which any one serves, and whether it is there."""

    kinds: str
    fields: str
    clause: str
    is_there: bool


def judge(draft):
    """Return what the rules say of a draft as it stands on the page."""
    if draft.record.status not in draft.rules.statuses:
        return Judgement((), frozenset())
    return judge_case(draft.case, draft.requests())


def readiness(draft, judgement):
    """Return what the draft lacks."""
    cause = draft.paper.typed("cause").strip()
    needed = bool(judgement.exceptional)
    missing = [draft.trouble] if draft.trouble else []
    if not draft.asked:
        missing.append(_("tick what is to be corrected"))
    missing += _faults(draft, judgement)
    missing += _evidence(draft, judgement)
    if needed and not cause:
        missing.append(_("give the cause of the exceptional case"))
    return Readiness(tuple(missing), needed, needed or bool(cause))


def wanted_lines(draft):
    """Return which evidence the draft wants as it stands on the page, if that is not as stored."""
    if not draft.is_typed or draft.record.status not in draft.rules.statuses:
        return []
    now = wanted_evidence(draft.requests(), draft.case)
    stored = wanted_evidence(list(draft.stored.values()), draft.case)
    if [each.kinds for each in now] == [each.kinds for each in stored]:
        return []
    present = kinds_present(draft.case)
    return [
        WantedLine(
            kinds=_any_of(draft, each.kinds),
            fields=listed([draft.label(field) for field in each.fields], kit_language()),
            clause=say(each.clause),
            is_there=not present.isdisjoint(each.kinds),
        )
        for each in now
    ]


def _faults(draft, judgement):
    faulty = {each.field for each in judgement.errors if each.code != _MISSING and each.field}
    fields = [draft.label(field) for field in draft.asked if field in faulty]
    if fields:
        yield _("put right: %(fields)s") % {"fields": listed(fields, kit_language())}


def _evidence(draft, judgement):
    lacking = [
        _any_of(draft, each.params["kinds"]) for each in judgement.errors if each.code == _MISSING
    ]
    if lacking:
        yield _("still to upload: %(kinds)s") % {"kinds": listed(lacking, kit_language())}
    files = {each.location.path for each in judgement.errors if each.location.path}
    if files:
        yield ngettext(
            "replace %(count)d file with errors", "replace %(count)d files with errors", len(files)
        ) % {"count": len(files)}


def _any_of(draft, kinds):
    terms = draft.rules.vocabulary.kinds
    labels = [say(terms[kind].label) if kind in terms else kind for kind in kinds]
    if len(labels) == 1:
        return labels[0]
    return _("%(kinds)s (any one)") % {"kinds": " / ".join(labels)}
