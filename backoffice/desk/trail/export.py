"""The audit trail as CSV, for a spreadsheet: with a mark of UTF-8, and no formulas."""

import csv
import json

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.desk.history import shown_entries

_CHUNK = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """Gives back what a csv writer writes."""

    def write(self, line):
        return line


def lines_of(entries):
    """Yield the lines of *entries*, a chunk in memory at a time."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(_headings())
    chunk = []
    for entry in entries.iterator(chunk_size=_CHUNK):
        chunk.append(entry)
        if len(chunk) == _CHUNK:
            yield from map(writer.writerow, _rows(chunk))
            chunk = []
    yield from map(writer.writerow, _rows(chunk))


def _headings():
    return [
        _("Chain"),
        _("No."),
        _("When"),
        _("Account"),
        _("User name"),
        _("Person no."),
        _("Person"),
        _("Act"),
        _("In words"),
        _("About"),
        _("Digest"),
        _("Facts"),
        _("Previous hash"),
        _("Hash"),
    ]


def _rows(entries):
    for entry, shown in zip(entries, shown_entries(entries), strict=True):
        row = [
            entry.chain,
            entry.sequence,
            timezone.localtime(entry.at).isoformat(timespec="microseconds"),
            entry.account_id,
            shown.account,
            entry.person_id,
            shown.person,
            entry.act,
            shown.label,
            entry.ref,
            entry.digest,
            json.dumps(entry.facts, ensure_ascii=False, sort_keys=True),
            entry.previous,
            entry.hash,
        ]
        yield [_inert(cell) for cell in row]


def _inert(cell):
    """Return *cell* as a spreadsheet takes it for text."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
