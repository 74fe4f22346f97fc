"""A sheet to draw on, measured in millimetres from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFont

from correctionkit.samples import font

Colour = tuple[int, int, int]

PAPER: Colour = (255, 255, 255)
# Every colour leaves room below it for the scanner's grain (paper.DEEPEST).
INK: Colour = (38, 36, 40)
FAINT: Colour = (120, 120, 126)
RED: Colour = (196, 52, 44)

A4 = (210.0, 297.0)
A4_LANDSCAPE = (297.0, 210.0)

# No line begins with a closing mark: it hangs in the margin.
_HANGING = "，。、；：）》”"
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Page:
    """A drawing surface; *left* and *top* say where its own origin lies on the picture."""

    image: Image.Image
    pen: ImageDraw.ImageDraw
    dpi: int
    left: float = 0.0
    top: float = 0.0

    @classmethod
    def blank(cls, size: tuple[float, float], dpi: int) -> Page:
        """Return an empty sheet of a size in millimetres."""
        width, height = (round(side * dpi / _MM_PER_INCH) for side in size)
        return cls.over(Image.new("RGB", (width, height), PAPER), dpi)

    @classmethod
    def over(cls, image: Image.Image, dpi: int) -> Page:
        """Return a page that draws onto *image*."""
        return cls(image, ImageDraw.Draw(image), dpi)

    def at(self, x: float, y: float) -> Page:
        """Return the same sheet with the origin moved to (*x*, *y*)."""
        return replace(self, left=self.left + x, top=self.top + y)

    def pixels(self, mm: float) -> int:
        """Convert a length."""
        return round(mm * self.dpi / _MM_PER_INCH)

    def spot(self, x: float, y: float) -> tuple[int, int]:
        """Convert a place on this page to one on the picture."""
        return self.pixels(self.left + x), self.pixels(self.top + y)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 12,
        anchor: str = "lm",
        colour: Colour = INK,
        bold: bool = False,
    ) -> None:
        """Write one line; *size* in points, *anchor* as Pillow has it."""
        font.require(text)
        self.pen.text(
            self.spot(x, y),
            text,
            fill=colour,
            font=self._face(size),
            anchor=anchor,
            stroke_width=max(1, round(size * self.dpi / 5000)) if bold else 0,
        )

    def paragraph(
        self, x: float, y: float, width: float, text: str, *, size: float = 12, leading: float = 9
    ) -> float:
        """Write *text* broken to *width* millimetres; return where the next line goes."""
        for line in self._lines(text, self.pixels(width), size):
            self.text(x, y, line, size=size)
            y += leading
        return y

    def line(self, x: float, y: float, x2: float, y2: float, *, width: float = 0.2) -> None:
        """Draw a straight line."""
        self.pen.line((self.spot(x, y), self.spot(x2, y2)), INK, max(1, self.pixels(width)))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        outline: Colour | None = INK,
        radius: float = 0.0,
        rim: float = 0.2,
    ) -> None:
        """Draw a rectangle, with round corners where *radius* says so."""
        self.pen.rounded_rectangle(
            (self.spot(x, y), self.spot(x + width, y + height)),
            self.pixels(radius),
            fill=fill,
            outline=outline,
            width=max(1, self.pixels(rim)),
        )

    def ellipse(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        outline: Colour | None = None,
        rim: float = 0.8,
    ) -> None:
        """Draw an ellipse into the rectangle."""
        self.pen.ellipse(
            (self.spot(x, y), self.spot(x + width, y + height)),
            fill=fill,
            outline=outline,
            width=max(1, self.pixels(rim)),
        )

    def lay(self, picture: Image.Image, mask: Image.Image) -> None:
        """Lay a picture with its corner at the origin; it covers the sheet where *mask* says."""
        self.image.paste(picture, self.spot(0, 0), mask)

    def dome(self, x: float, y: float, width: float, height: float, *, fill: Colour) -> None:
        """Draw the upper half of the ellipse in the rectangle."""
        self.pen.chord((self.spot(x, y), self.spot(x + width, y + height)), 180, 360, fill=fill)

    def _face(self, points: float) -> ImageFont.FreeTypeFont:
        return font.face(round(points * self.dpi / _POINTS_PER_INCH))

    def _lines(self, text: str, width: int, size: float) -> list[str]:
        face = self._face(size)
        lines, start, run = [], 0, 0.0
        for end, character in enumerate(text):
            run += font.advance(face, character)
            if run > width and character not in _HANGING:
                cut = _unbroken(text, start, end)
                lines.append(text[start:cut])
                run = sum(font.advance(face, carried) for carried in text[cut : end + 1])
                start = cut
        return [*lines, text[start:]]


def _unbroken(text: str, start: int, end: int) -> int:
    """Move a line break before *end* back to where no number is cut."""
    cut = end
    while cut > start and text[cut - 1].isascii() and text[cut].isascii():
        cut -= 1
    return cut if cut > start else end
