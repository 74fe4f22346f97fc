"""Entries whose hash is not theirs: changed, put in, or moved?"""

from backoffice.audit.faults import Fault, FaultKind
from backoffice.audit.links import is_whole

_MOST = 100


class Suspects:
    """The suspects of one chain, a bounded number of them.

    Entries that changed places all become suspects, and each fits the place of another one
    or one that is vacant: so each is tried in all of these.  Beyond the bound an entry is
    called changed without a trial.
    """

    def __init__(self, chain):
        self._chain = chain
        self._entries = []
        self._vacant = []
        self._are_too_many = False

    def add(self, entry):
        """Take in *entry*; yield the faults that are clear at once."""
        if not self._are_too_many and len(self._entries) == _MOST:
            self._are_too_many = True
            yield from (self._fault(each, FaultKind.CHANGED) for each in self._entries)
            self._entries = []
        if self._are_too_many:
            yield self._fault(entry, FaultKind.CHANGED)
        else:
            self._entries.append(entry)

    def vacate(self, first, last):
        """Tell that nothing stands at the places from *first* to *last*."""
        room = max(0, _MOST - len(self._vacant))
        self._vacant += range(first, min(last, first + room - 1) + 1)

    def faults(self, end):
        """Yield a fault for each suspect of a chain that ends at *end*."""
        places = [*(entry.sequence for entry in self._entries), *self._vacant]
        origins = {entry.pk: _origin(entry, places) for entry in self._entries}
        proven = set(origins.values()) - {None}
        for entry in self._entries:
            if origins[entry.pk] is not None:
                yield self._fault(entry, FaultKind.REORDERED)
            elif entry.sequence in proven or not 0 < entry.sequence <= end:
                yield self._fault(entry, FaultKind.INSERTED)
            else:
                yield self._fault(entry, FaultKind.CHANGED)

    def _fault(self, entry, kind):
        return Fault(self._chain, entry.sequence, kind)


def _origin(entry, places):
    return next((place for place in places if is_whole(entry, sequence=place)), None)
