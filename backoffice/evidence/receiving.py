"""Receiving of files: measured, refused or stored, with something clean to look at.

What was received is the evidence and is kept byte for byte under its hash; what the office
shows is a clean derivative of it.
"""

from dataclasses import dataclass

from backoffice.evidence.documents import draw_pages
from backoffice.evidence.refusals import NotReceived
from backoffice.evidence.sketches import stored_fingerprint
from backoffice.evidence.storing import names_of, remove, store
from backoffice.storage.names import plain_name
from correctionkit.catalog import scan_codes
from correctionkit.findings import Finding, Location
from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans.check import Judged, check_scan, check_size
from correctionkit.scans.clean import clean_copy
from correctionkit.scans.decode import PICTURE_ERRORS
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.formats import sniff
from correctionkit.scans.probe import probe
from correctionkit.scans.thumbnail import thumbnail

PDF = "PDF"

# What is not even stored, and why; every other finding is stored with its file, so that the
# clerk sees beside the picture what is wrong with it, and the submission is blocked.
REFUSED = {
    scan_codes.SCAN_FORMAT.code: "nothing that could be shown or compared, and maybe a program",
    scan_codes.SCAN_TOO_LARGE.code: "never read whole, so that nobody fills memory or disk",
    scan_codes.SCAN_PIXELS.code: "never decoded, so that there is no picture to look at",
    scan_codes.SCAN_DAMAGED.code: "part of the picture is lost, maybe what is decided on",
}


@dataclass(frozen=True, slots=True)
class Received:
    """One file in the storage.

    *original*, *clean* and *thumbnail* are names there; *clean* is the first of *pages*.
    *width* and *height* are as the picture is shown.
    """

    original: str
    clean: str
    thumbnail: str
    received_as: str
    format: str
    size: int
    width: int
    height: int
    pages: int
    sha256: str
    pixel_digest: str
    fingerprint: bytes
    facts: ScanFacts


def receive(content, name: str, bounds: ScanBounds, *, takes_pdf: bool = True) -> Received:
    """Store one file, given as bytes or as an open upload.

    Raises NotReceived with findings, or EvidenceRefused, for what is not kept.
    """
    name = plain_name(name)
    data = _bounded(content, name, bounds, takes_pdf)
    facts = probe(data, bounds=bounds)
    if facts.format == PDF and takes_pdf:
        return _document(data, name, facts)
    _refuse(_findings(facts, name, bounds))
    try:
        clean = clean_copy(data, facts)
    except PICTURE_ERRORS as fault:
        damaged = scan_codes.SCAN_DAMAGED.at(Location(path=name), fault="structure-broken")
        raise NotReceived([damaged]) from fault
    # Of the clean copy, which tempts no reader to look for further frames.
    names = store(data, [clean], thumbnail(clean, facts))
    width, height = facts.upright_size
    telling = facts.pixels is not None and not facts.pixels.is_blank
    return Received(
        *names,
        received_as=name,
        format=facts.format,
        size=facts.size,
        width=width,
        height=height,
        pages=1,
        sha256=facts.sha256,
        pixel_digest=facts.pixels.digest.hex() if telling else "",
        fingerprint=stored_fingerprint(facts.pixels.fingerprint) if telling else b"",
        facts=facts,
    )


def discard(received: Received) -> None:
    """Remove the files again, since what they were received for came to nothing."""
    remove(names_of(received.original, received.clean, received.thumbnail, received.pages))


def _document(data: bytes, name: str, facts: ScanFacts) -> Received:
    pages = draw_pages(data)
    first = probe(pages[0], bounds=_ANY)
    names = store(data, pages, thumbnail(pages[0], first))
    return Received(
        *names,
        received_as=name,
        format=PDF,
        size=facts.size,
        width=first.width,
        height=first.height,
        pages=len(pages),
        sha256=facts.sha256,
        pixel_digest="",
        fingerprint=b"",
        facts=facts,
    )


_ANY = ScanBounds(max_bytes=2**40, min_dpi=1, max_pixels=100_000_000, max_side=100_000)


def _bounded(content, name: str, bounds: ScanBounds, takes_pdf: bool) -> bytes:
    """Return the content, of which no more is read than one byte beyond the bound."""
    if isinstance(content, bytes):
        size, data = len(content), content
    else:
        content.seek(0)
        data = content.read(bounds.max_bytes + 1)
        size = max(content.size or 0, len(data))
    if size > bounds.max_bytes:
        facts = ScanFacts(sniff(data), size, "")
        if facts.format == PDF and takes_pdf:
            judged = Judged(facts, bounds, Location(path=name), name, None, None, False)
            _refuse(check_size(judged))
        _refuse(_findings(facts, name, bounds))
    return data


def _findings(facts: ScanFacts, name: str, bounds: ScanBounds):
    return check_scan(facts, bounds, Location(path=name), name=name, kind=None, student=None)


def _refuse(findings) -> None:
    refused: list[Finding] = [each for each in findings if each.code in REFUSED]
    if refused:
        raise NotReceived(refused)
