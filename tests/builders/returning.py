"""What happens to a printed sheet on its way back: signed, stamped, scanned, photographed.

Pictures in, pictures out; the same random generator gives the same picture.
"""

from __future__ import annotations

from io import BytesIO
from math import cos, pi, sin

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

MM_AN_INCH = 25.4
RED = (205, 32, 38)
BLUE = (28, 42, 140)
BLACK = (35, 33, 34)
# A box of the sheet as it is printed, four of them side by side.
BOX_WIDTH, BOX_HEIGHT = 67.25, 35.0
_LABEL_LEFT, _LABEL_TOP = 2.3, 2.6


def printed(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return the pages of *pdf* as a perfect scanner would."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def box_corners(pdf: bytes, labels: tuple[str, ...]) -> list[tuple[float, float]]:
    """Return where the boxes with *labels* begin on the last page, in mm from its upper left."""
    corners = []
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[len(document) - 1]
        text = page.get_textpage()
        for label in labels:
            start, _count = text.search(label).get_next()
            left, _bottom, _right, top = text.get_charbox(start)
            mm = MM_AN_INCH / 72
            corners.append((left * mm - _LABEL_LEFT, (page.get_height() - top) * mm - _LABEL_TOP))
    return corners


def signed(
    page: Image.Image, dpi: int, corner: tuple[float, float], rng: np.random.Generator, ink=BLUE
) -> None:
    """Draw a signature of a few strokes into the box that begins at *corner*."""
    pen = ImageDraw.Draw(page)
    a_mm = dpi / MM_AN_INCH
    left, top = corner[0] + rng.uniform(14, 26), corner[1] + rng.uniform(11, 16)
    for _ in range(int(rng.integers(5, 10))):
        x, y = left + rng.uniform(0, 22), top + rng.uniform(0, 10)
        turn = rng.uniform(0, 2 * pi)
        stroke = [(x, y)]
        for _ in range(6):
            turn += rng.normal(0, 0.5)
            x, y = x + 1.3 * cos(turn), y + 1.3 * sin(turn)
            stroke.append((x, y))
        points = [(x * a_mm, y * a_mm) for x, y in stroke]
        pen.line(points, fill=ink, width=max(1, round(0.45 * a_mm)), joint="curve")


def sealed(
    page: Image.Image, dpi: int, corner: tuple[float, float], rng: np.random.Generator
) -> None:
    """Stamp a round seal of 40 mm about the box that begins at *corner*, over its edges too."""
    a_mm = dpi / MM_AN_INCH
    side = round(42 * a_mm)
    seal = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(seal)
    middle = side / 2
    pen.ellipse((a_mm, a_mm, side - a_mm, side - a_mm), outline=255, width=round(1.2 * a_mm))
    star = [
        (middle + r * a_mm * sin(k * pi / 5), middle - r * a_mm * cos(k * pi / 5))
        for k in range(10)
        for r in ((6.5,) if k % 2 == 0 else (2.6,))
    ]
    pen.polygon(star, fill=255)
    for k in range(9):
        turn = pi * (0.95 + 1.1 * k / 8)
        x, y = middle + 15.5 * a_mm * cos(turn), middle + 15.5 * a_mm * sin(turn)
        for step in (-1.1, 0, 1.1):
            pen.line(
                (x - 1.5 * a_mm, y + step * a_mm, x + 1.5 * a_mm, y + step * a_mm),
                fill=255,
                width=max(1, round(0.4 * a_mm)),
            )
    # Ink takes unevenly: paste thin in places.
    uneven = Image.fromarray(rng.integers(90, 255, (9, 9), dtype=np.uint8)).resize((side, side))
    mask = np.asarray(seal).astype(np.uint16) * np.asarray(uneven) // 255
    soft = Image.fromarray(mask.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))
    soft = soft.rotate(float(rng.uniform(-25, 25)))
    x = round((corner[0] + rng.uniform(2, 34)) * a_mm)
    y = round((corner[1] + rng.uniform(-12, 4)) * a_mm)
    over = Image.new("RGB", page.size, "white")
    over.paste(Image.new("RGB", soft.size, RED), (x, y), soft)
    # Stamps are over what is printed, and let it shine through.
    page.paste(Image.fromarray(np.minimum(np.asarray(page), np.asarray(over))))


def turned(page: Image.Image, degrees: float, ground=(244, 243, 240)) -> Image.Image:
    """Turn counter-clockwise, on what lies around the page."""
    if page.mode == "L":
        ground = ground[0]
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=ground)


def leaning(page: Image.Image, rng: np.random.Generator, most: float = 0.02) -> Image.Image:
    """Return the page as a camera sees it that is not quite above it, on a dark table."""
    width, height = page.size
    edge = round(width * 0.03)
    wide = Image.new("RGB", (width + 2 * edge, height + 2 * edge), (92, 74, 60))
    wide.paste(page, (edge, edge))
    lean = rng.uniform(-most, most, (4, 2)) * (wide.width, wide.height)
    corners = np.array([(0, 0), (0, wide.height), (wide.width, wide.height), (wide.width, 0)])
    return wide.transform(
        wide.size,
        Image.Transform.PERSPECTIVE,
        _perspective(corners, corners + lean),
        Image.Resampling.BICUBIC,
        fillcolor=(92, 74, 60),
    )


def _perspective(shown: np.ndarray, source: np.ndarray) -> list[float]:
    rows, values = [], []
    for (x, y), (u, v) in zip(shown, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.linalg.solve(np.array(rows, float), np.array(values, float)).tolist()


def shadowed(page: Image.Image, rng: np.random.Generator, depth: float = 0.4) -> Image.Image:
    """Let light fall from one side, warmer than daylight."""
    down, across = np.mgrid[0 : page.height, 0 : page.width]
    turn = rng.uniform(0, 2 * pi)
    slope = cos(turn) * across / page.width + sin(turn) * down / page.height
    light = 1 - depth * (slope - slope.min()) / (slope.max() - slope.min())
    lit = np.asarray(page, dtype=np.float32) * light[..., None].astype(np.float32)
    lit *= np.array([1.0, 0.97, 0.9], dtype=np.float32)
    return Image.fromarray(lit.clip(0, 255).astype(np.uint8))


def noisy(page: Image.Image, rng: np.random.Generator, sigma: float = 12.0) -> Image.Image:
    """Add noise to every pixel and channel, and turn a few white or black."""
    pixels = np.asarray(page)
    worse = pixels + rng.normal(0, sigma, pixels.shape).astype(np.float32)
    specks = rng.random(pixels.shape[:2])
    worse[specks < 0.001] = 0
    worse[specks > 0.999] = 255
    return Image.fromarray(worse.clip(0, 255).astype(np.uint8))


def jpeg(page: Image.Image, quality: int = 60) -> bytes:
    """Encode as JPEG."""
    target = BytesIO()
    page.save(target, "JPEG", quality=quality)
    return target.getvalue()
