"""What kept a package from being composed or a part from being sent, in words."""

import json

from django.utils.translation import gettext_lazy as _

from backoffice.words import say
from correctionkit.catalog.words.packages import WORDS as CAUSES

_FAULTS = {
    "requests-moved": _(
        "Of the requests that were chosen %(count)d can be sent no longer. Compose it anew."
    ),
    "student-too-large": _(
        "The folder of %(student)s alone has %(size)s, more than a mail may have (%(most)s). "
        "Raise the limit for this package, or send smaller scans."
    ),
    "limit-too-small": _("What a mail may have (%(most)s) does not suffice. Raise the limit."),
    "subject-impossible": _(
        "No folder can be called after %(unit)s as the policy names packages. Have the unit's "
        "name looked at."
    ),
    "folder-impossible": _("The folder “%(name)s” cannot be made: %(cause)s."),
    "not-written": _("“%(name)s” cannot be written: %(cause)s."),
    "cells-cut": _("In “%(name)s” a value is longer than a cell of a workbook takes: %(places)s."),
    "evidence-missing": _(
        "A scan is missing in the storage. Tell whoever runs the office: check_evidence names it."
    ),
    "evidence-changed": _(
        "“%(name)s” is not what was received: its hash differs. Tell whoever runs the office."
    ),
    "report-impossible": _("The correction report cannot be made: %(why)s"),
}
FAILURES = {
    "connection": _("The mail server could not be reached."),
    "credentials": _("The mail server did not accept the user name or password set up here."),
    "refused": _("The mail server refused the mail: its size or the address may be why."),
    "file-lost": _(
        "The stored file is missing or changed. Compose the package anew, and tell whoever runs "
        "the office."
    ),
    "unanswered": _(
        "The connection broke before the mail server answered. Ask whether the mail arrived."
    ),
}
_SIZES = ("size", "most")


def worded_faults(package):
    """Return why a package could not be composed."""
    return [_worded(each["what"], each["params"]) for each in json.loads(package.faults)]


def failure_words(part):
    """Return why a part was not sent, or nothing."""
    return FAILURES.get(part.failure, part.failure)


def shown_bytes(size):
    """Return a number of bytes in MB or KB."""
    if size >= 1024**2:
        return f"{size / 1024**2:.1f} MB"
    return f"{max(round(size / 1024), 1)} KB"


def _worded(what, params):
    shown = dict(params)
    for name in _SIZES:
        if name in shown:
            shown[name] = shown_bytes(shown[name])
    if "cause" in shown and shown["cause"] in CAUSES:
        shown["cause"] = say(CAUSES[shown["cause"]])
    if "places" in shown:
        shown["places"] = "、".join(shown["places"])
    return str(_FAULTS[what]) % shown if what in _FAULTS else what
