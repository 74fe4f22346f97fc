"""Stages and failures that jobs of every kind share, in words."""

from django.utils.translation import gettext_lazy as _

STAGES = {
    "reading": _("Reading"),
    "rows": _("Checking rows"),
    "scans": _("Checking scans"),
    "files": _("Going through the files"),
    "writing": _("Writing"),
    "printing": _("Printing"),
    "packing": _("Packing"),
}

FAILURES = {
    "fault": _(
        "Something unexpected went wrong. Nothing was left half done; the operator finds the "
        "cause in the log."
    ),
    "unknown-kind": _("This release of the office does not know how to do this work."),
    "killed-too-often": _(
        "The work was cut short several times, the last time for good. Nothing was left half "
        "done. Start it again, or ask the operator whether the machine ran out of memory."
    ),
    "not-repeatable": _(
        "The worker was stopped in the middle of this work, which is not begun anew by itself. "
        "Nothing was left half done. Look at what is there, then start it again."
    ),
}
