"""The one way into the audit trail: acts are logged with what they do, or not at all."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from backoffice.audit.acts import known
from backoffice.audit.facts import checked_chain, checked_digest, checked_facts, checked_ref
from backoffice.audit.links import ZERO, entry_hash, head_seal
from backoffice.audit.models import AuditEntry, AuditHead

OFFICE = "office"
UNSET = object()

_thread = threading.local()


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: its last sequence number and hash."""

    sequence: int
    hash: str


class Log:
    """The entries of one transaction, kept until its end."""

    def __init__(self, by=None):
        self.by = by
        self.is_open = True
        self._entries = []

    def add(self, act, *, chain, ref, digest="", by=UNSET, **facts):
        """Note that *act* was done on *ref*, by the transaction's account if none is given.

        Raises ValueError for an unknown act and for facts that could name a person,
        RuntimeError once the transaction is over.
        """
        if not self.is_open:
            raise RuntimeError("this log was written at the end of its transaction")
        account = self.by if by is UNSET else by
        self._entries.append(
            AuditEntry(
                chain=checked_chain(chain),
                at=timezone.now(),
                account_id=getattr(account, "pk", None),
                # Nobody in particular has no person: who failed to sign in, the system.
                person_id=getattr(account, "person_id", None),
                act=known(act),
                ref=checked_ref(ref),
                digest=checked_digest(digest),
                facts=checked_facts(facts),
            )
        )

    def take(self, other):
        """Add what *other* holds."""
        self._entries += other._entries

    def write(self):
        """Append the entries to their chains, ascending by chain so that nobody waits in a ring."""
        chains = {}
        for entry in self._entries:
            chains.setdefault(entry.chain, []).append(entry)
        for chain in sorted(chains):
            _append(chain, chains[chain])


@contextmanager
def office_transaction(by=None):
    """Open a transaction whose log is written as its last act; yields the log.

    Inside another of the same thread it joins that one, for the same account if none is
    given: the outermost writes.  What is raised undoes the block, its entries too, even where
    an outer block catches it.  A plain ``atomic`` inside does not take its entries along:
    a block that is caught must be one of these.
    """
    outer = getattr(_thread, "log", None)
    log = Log(outer.by if by is None and outer else by)
    _thread.log = log
    try:
        with transaction.atomic():
            yield log
            stands = not transaction.get_rollback()
            if stands and outer is None:
                log.write()
    finally:
        log.is_open = False
        _thread.log = outer
    if stands and outer:
        outer.take(log)


def note(act, *, by, chain, ref, digest="", **facts):
    """Log one act that changes nothing else, such as reading, in a transaction of its own.

    Inside an office transaction it stands or falls with that.
    """
    with office_transaction(by) as log:
        log.add(act, chain=chain, ref=ref, digest=digest, by=by, **facts)


def chain_of(unit):
    """Return the chain of a unit, given as such or by its id."""
    key = unit if isinstance(unit, int) else unit.pk
    return checked_chain(f"unit-{key}")


def head_of(chain):
    """Return where *chain* ends, without what the open transaction has yet to write."""
    head = AuditHead.objects.filter(chain=chain).first()
    return Head(head.sequence, head.hash) if head else Head(0, ZERO)


def _append(chain, entries):
    head = _locked_head(chain)
    for entry in entries:
        entry.sequence = head.sequence + 1
        entry.previous = head.hash
        entry.hash = entry_hash(entry)
        head.sequence, head.hash = entry.sequence, entry.hash
    AuditEntry.objects.bulk_create(entries, batch_size=500)
    head.seal = head_seal(chain, head.sequence, head.hash)
    head.save(force_update=True)


def _locked_head(chain):
    heads = AuditHead.objects.select_for_update()
    head = heads.filter(chain=chain).first()
    if head is None:
        # Somebody else may open the same chain now: whoever comes second waits here.
        AuditHead.objects.bulk_create([AuditHead(chain=chain)], ignore_conflicts=True)
        head = heads.get(chain=chain)
    return head
