"""Entries of the audit trail as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of
from backoffice.audit.queries import entries_about
from backoffice.units.models import Account, Person, Unit

# Who read something is for auditors, in the trail itself.
_READING = {Act.EVIDENCE_READ, Act.SCAN_READ, Act.RECORD_REVEAL, Act.EXPORT, Act.AUDIT_READ}
_MOST = 200


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One act in words: when, who by what account, what, on what, with which facts."""

    pk: int
    at: datetime
    person: str
    account: str
    label: str
    place: str
    chain: str
    sequence: int
    ref: str
    facts: tuple[tuple[str, str], ...]


def changes_of(obj):
    """Return the latest acts on *obj* that were no mere reading, the newest first."""
    entries = entries_about(f"{obj._meta.model_name}:{obj.pk}").exclude(act__in=_READING)
    return shown_entries(entries.order_by("-at", "-pk")[:_MOST])


def shown_entries(entries):
    """Return *entries* with the people and accounts named that still exist."""
    entries = list(entries)
    people = Person.objects.in_bulk({each.person_id for each in entries} - {None})
    accounts = Account.objects.in_bulk({each.account_id for each in entries} - {None})
    units = _units_of({each.chain for each in entries})
    return [
        ShownEntry(
            pk=each.pk,
            at=each.at,
            person=str(people.get(each.person_id, "")),
            account=accounts[each.account_id].username if each.account_id in accounts else "",
            label=each.label,
            place=str(units.get(each.chain, "")),
            chain=each.chain,
            sequence=each.sequence,
            ref=each.ref,
            facts=tuple(_facts(each)),
        )
        for each in entries
    ]


def _units_of(chains):
    keys = [int(chain.removeprefix("unit-")) for chain in chains if chain.startswith("unit-")]
    return {chain_of(key): unit for key, unit in Unit.objects.in_bulk(keys).items()}


def _facts(entry):
    """Yield the facts of an entry that say something, as text."""
    for key, value in sorted(entry.facts.items()):
        if value is not None:
            yield key, _text(value)


def _text(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
