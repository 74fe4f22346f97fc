"""Verification: what was done to the chains behind the log's back."""

from itertools import islice

from backoffice.audit.faults import Fault, FaultKind
from backoffice.audit.links import ZERO, is_sealed, is_whole
from backoffice.audit.models import AuditEntry, AuditHead
from backoffice.audit.suspects import Suspects

_CHUNK = 500


def verify(chains=None):
    """Yield the faults of *chains*, of all if none are given, chain by chain.

    Holds a chunk of entries at a time, however many there are.  The office may go on
    meanwhile: a head is read before the entries that it must cover.
    """
    for chain in known_chains() if chains is None else chains:
        yield from _Walk(chain).faults()


def verify_head(chain, sequence, digest):
    """Yield the fault of *chain* against a printed head: a number, a hash or its beginning."""
    entries = AuditEntry.objects.filter(chain=chain)
    stored = list(entries.filter(sequence=sequence).values_list("hash", flat=True))
    if sequence == 0:
        stored = [ZERO]
    if not stored:
        goes_on = entries.filter(sequence__gt=sequence).exists()
        yield Fault(chain, sequence, FaultKind.REMOVED if goes_on else FaultKind.TAIL_CUT)
    elif not any(str(each).startswith(digest) for each in stored):
        yield Fault(chain, sequence, FaultKind.CHANGED)


def known_chains():
    """Return every chain of which there is an entry or a head, in order."""
    of_entries = AuditEntry.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return sorted({*of_entries, *AuditHead.objects.values_list("chain", flat=True)})


class _Walk:
    """One pass over a chain, from its first entry to its head."""

    def __init__(self, chain):
        self.chain = chain
        self.suspects = Suspects(chain)
        self.head = _head(chain)
        self.last = 0
        self.last_whole = 0
        self.link = ZERO
        self.head_fits = True

    def faults(self):
        """Yield the faults, those that need the whole chain to be told last."""
        for sequence, entry in _entries(self.chain):
            yield from self._step(sequence, entry)
        # Entries beyond the head may be just appended; then the head has gone on with them.
        now = self.head
        if now is None or now.sequence < self.last:
            now = _head(self.chain)
        if self.head and is_sealed(self.head) and self.head.sequence > self.last:
            self.suspects.vacate(self.last + 1, self.head.sequence)
            yield self._fault(self.last + 1, FaultKind.TAIL_CUT)
        yield from self._head_faults(now)
        yield from self.suspects.faults(now.sequence if now and is_sealed(now) else self.last)

    def _step(self, sequence, entry):
        whole = entry is not None and is_whole(entry)
        if entry is None:
            yield self._fault(sequence, FaultKind.CHANGED)
        elif not whole:
            yield from self.suspects.add(entry)
        if 0 < sequence == self.last:
            yield self._fault(sequence, FaultKind.DUPLICATE)
        elif sequence > self.last + 1:
            self.suspects.vacate(self.last + 1, sequence - 1)
            yield self._fault(self.last + 1, FaultKind.REMOVED)
        elif whole and self.link is not None and entry.previous != self.link:
            yield self._fault(sequence, FaultKind.LINK_BROKEN)
        self.last = max(self.last, sequence)
        self.link = entry and entry.hash
        if whole:
            self.last_whole = sequence
            if self.head and sequence == self.head.sequence:
                self.head_fits = entry.hash == self.head.hash

    def _head_faults(self, now):
        if now is None:
            if self.last:
                yield self._fault(self.last, FaultKind.HEAD_MISSING)
        elif not is_sealed(now) or now.sequence < self.last_whole or not self.head_fits:
            yield self._fault(now.sequence, FaultKind.HEAD_CHANGED)

    def _fault(self, sequence, kind):
        return Fault(self.chain, sequence, kind)


def _head(chain):
    head = AuditHead.objects.filter(chain=chain).first()
    if head:
        head.sequence = _number(head.sequence)
    return head


def _number(stored):
    """Return a stored sequence number, 0 for what is none: SQLite keeps anything anywhere."""
    return stored if isinstance(stored, int) else 0


def _entries(chain):
    """Yield the sequence numbers of *chain*, each with its entry or None if it is unreadable."""
    entries = AuditEntry.objects.filter(chain=chain)
    places = entries.order_by("sequence", "pk").values_list("pk", "sequence")
    places = places.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(places, _CHUNK)):
        found = _readable(entries, [pk for pk, _sequence in chunk])
        for pk, sequence in chunk:
            yield _number(sequence), found.get(pk) if isinstance(sequence, int) else None


def _readable(entries, keys):
    """Return the entries of *keys* that can be read, which those with no date for one can't."""
    try:
        return entries.in_bulk(keys)
    except (TypeError, ValueError):
        if len(keys) == 1:
            return {}
        half = len(keys) // 2
        return _readable(entries, keys[:half]) | _readable(entries, keys[half:])
