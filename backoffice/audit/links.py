"""How the entries of a chain hold on to one another."""

import json
from datetime import UTC

from backoffice.sealing.digests import keyed_digest

ZERO = "0" * 64


def entry_hash(entry, *, sequence=None):
    """Return the hash that *entry* must have, or would have at another *sequence*.

    It covers everything in the entry and the hash of the one before.  It is keyed, so that
    whoever has the database alone cannot make a chain anew.
    """
    content = {
        "account": entry.account_id,
        "act": entry.act,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "chain": entry.chain,
        "digest": entry.digest,
        "facts": entry.facts,
        "person": entry.person_id,
        "previous": entry.previous,
        "ref": entry.ref,
        "sequence": entry.sequence if sequence is None else sequence,
    }
    return keyed_digest(json.dumps(content, sort_keys=True, separators=(",", ":")), "audit-entry")


def is_whole(entry, *, sequence=None):
    """Tell whether *entry* is as it was appended, there or at another *sequence*."""
    try:
        return entry_hash(entry, sequence=sequence) == entry.hash
    except (AttributeError, TypeError, ValueError):
        # SQLite keeps values of any type in any column: such a row is not what was written.
        return False


def head_seal(chain, sequence, digest):
    """Return the seal of a head, without which a cut chain could be given an older head."""
    return keyed_digest(f"{chain}:{sequence}:{digest}", "audit-head")


def is_sealed(head):
    """Tell whether *head* is as it was left by the last who appended."""
    return head.seal == head_seal(head.chain, head.sequence, head.hash)
