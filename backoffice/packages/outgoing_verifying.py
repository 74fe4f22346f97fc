"""Verifying a package that arrived: against its manifest, and against what was sent from here."""

from dataclasses import dataclass
from pathlib import Path

from django.db.models import F

from backoffice.packages.models import OutgoingPart
from backoffice.packages.outgoing_keeping import digest_of
from correctionkit.findings import Finding
from correctionkit.packages.manifest import verify_package
from correctionkit.packages.reader.entries import PackageUnreadable
from correctionkit.policy.bounds import PackageBounds
from correctionkit.terms import Severity


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a package that arrived.

    *files* is how many its manifest names, None without one.  *part* is what was composed here
    with the same bytes, *namesake* what has its name and other bytes.  A folder has no *sha256*.
    """

    sha256: str | None
    files: int | None
    findings: tuple[Finding, ...]
    part: OutgoingPart | None = None
    namesake: OutgoingPart | None = None

    @property
    def readable(self):
        """Tell whether anything could be listed."""
        return not any(each.code == "package-unreadable" for each in self.findings)

    @property
    def sound(self):
        """Tell whether it has a manifest and is what that says, or is the very file sent."""
        errors = any(each.severity is Severity.ERROR for each in self.findings)
        return not errors and self.namesake is None and (self.files is not None or bool(self.part))


def verify(path, bounds: PackageBounds, parts):
    """Return what is known of the package at *path*; *parts* are those in sight.

    Nothing of it is kept.
    """
    path = Path(path)
    sha256 = digest_of(path) if path.is_file() else None
    try:
        verified = verify_package(path, bounds)
    except PackageUnreadable as unreadable:
        return Arrival(sha256, None, (unreadable.finding,))
    # Of revisions with the same bytes the one that went.
    went_first = F("sent_at").desc(nulls_last=True)
    parts = parts.select_related("package__unit").order_by(went_first, "-pk")
    part = parts.filter(sha256=sha256).first() if sha256 else None
    named = None
    if part is None and sha256 and verified.top:
        named = parts.filter(subject=verified.top).first()
    return Arrival(sha256, verified.files, verified.findings, part, named)
