"""Why a file was not taken, removed or replaced, in words for the person who asked for it."""

from enum import Enum

from django.utils.translation import gettext_lazy as _


class EvidenceRefusal(Enum):
    """The reasons for which something about a file is refused."""

    NOT_PERMITTED = _("You have no right to change the evidence of this case.")
    NOT_YOURS = _("This case lies with %(person)s. Have it handed over to you first.")
    NOT_WITH_CLERK = _("The case is on its way or closed: its evidence cannot be changed now.")
    STALE = _("Somebody has changed this case since you opened it. Look at it again.")
    FROZEN = _("This file was submitted with the case. It can be replaced, not removed.")
    GONE = _("This file has been removed or replaced already.")
    KIND_UNKNOWN = _("Choose which document this is.")
    TOO_MANY = _("A case takes at most %(most)d files. Remove some first.")
    PDF_UNREADABLE = _(
        "This PDF cannot be shown: it is damaged, locked by a password, or its pages are too "
        "large. Save it anew without a password, or scan it as JPG or PNG."
    )
    PDF_PAGES = _(
        "This PDF has more than %(most)d pages. Split it, or leave out what isn't needed."
    )
    STORAGE = _("The file could not be stored. Try again later, or tell the operator.")


class EvidenceRefused(Exception):
    """Something was asked for that may not be done; nothing was changed."""

    def __init__(self, refusal, subject=None, **params):
        super().__init__(refusal.name)
        self.refusal = refusal
        self.subject = subject
        self.params = params

    @property
    def message(self):
        """Return the reason in the language of the page."""
        return str(self.refusal.value) % self.params


class NotReceived(Exception):
    """A file is not kept at all; *findings* say what is wrong with it."""

    def __init__(self, findings):
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = tuple(findings)
