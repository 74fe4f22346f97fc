"""Pictures that were used for another student already."""

from dataclasses import dataclass

import numpy as np
from django.db.models import BinaryField, Max
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from backoffice.corrections.models import Case
from backoffice.evidence import sketches
from backoffice.evidence.models import EvidenceFile, EvidenceReuse
from correctionkit.catalog import evidence_codes
from correctionkit.findings import Location
from correctionkit.scans.facts import PixelFacts, ScanFacts
from correctionkit.scans.fingerprint import unpack
from correctionkit.scans.likeness import SAME_BYTES, SAME_PIXELS, SAVED_ANEW
from correctionkit.scans.matching import saved_anew

# A picture that many have used is told by its first uses.
MOST_TOLD = 50
_SKETCHES_AT_ONCE = 4000
_FINGERPRINTS_AT_ONCE = 500
# The rules allow three cells of 5,040 to move by two steps; this only spares them work.
_STEPS, _SPARE = 2, 12


@dataclass(frozen=True, slots=True)
class SavedAnew:
    """Files that show the same, saved anew, among those up to the file *looked_to*."""

    files: tuple[int, ...]
    looked_to: int


def look_for_saved_anew(received, record, *, beyond=0):
    """Look through the current files of other students, those after the file *beyond*.

    Reads every file's sketch: to be called outside a transaction that others wait for.
    """
    newest = EvidenceFile.objects.aggregate(newest=Max("pk"))["newest"] or 0
    found = []
    if received.fingerprint:
        others = _others(record).filter(pk__gt=beyond, pk__lte=newest).exclude(fingerprint=b"")
        near = list(_near(others, received.fingerprint[: sketches.BYTES]))
        for pk in _agreeing(near, received):
            found.append(pk)
            if len(found) == MOST_TOLD:
                break
    return SavedAnew(tuple(found), newest)


def keep_reuses(file, received, known):
    """Note which current files of other students show what *file* shows, both ways.

    *known* is what was found before the transaction; what has come since is looked at here.
    """
    record = file.case.record
    late = look_for_saved_anew(received, record, beyond=known.looked_to)
    hows = dict.fromkeys((*known.files, *late.files), SAVED_ANEW)
    others = _others(record).order_by("pk")
    if received.pixel_digest:
        alike = others.filter(pixel_digest=received.pixel_digest)
        hows |= dict.fromkeys(alike.values_list("pk", flat=True)[:MOST_TOLD], SAME_PIXELS)
    same = others.filter(sha256=received.sha256)
    hows |= dict.fromkeys(same.values_list("pk", flat=True)[:MOST_TOLD], SAME_BYTES)
    still = others.filter(pk__in=hows).values_list("pk", flat=True)[:MOST_TOLD]
    EvidenceReuse.objects.bulk_create(
        EvidenceReuse(file_id=one, other_id=other, how=hows[pk])
        for pk in still
        for one, other in ((file.pk, pk), (pk, file.pk))
    )


def reuses_of(case):
    """Return where a current file of *case* and one of another student show the same."""
    return (
        EvidenceReuse.objects.filter(
            file__case=case,
            file__removed_at=None,
            file__replaced_by=None,
            other__removed_at=None,
            other__replaced_by=None,
        )
        .select_related("file", "other__case__record", "other__case__unit")
        .order_by("file_id", "other_id")
    )


def reuse_findings(case, account):
    """Return the findings about reused pictures, one a file.

    Whose the other one is, is said of cases in sight of *account* only.
    """
    rows = list(reuses_of(case))
    in_sight = set(
        Case.objects.visible_to(account)
        .filter(pk__in={row.other.case_id for row in rows})
        .values_list("pk", flat=True)
    )
    said = {}
    for row in rows:
        other = row.other.case
        words = f"{other.reference} {other.record.name}"
        if other.pk not in in_sight:
            words = _("a case of another unit")
        said.setdefault(row.file, {}).setdefault(words, row.how)
    return [
        evidence_codes.EVIDENCE_REUSED.at(
            Location(path=file.received_as),
            student=case.record.shown_number,
            other=list(others),
            how=next(iter(others.values())),
        )
        for file, others in said.items()
    ]


def _others(record):
    return EvidenceFile.objects.current().exclude(case__record=record)


def _near(files, sketch):
    """Yield the ids of files whose sketch is near."""
    first = Substr("fingerprint", 1, sketches.BYTES, output_field=BinaryField())
    rows = files.order_by("pk").values_list("pk", first)
    waiting = []
    for row in rows.iterator(chunk_size=_SKETCHES_AT_ONCE):
        waiting.append(row)
        if len(waiting) == _SKETCHES_AT_ONCE:
            yield from _near_of(waiting, sketch)
            waiting = []
    yield from _near_of(waiting, sketch)


def _near_of(rows, sketch):
    near = sketches.which_are_near(b"".join(bytes(each) for _pk, each in rows), sketch)
    return [pk for (pk, _each), is_near in zip(rows, near, strict=True) if is_near]


def _agreeing(near, received):
    """Yield those of *near* that the rules take for the same picture."""
    ours = _telling(received.fingerprint, received.width, received.height)
    cells = unpack(ours.pixels.fingerprint).astype(np.int16)
    for start in range(0, len(near), _FINGERPRINTS_AT_ONCE):
        part = near[start : start + _FINGERPRINTS_AT_ONCE]
        rows = EvidenceFile.objects.filter(pk__in=part).order_by("pk")
        for pk, *stored in rows.values_list("pk", "fingerprint", "width", "height"):
            theirs = _telling(*stored)
            if _is_alike(cells, theirs) and saved_anew([ours, theirs]) == [0, 0]:
                yield pk


def _is_alike(cells, facts):
    other = unpack(facts.pixels.fingerprint).astype(np.int16)
    return any(
        np.count_nonzero(np.abs(cells - look) >= _STEPS) <= _SPARE for look in (other, other[::-1])
    )


def _telling(stored, width, height):
    """Return as much of a file's measures as the rules compare."""
    pixels = PixelFacts(b"", sketches.fingerprint_of(stored), 0.0, None, None)
    return ScanFacts("", 0, "", width=width, height=height, pixels=pixels)
