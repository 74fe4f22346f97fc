"""Kinds of evidence: those of the case's policy, and the report of an exceptional case."""

from functools import lru_cache

from django.utils.translation import gettext as _

from backoffice.words import say
from correctionkit.packages.filings.evidence_names import EvidenceStems, split_extension

# No document of the student's: the letter that gives the cause, which may be a PDF too.
REPORT = "report"


def is_known(kind, policy):
    """Tell whether a case of *policy* may have files of *kind*."""
    return kind == REPORT or kind in policy.vocabulary.kinds


def kind_label(kind, policy):
    """Return what *kind* is called; its code where a later policy no longer knows it."""
    if kind == REPORT:
        return _("Written report of the exceptional case")
    row = policy.vocabulary.kinds.get(kind)
    return say(row.label) if row else kind


def name_says(name, policy):
    """Return what a file's name says: kind, side of a card, page."""
    stem, _extension = split_extension(name)
    return _stems(tuple(policy.vocabulary.kinds.values())).read(stem)


def kind_of_name(name, policy):
    """Return the kind that a file's name tells, or None."""
    kind = name_says(name, policy).kind
    if kind is None and any(word in name for word in policy.package.report_words):
        return REPORT
    return kind


def example_name(policy):
    """Return a file name that tells its kind, for hints."""
    return f"{_stems(tuple(policy.vocabulary.kinds.values())).example}.jpg"


@lru_cache(maxsize=16)
def _stems(kinds):
    return EvidenceStems(kinds)
