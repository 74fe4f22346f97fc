"""Why something about a package on its way in is refused, in words."""

from enum import Enum

from django.utils.translation import gettext_lazy as _


class IncomingRefusal(Enum):
    """The reasons for which a package, or what was to be done with it, is refused."""

    NOT_PERMITTED = _("You may not bring in packages for this unit.")
    EMPTY = _("The file is empty.")
    TOO_LARGE = _(
        "The package has more than %(most)d MB. Split it, or have the operator take it in with "
        "the command import_package."
    )
    STATE = _("This package is “%(state)s”: this is not possible now.")
    OUTDATED = _("Something has changed since the package was checked. It is being checked anew.")
    CHANGED = _(
        "The package was checked anew since this page was shown. Nothing was done; look at it "
        "again."
    )
    FAULTY = _("There are errors, and all students or none were asked for. Nothing was taken in.")
    NOTHING = _("There is nothing to take in: every student is here already, or refused.")
    GONE = _("The file of this package is not kept any more. Upload it again.")
    STORAGE = _("The file could not be stored. Try again later, or tell the operator.")


class IncomingRefused(Exception):
    """Something was asked for that may not be done; nothing was changed."""

    def __init__(self, refusal, **params):
        super().__init__(refusal.name)
        self.refusal = refusal
        self.params = params

    @property
    def message(self):
        """Return the reason in the language of the page."""
        return str(self.refusal.value) % self.params
