"""Why something was not done, in words for the person who asked for it."""

from enum import Enum

from django.utils.translation import gettext_lazy as _

from backoffice.words import say
from correctionkit.terms import Words


class Refusal(Enum):
    """The reasons for which an event of a request or a sheet is refused."""

    WRONG_STATE = _("This is not possible any more: the request is “%(state)s” by now.")
    BLOCKED = _("It is not this step's turn.")
    NOT_PERMITTED = _("You have no right to do this.")
    NOT_YOURS = _("This lies with %(person)s. Have it handed over to you first.")
    NOT_YOUR_STEP = _("This step belongs to another role or unit.")
    FOUR_EYES = _("You have taken part in this request already; somebody else has to do this.")
    STALE = _("Somebody has changed this since you opened it. Look at it again.")
    TAKEN = _("%(person)s has taken this case.")
    ON_SHEET = _("This goes by the request sheet, not singly.")
    REASON_NEEDED = _("Choose a reason.")
    REASON_UNFIT = _("This reason is not meant for this, or is in use no longer.")
    OPINION_NEEDED = _("Give an opinion: this reason does not explain itself.")
    CAUSE_NEEDED = _("Give the cause.")
    NOTHING_TO_DO = _("There is nothing left to do here.")
    NO_POLICY = _("No policy is in force for this unit. Ask headquarters' registrar.")
    NO_LEVEL = _("The policy wants a unit of level “%(level)s” above this one; there is none.")
    KIND_UNKNOWN = _("The policy in force knows no such kind of request.")
    REVERSAL_ONLY = _("To take a value back, ask for it at the request that was applied.")
    UNIT_CLOSED = _("%(unit)s is closed, and files nothing any more.")
    STATUS_UNKNOWN = _("The policy takes no requests for students of status “%(status)s”.")
    CASE_SUBMITTED = _("This case was submitted before. Begin a new one for further fields.")
    FIELD_TAKEN = _("%(field)s of this student has an open request already.")
    NUMBER_TAKEN = _(
        "The ID number asked for %(student)s is that of %(other)s too. Neither record was changed."
    )
    CODE_UNKNOWN = _("No sheet has this code. Compare it with the print, character by character.")
    REVISION_LAPSED = _(
        "This print is no longer in force. Print revision %(revision)s of sheet %(sheet)s, "
        "and have that signed."
    )
    OTHER_SHEET = _("This code is that of sheet %(sheet)s. Upload its scan there.")
    CODE_UNREAD = _(
        "No code of a sheet could be read on these pictures. Scan the pages anew, flat and whole, "
        "at 200 dpi or more; or type the code that stands at the foot of each page."
    )
    PRINT_UNKNOWN = _(
        "The code on this print names revision %(revision)s of sheet %(sheet)s, but not the lines "
        "that were frozen in it. Print the sheet anew, and have that signed."
    )
    PAGES_FOREIGN = _(
        "Picture %(pictures)s is a page of another print: %(other)s. Leave it out: this is sheet "
        "%(sheet)s, revision %(revision)s."
    )
    PAGES_MISSING = _(
        "The sheet has %(whole)s pages; page %(pages)s is missing. Scan it too, and upload all "
        "pages together."
    )
    SHEET_STATE = _("The sheet is “%(state)s”: this is not possible now.")
    SHEET_EARLY = _("The day of this sheet has not come yet.")
    SCAN_MISSING = _("Choose the scan of the signed sheet.")
    RECEIVER_UNFIT = _("%(person)s has no right to keep cases of this unit.")
    HANDS = _("Only a case that lies with its clerk can be handed over.")
    NOT_APPLIED = _("Only an applied value can be taken back.")
    NOT_STANDING = _("The record holds another value by now; there is nothing to take back.")


class Refused(Exception):
    """Something was asked for that may not be done; nothing was changed."""

    def __init__(self, refusal, subject=None, **params):
        super().__init__(refusal.name)
        self.refusal = refusal
        self.subject = subject
        self.params = params

    @property
    def message(self):
        """Return the reason in the language of the page."""
        params = {
            name: say(value) if isinstance(value, Words) else value
            for name, value in self.params.items()
        }
        return str(self.refusal.value) % params


class SubmissionBlocked(Exception):
    """A case has findings that stop it; *findings* says which."""

    def __init__(self, findings):
        super().__init__(f"{len(findings)} findings")
        self.findings = findings
