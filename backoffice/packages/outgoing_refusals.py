"""Why something was not done with a package, in words for the person who asked for it."""

from enum import Enum

from django.utils.translation import gettext_lazy as _


class PackageRefusal(Enum):
    """The reasons for which something about a package is refused."""

    NOT_PERMITTED = _("You have no right to do this.")
    NOTHING = _("There is nothing to send: no request is signed off and not sent yet.")
    CHANGED = _("What would be sent has changed since it was shown. Look at it again.")
    BATCH_TAKEN = _("Batch %(batch)d of %(year)d exists already. The next free number is %(next)d.")
    TOO_MANY = _("More than %(most)d requests. Choose a shorter period.")
    NOT_READY = _("The package is “%(state)s”: this is not possible now.")
    SENT = _("Of this package something was sent already: it stays.")
    NO_ADDRESS = _("No unit above %(unit)s has an address for packages. Ask its administrator.")
    NO_MAIL = _("No mail server is set up here: download the package, and hand it over otherwise.")
    MOVED = _(
        "Since the package was composed, requests in it were withdrawn, sent back, decided or sent "
        "otherwise (%(count)d). Compose it anew."
    )
    RENEWED = _("This batch has a later revision already: go on with that one.")
    UNDER_WAY = _("This package is being sent.")


class PackageRefused(Exception):
    """Something was asked for that may not be done; nothing was changed."""

    def __init__(self, refusal, **params):
        super().__init__(refusal.name)
        self.refusal = refusal
        self.params = params

    @property
    def message(self):
        """Return the reason in the language of the page."""
        return str(self.refusal.value) % self.params
