"""The manifest of a package: the SHA-256 of every file, to tell on arrival what has changed.

It lies at the top of the package, in UTF-8, and has one line a file, sorted by path: 64
hexadecimal digits, two spaces, the path below the top with ``/`` between its parts.  So it is
what ``sha256sum --check`` reads.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from correctionkit.catalog import package_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.reader.entries import Entry, MemberFault
from correctionkit.packages.reader.sources import in_order
from correctionkit.packages.reader.tree import Package, open_package
from correctionkit.packages.unread import check_unread
from correctionkit.packages.writer.zip_writing import Member, content_blocks
from correctionkit.policy.bounds import PackageBounds

MANIFEST_NAME = "manifest-sha256.txt"

# A package of 20,000 files with long names has one of some 6 MB.
_MOST_BYTES = 16 * 1024**2
_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")


class ManifestUnreadable(ValueError):
    """A text is no manifest."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a package's manifest says of it.

    *files* is how many stand in the manifest, None where the package has no readable one.
    *top* names the folder that holds everything, where there is one.
    """

    files: int | None
    findings: tuple[Finding, ...]
    top: str | None


def manifest_bytes(digests: Mapping[str, str]) -> bytes:
    """Write the manifest of files, given as SHA-256 by path."""
    lines = (f"{digests[path]}  {path}\n" for path in sorted(digests))
    return "".join(lines).encode()


def with_manifest(members: Iterable[Member]) -> list[Member]:
    """Return *members*, whose paths are below the top, and the manifest of them.

    Every content is read once for it.  Raises OSError where one cannot be.
    """
    kept = list(members)
    digests = {name: _digest(content_blocks(content)) for name, content in kept if name[-1] != "/"}
    return [*kept, (MANIFEST_NAME, manifest_bytes(digests))]


def read_manifest(content: bytes) -> dict[str, str]:
    """Read a manifest: SHA-256 by path.  Raises :exc:`ManifestUnreadable`."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ManifestUnreadable("not in UTF-8") from error
    digests: dict[str, str] = {}
    # Of the characters that end lines elsewhere, some may stand in a path.
    lines = text.removesuffix("\n").split("\n") if text else []
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        path = _key(found[2]) if found else ""
        if found is None or path in digests:
            raise ManifestUnreadable(f"line {number}")
        digests[path] = found[1]
    return digests


def check_manifest(package: Package, manifest: Entry) -> Iterator[Finding]:
    """Yield where *package* is not what its *manifest* says.

    A file that cannot be read has its finding elsewhere, and gets none here.
    """
    try:
        digests = read_manifest(package.read(manifest, _MOST_BYTES))
    except (ManifestUnreadable, MemberFault):
        yield _mismatch(manifest.path, "unreadable")
        return
    files = {_key(each.path): each for each in package.entries if not each.is_folder}
    files.pop(_key(manifest.path))
    for path in sorted(digests.keys() | files.keys()):
        entry = files.get(path)
        if entry is None:
            yield _mismatch(path, "missing")
        elif path not in digests:
            yield _mismatch(entry.path, "surplus")
        elif _digest_of_entry(package, entry) not in (digests[path], None):
            yield _mismatch(entry.path, "changed")


def verify_package(path: Path, bounds: PackageBounds) -> Verified:
    """Hold the package at *path* against its manifest, and judge nothing else.

    Raises ``PackageUnreadable`` where nothing can be listed.  What cannot be read, or be
    trusted, is a finding.
    """
    with open_package(path, bounds) as package:
        manifest = next((each for each in package.entries if each.path == MANIFEST_NAME), None)
        findings = list(package.findings)
        files = None
        if manifest and not manifest.is_folder:
            told = list(check_manifest(package, manifest))
            findings += told
            if not any(each.params["fault"] == "unreadable" for each in told):
                files = len(read_manifest(package.read(manifest, _MOST_BYTES)))
        unread = package.unread
        findings += check_unread(package, unread) if files is None else _changed(package, unread)
        return Verified(files, in_order(findings), package.wrapper)


def _changed(package: Package, unread: Iterable[Entry]) -> Iterator[Finding]:
    """Yield what cannot be read to its end, so that nothing is known of it."""
    return (
        _mismatch(each.location.path or "", "changed") for each in check_unread(package, unread)
    )


def _digest_of_entry(package: Package, entry: Entry) -> str | None:
    try:
        return _digest([package.read(entry)])
    except MemberFault:
        return None


def _digest(blocks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def _key(path: str) -> str:
    """Return what a path is known by: programs that pack anew may take letters apart."""
    return unicodedata.normalize("NFC", path)


def _mismatch(path: str, fault: str) -> Finding:
    cause = "manifest-unreadable" if fault == "unreadable" else f"manifest-file-{fault}"
    return package_codes.MANIFEST_MISMATCH.at(
        Location(path=path), name=path, fault=fault, cause=cause
    )
