"""Dots per inch: as a file states them, or as the paper that it must be implies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MM_PER_INCH = 25.4
_A3_MM = (297.0, 420.0)
# Pixels are whole: an A3 page at 200 dpi comes out some hundredths of a millimetre larger.
_SLACK_MM = 1.0

# Paper that evidence lies on, smallest first; a card is ISO/IEC 7810 ID-1.
CARD_MM = (54.0, 85.6)
PAPERS: tuple[tuple[str, float, float], ...] = (
    ("paper-one-card", *CARD_MM),
    ("paper-two-cards", 85.6, 108.0),
    ("paper-two-cards", 54.0, 171.2),
    ("paper-a5", 148.0, 210.0),
    ("paper-a4", 210.0, 297.0),
)
_PROPORTION_SLACK = 0.05
_A4_LONG_MM, _A5_LONG_MM = 297.0, 210.0

STATED = "dpi-stated"
LONG_SIDE = "paper-a4-long-side"

Density = tuple[float, float]


# More than a JPEG's header can hold, or any scanner does.
_MOST_DPI = 65_535


def stated_densities(
    jfif: tuple[int, int, int] | None,
    exif: tuple[float, float, int],
    phys: tuple[int, int, int] | None,
) -> Iterator[Density]:
    """Yield what each source states, in dots per inch, the picture's own header first.

    *jfif* is unit, x, y; *exif* x, y, unit; *phys* x, y, unit.  Units that state no
    length yield nothing.
    """
    if jfif and jfif[0] in (1, 2):
        scale = 1.0 if jfif[0] == 1 else MM_PER_INCH / 10
        yield jfif[1] * scale, jfif[2] * scale
    if phys and phys[2] == 1:
        yield phys[0] * MM_PER_INCH / 1000, phys[1] * MM_PER_INCH / 1000
    x, y, unit = exif
    if unit in (2, 3) and (x or y):
        scale = 1.0 if unit == 2 else MM_PER_INCH / 10
        yield (x or y) * scale, (y or x) * scale


def credible_dpi(width: int, height: int, densities: Iterable[Density]) -> int | None:
    """Return the lower axis of the first density whose paper is no larger than A3."""
    for x, y in densities:
        if x <= 0 or y <= 0:
            continue
        short, long = sorted((width / x * MM_PER_INCH, height / y * MM_PER_INCH))
        if short <= _A3_MM[0] + _SLACK_MM and long <= _A3_MM[1] + _SLACK_MM:
            return max(1, min(_MOST_DPI, round(min(x, y))))
    return None


def assumed_dpi(width: int, height: int) -> tuple[int, str]:
    """Return the dpi on the smallest paper that the proportions fit, and that paper's code."""
    short, long = sorted((width, height))
    for code, narrow, wide in PAPERS:
        if abs(long / max(short, 1) / (wide / narrow) - 1) <= _PROPORTION_SLACK:
            return round(long * MM_PER_INCH / wide), code
    return round(long * MM_PER_INCH / _A4_LONG_MM), LONG_SIDE


def likely_dpi(width: int, height: int, stated: int | None) -> int:
    """Return the dpi to measure by: where A5 and A4 fit alike, A4 is the likelier."""
    dpi, code = effective_dpi(width, height, stated)
    return round(dpi * _A5_LONG_MM / _A4_LONG_MM) if code == "paper-a5" else dpi


def effective_dpi(width: int, height: int, stated: int | None) -> tuple[int, str]:
    """Return the dpi to judge by, and the code of what it rests on."""
    return (stated, STATED) if stated is not None else assumed_dpi(width, height)
