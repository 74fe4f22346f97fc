"""Verify the audit trail."""

import argparse
import json
import re
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import known_chains, verify, verify_head

_HEAD = re.compile(r"([a-z]+(?:-[0-9]{1,18})?):([0-9]{1,18}):([0-9a-f]{8,64})", re.IGNORECASE)


def _printed_head(text):
    match = _HEAD.fullmatch(text.strip())
    if not match:
        raise argparse.ArgumentTypeError(
            _("%(head)r is no head: write chain:number:hash, with 8 digits of the hash or more")
            % {"head": text}
        )
    chain, sequence, digest = match.groups()
    return chain.lower(), int(sequence), digest.lower()


class Command(BaseCommand):
    """Exit 0 where the trail is whole, 1 where it is not, 2 after a wrong call."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Verify that no entry of the audit trail was changed, removed or put in.")

    def add_arguments(self, parser):
        """Take chains, printed heads and a format."""
        parser.add_argument(
            "--chain", action="append", metavar="CHAIN", help=_("only this chain; may be repeated")
        )
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            type=_printed_head,
            metavar="CHAIN:NUMBER:HASH",
            help=_("a head as printed on a request sheet; may be repeated"),
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, chain, head, format, **options):  # noqa: A002 - the option's name
        """Print the faults and what was looked at."""
        show = self._print_json if format == "json" else self._print_text
        try:
            chains = _wanted(chain)
            count = show(chains, _faults(chains, head))
        except DatabaseError as error:
            raise CommandError(
                _("The audit trail cannot be read: %(error)s") % {"error": error}, returncode=2
            ) from error
        if count:
            sys.exit(1)

    def _print_json(self, chains, faults):
        rows = [
            {
                "chain": fault.chain,
                "sequence": fault.sequence,
                "kind": fault.kind.value,
                "message": fault.message,
            }
            for fault in faults
        ]
        counts = {"chains": len(chains), "entries": _entry_count(chains), "faults": len(rows)}
        report = {"schema": "backoffice/audit/1", "counts": counts, "faults": rows}
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        return len(rows)

    def _print_text(self, chains, faults):
        count = 0
        for fault in faults:
            self.stdout.write(fault.message)
            count += 1
        entries = _entry_count(chains)
        looked_at = _("Verified %(entries)s in %(chains)s.") % {
            "entries": ngettext("%(n)d entry", "%(n)d entries", entries) % {"n": entries},
            "chains": ngettext("%(n)d chain", "%(n)d chains", len(chains)) % {"n": len(chains)},
        }
        if count:
            result = ngettext("%(n)d fault.", "%(n)d faults.", count) % {"n": count}
        else:
            result = _("The audit trail is whole.")
        self.stdout.write(f"{looked_at} {result}")
        if count >= entries > 0:
            self.stdout.write(
                _("Every entry is at fault: is the digest key the one that they were made with?")
            )
        return count


def _wanted(chains):
    known = known_chains()
    if chains is None:
        return known
    for chain in chains:
        if chain not in known:
            raise CommandError(_("There is no chain %(chain)s.") % {"chain": chain}, returncode=2)
    return list(dict.fromkeys(chains))


def _faults(chains, heads):
    yield from verify(chains)
    for head in heads:
        yield from verify_head(*head)


def _entry_count(chains):
    return AuditEntry.objects.filter(chain__in=chains).count()
