"""What can be wrong with a chain."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FaultKind(models.TextChoices):
    """Kinds of faults; the codes are public."""

    CHANGED = "changed", _("this entry was changed")
    REMOVED = "removed", _("entries are missing from here on, before the next one")
    INSERTED = "inserted", _("this entry was put in: it was never appended here")
    DUPLICATE = "duplicate", _("another entry has the same sequence number")
    REORDERED = "reordered", _("this entry was moved here from another place of the chain")
    LINK_BROKEN = "link-broken", _("this entry does not follow from the one before it")
    TAIL_CUT = "tail-cut", _("the end of the chain is missing from here on")
    HEAD_MISSING = "head-missing", _("the head of the chain is missing; this is the last entry")
    HEAD_CHANGED = "head-changed", _("the head of the chain was changed")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the chain, the sequence number that it is seen at, and its kind."""

    chain: str
    sequence: int
    kind: FaultKind

    @property
    def message(self):
        """Return the fault in words."""
        return gettext("%(chain)s, no. %(sequence)d: %(words)s") % {
            "chain": self.chain,
            "sequence": self.sequence,
            "words": self.kind.label,
        }
