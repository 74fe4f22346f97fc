"""Scans of a package on their way into the evidence storage, and out again where they must."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile

from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.receiving import Received, discard, receive
from backoffice.evidence.refusals import NotReceived
from backoffice.evidence.reuse import SavedAnew, look_for_saved_anew
from backoffice.evidence.services import add_received
from correctionkit.packages.reader.entries import MemberFault
from correctionkit.packages.reader.tree import open_package


class ScanChanged(Exception):
    """A scan is not, or no longer, what was checked."""

    code = "scan-changed"


@dataclass(frozen=True, slots=True)
class Stored:
    """A scan in the storage, not in a case yet."""

    kind: str
    received: Received
    known: SavedAnew


class ScansIn:
    """Scans of the package at *path*: stored before a transaction, put into cases inside it.

    A context manager: what was stored and is in no case by the end is removed again.
    """

    def __init__(self, path, policy):
        self._package = open_package(path, policy.package_bounds)
        self._entries = {entry.path: entry for entry in self._package.entries}
        self._policy = policy
        self._loose = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self._package.close()
        self.settle()

    def store(self, verdict):
        """Store the scans that a student's case gets; raises ScanChanged, EvidenceRefused."""
        held = self._loose.setdefault(verdict.record.pk, [])
        for scan in verdict.scans:
            content = self._content(scan)
            name = scan.path.rpartition("/")[2]
            try:
                bounds = self._policy.scan_bounds
                received = receive(ContentFile(content), name, bounds, takes_pdf=False)
            except NotReceived as fault:
                raise ScanChanged from fault
            held.append(Stored(scan.kind, received, SavedAnew((), 0)))
            known = look_for_saved_anew(received, verdict.record)
            held[-1] = Stored(scan.kind, received, known)

    def put(self, verdict, case, by):
        """Put the stored scans of a student into a case, inside the open transaction."""
        for each in self._loose.get(verdict.record.pk, ()):
            add_received(case.pk, each.kind, each.received, each.known, by=by)

    def settle(self):
        """Remove what was stored and is in no case: that of a transaction that came to nothing.

        To be called outside one.
        """
        loose = [each.received for held in self._loose.values() for each in held]
        self._loose.clear()
        used = _names_in_cases([each.original for each in loose])
        for each in loose:
            if each.original not in used:
                discard(each)

    def _content(self, scan):
        entry = self._entries.get(scan.path)
        try:
            content = self._package.read(entry) if entry else b""
        except MemberFault as fault:
            raise ScanChanged from fault
        if hashlib.sha256(content).hexdigest() != scan.sha256:
            raise ScanChanged
        return content


def _names_in_cases(names):
    """Return those of the stored *names* that are originals of evidence."""
    found = set()
    for start in range(0, len(names), 400):
        rows = EvidenceFile.objects.filter(original__in=names[start : start + 400])
        found.update(rows.values_list("original", flat=True))
    return found
