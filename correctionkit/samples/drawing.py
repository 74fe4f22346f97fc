"""Draw a scan of any kind, of any made-up person."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image

from correctionkit.samples import (
    cards,
    letters,
    marks,
    office_forms,
    paper,
    report_letter,
    schooling,
)
from correctionkit.samples.entries import Entries, entries
from correctionkit.samples.former import as_recorded
from correctionkit.samples.page import A4, A4_LANDSCAPE, Page
from correctionkit.samples.people import Person
from correctionkit.samples.report_letter import Letter

DPI = 200
QUALITY = 88


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one kind is drawn: what is printed for everybody, what is filled in for one.

    *shows_former* names the field whose former value the sheet tells, where it is not
    told what stood before.  Cards carry their mark themselves, and the sheet around them
    stays empty.
    """

    printed: Callable[[Page], None]
    filled: Callable[[Page, Entries, random.Random], None]
    size: tuple[float, float] = A4
    shows_former: str | None = None
    marked_across: bool = True


_SHEETS = {
    "id_card": Sheet(cards.printed, cards.filled_both, marked_across=False),
    "id_card_front": Sheet(cards.printed, cards.filled_front, marked_across=False),
    "id_card_back": Sheet(cards.printed, cards.filled_back, marked_across=False),
    "household_register": Sheet(
        office_forms.printed_household, office_forms.filled_household, shows_former="name"
    ),
    "enrolment_form": Sheet(office_forms.printed_enrolment, office_forms.filled_enrolment),
    "graduate_form": Sheet(office_forms.printed_graduate, office_forms.filled_graduate),
    "police_change_certificate": Sheet(
        letters.printed_police_change, letters.filled_police_change, shows_former="name"
    ),
    "id_number_correction_notice": Sheet(
        letters.printed_correction_notice,
        letters.filled_correction_notice,
        shows_former="id_number",
    ),
    "id_number_change_certificate": Sheet(
        letters.printed_number_change, letters.filled_number_change, shows_former="id_number"
    ),
    "diploma": Sheet(schooling.printed_diploma, schooling.filled_diploma, A4_LANDSCAPE),
    "register_lookup": Sheet(schooling.printed_lookup, schooling.filled_lookup),
    "degree_authentication": Sheet(
        schooling.printed_authentication, schooling.filled_authentication
    ),
}
KINDS = tuple(_SHEETS)


def draw_scan(
    kind: str, person: Person, *, before: Person | None = None, dpi: int = DPI, seed: int
) -> Image.Image:
    """Draw the scan of one document of *person*, as RGB.

    *before* is the person as recorded until the correction; without it a document that
    tells of a change makes one up.  Raises :exc:`KeyError` for a kind not in ``KINDS``.
    """
    sheet = _SHEETS[kind]
    if before is None:
        before = as_recorded(person, sheet.shows_former, seed) if sheet.shows_former else person
    page = Page.over(_printed(kind, dpi).copy(), dpi)
    rng = random.Random(f"{seed}/{kind}/{person.student_number}")  # noqa: S311 - drawing, no secrets
    sheet.filled(page, entries(person, before), rng)
    if sheet.marked_across:
        marks.tag(page, sheet.size, f"{person.student_number}-{KINDS.index(kind):02}")
    return paper.scanned(page.image, rng)


def draw_report(letter: Letter, *, dpi: int = DPI, seed: int) -> Image.Image:
    """Draw the scan of a correction report, as RGB."""
    page = Page.over(_printed_report(dpi).copy(), dpi)
    report_letter.filled_letter(page, letter)
    marks.tag(page, A4, f"{letter.on:%Y%m%d}-{letter.changes}-{letter.entry_errors}")
    return paper.scanned(page.image, random.Random(f"{seed}/{letter.number}"))  # noqa: S311 - the same


def encode_jpeg(image: Image.Image, *, dpi: int = DPI, quality: int = QUALITY) -> bytes:
    """Encode *image* as a JPEG that states its resolution."""
    kept = BytesIO()
    image.save(kept, "JPEG", quality=quality, dpi=(dpi, dpi))
    return kept.getvalue()


def encode_png(image: Image.Image, *, dpi: int = DPI) -> bytes:
    """Encode *image* as a PNG that states its resolution."""
    kept = BytesIO()
    image.save(kept, "PNG", dpi=(dpi, dpi))
    return kept.getvalue()


@lru_cache(maxsize=len(KINDS))
def _printed(kind: str, dpi: int) -> Image.Image:
    """Return the empty form, marked as a sample: drawn once, then copied for everybody."""
    sheet = _SHEETS[kind]
    page = Page.blank(sheet.size, dpi)
    sheet.printed(page)
    if sheet.marked_across:
        marks.mark_sheet(page)
    marks.mark_foot(page, sheet.size)
    return page.image


@lru_cache(maxsize=1)
def _printed_report(dpi: int) -> Image.Image:
    page = Page.blank(A4, dpi)
    report_letter.printed_letter(page)
    marks.mark_sheet(page)
    marks.mark_foot(page, A4)
    return page.image
