"""What one reading of a scan measures; judging is left to :mod:`correctionkit.scans.check`."""

from __future__ import annotations

from dataclasses import dataclass

JPEG = "JPEG"
PNG = "PNG"
PICTURES = (JPEG, PNG)

# Measured: 150 specks of dust 1.3, one printed character 8, a stamp of 4 mm 12 mm².
BLANK_MM2 = 4.0


@dataclass(frozen=True, slots=True)
class PixelFacts:
    """What the decoded picture shows.

    *digest* is equal for equal pixels.  *fingerprint* is empty where too little is on
    the picture to know it again.  *marks_mm2* is the area of ink, dust left out.
    *edge_mm* is the width of the steepest edges, None where too little ink or no paper
    tells.  *card_faces* counts card-shaped regions, None where that cannot be said.
    """

    digest: bytes
    fingerprint: bytes
    marks_mm2: float
    edge_mm: float | None
    card_faces: int | None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is on the picture."""
        return self.marks_mm2 < BLANK_MM2


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """One file, measured.

    *format* is told by the content: ``JPEG``, ``PNG``, or the name of what it is instead.
    *width* and *height* are as stored, in pixels; *orientation* is EXIF's, 1 to 8.
    *dpi* is the lower axis as credibly stated, else None.  *fault* is a code when the
    picture is damaged, and *pixels* is None then, or where it was too large to decode.
    """

    format: str
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    orientation: int = 1
    dpi: int | None = None
    colour: str = ""
    bits: int = 0
    frames: int = 1
    camera_signs: tuple[str, ...] = ()
    screenshot_signs: tuple[str, ...] = ()
    private_signs: tuple[str, ...] = ()
    scanner: str = ""
    software: str = ""
    fault: str | None = None
    trailing: int = 0
    oversize: bool = False
    pixels: PixelFacts | None = None

    @property
    def is_picture(self) -> bool:
        """Whether the content is of a kind that is accepted."""
        return self.format in PICTURES

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height as the picture is shown."""
        if self.orientation >= 5:
            return self.height, self.width
        return self.width, self.height
