"""A scan as a page of a bundle."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from statements.contexts.evidence_cover import EvidenceCover, ScanPage
from statements.faults import UnfitPicture
from statements.rendering.engine import lay_out, write
from statements.rendering.glyphs import require_glyphs
from statements.rendering.markup import fill

# A JPEG goes onto the page as it is; what has to be decoded takes three bytes a pixel and
# more.  This is A4 at 600 dpi, with a margin.
MOST_PIXELS = 40_000_000
ORIENTATION = 0x0112


def scan_part(cover: EvidenceCover, scan: ScanPage) -> bytes:
    """Return the page that shows *scan*, tagged and captioned.

    Raises :exc:`UnfitPicture` for what is no sound JPEG or PNG, and beyond bounds.
    """
    markup = fill("scan.html", {"statement": cover, "scan": scan})
    require_glyphs(cover, markup)
    document = lay_out(markup, {"scan": printable(scan)}, unnumbered=True, later=True)
    return write(document, cover.variant)


def printable(scan: ScanPage) -> bytes:
    """Return the picture in a form that PDF/A takes: RGB or grey, without transparency."""
    shown = f"{scan.kind} {scan.page}"
    try:
        with Image.open(BytesIO(scan.content), formats=("JPEG", "PNG")) as picture:
            upright = picture.getexif().get(ORIENTATION, 1) == 1
            if picture.format == "JPEG" and picture.mode in ("RGB", "L") and upright:
                return scan.content
            if picture.width * picture.height > MOST_PIXELS:
                raise UnfitPicture(f"{shown} has more than {MOST_PIXELS} pixels")
            if picture.format == "PNG" and picture.mode in ("RGB", "L"):
                picture.load()
                return scan.content
            return _converted(picture)
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as fault:
        raise UnfitPicture(f"{shown} is not a sound JPEG or PNG") from fault


def _converted(picture: Image.Image) -> bytes:
    turned = ImageOps.exif_transpose(picture)
    ground = Image.new("RGB", turned.size, "white")
    layered = turned.convert("RGBA") if turned.has_transparency_data else turned.convert("RGB")
    ground.paste(layered, mask=layered if layered.mode == "RGBA" else None)
    target = BytesIO()
    ground.save(target, format="PNG")
    return target.getvalue()
