"""What a picture says about how it was made, and what it carries unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from correctionkit.scans import devices, exif, xmp
from correctionkit.scans.exif import Exif

# EXIF 2.32, and the older TIFF/EP tags for the same.
_CAMERA_TAGS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("camera-exposure", (0x829A, 0x9201)),
    ("camera-aperture", (0x829D, 0x9202, 0x9205)),
    ("camera-iso", (0x8827, 0x8831, 0x8832, 0x8833)),
    ("camera-focal-length", (0x920A, 0xA405)),
    ("camera-lens", (0xA432, 0xA433, 0xA434, 0xFDEA)),
)
_CAMERA_XMP = {
    "camera-exposure": ("ExposureTime", "ShutterSpeedValue"),
    "camera-aperture": ("FNumber", "ApertureValue", "MaxApertureValue"),
    "camera-iso": ("ISOSpeedRatings", "PhotographicSensitivity", "ISO"),
    "camera-focal-length": ("FocalLength", "FocalLengthIn35mmFilm"),
    "camera-lens": ("Lens", "LensModel", "LensMake", "LensInfo"),
}
_PERSON_TAGS = (exif.ARTIST, exif.COPYRIGHT, 0x9C9B, 0x9C9C, 0x9C9D, 0xA430)
_SERIAL_TAGS = (0xA431, 0xA435, 0xA420)
_LATITUDE, _LONGITUDE = 2, 4
_FILE_SOURCE, _SCANNED = 0xA300, (b"\x01", b"\x02")


@dataclass(slots=True)
class Carried:
    """What was found beside the pixels.  *texts* are keyword and text."""

    exif: Exif = exif.NONE
    xmp: dict[str, str] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    captions: bool = False
    further_frames: bool = False

    @property
    def located(self) -> bool:
        """Whether a position on earth is given."""
        place = self.exif.place
        return (_LATITUDE in place and _LONGITUDE in place) or "GPSLatitude" in self.xmp

    @property
    def maker(self) -> str:
        """The maker of the device, as written."""
        return self.exif.text(exif.MAKE) or self.xmp.get("Make", "")

    @property
    def model(self) -> str:
        """The model of the device, as written."""
        return self.exif.text(exif.MODEL) or self.xmp.get("Model", "")

    @property
    def software(self) -> str:
        """The program that wrote the picture, as written."""
        texts = (text for keyword, text in self.texts if keyword.lower() == "software")
        named = (self.exif.text(exif.SOFTWARE), *texts, self.xmp.get("CreatorTool", ""))
        return next((name.strip() for name in named if name.strip()), "")


def scanner_named(carried: Carried) -> str:
    """Return the name of the scanner that made the picture, empty where none is named."""
    remarks = (text for keyword, text in carried.texts if keyword.lower() in _REMARKS)
    named = (f"{carried.maker} {carried.model}".strip(), carried.software, *remarks)
    for name in named:
        if devices.SCANNERS.search(name) and not devices.SCREENSHOT_TOOLS.search(name):
            return _short(name)
    source = carried.exif.shot.get(_FILE_SOURCE)
    return "EXIF" if isinstance(source, bytes) and source[:1] in _SCANNED else ""


_REMARKS = ("comment", "description", "title", "source", "software", "usercomment")


def camera_signs(carried: Carried) -> tuple[str, ...]:
    """Return the codes of what only a camera or a phone writes.

    Maker and model alone are no sign: scanners write them too.
    """
    signs = [sign for sign, tags in _CAMERA_TAGS if _has(carried, sign, tags)]
    if signs and carried.located:
        signs.append("camera-location")
    scanner = devices.SCANNERS.search(f"{carried.maker} {carried.model}")
    if devices.PHONE_MAKERS.match(carried.maker.strip()) and not scanner:
        signs.append("camera-phone-maker")
    return tuple(signs)


def _has(carried: Carried, sign: str, tags: tuple[int, ...]) -> bool:
    values = (carried.exif.shot.get(tag, carried.exif.main.get(tag)) for tag in tags)
    if any(value.strip() if isinstance(value, str) else value for value in values):
        return True
    return any(_says(carried.xmp.get(name, "")) for name in _CAMERA_XMP[sign])


_NOTHING = re.compile(r"\s*0*\.?0*\s*(/.*)?")


def _says(text: str) -> bool:
    return not _NOTHING.fullmatch(text)


def screenshot_signs(carried: Carried) -> tuple[str, ...]:
    """Return the code of a screenshot tool's trace, where there is one."""
    named = any(devices.SCREENSHOT_TOOLS.search(text) for text in _titles(carried))
    return ("screenshot-tool",) if named else ()


def _titles(carried: Carried) -> Iterator[str]:
    yield carried.software
    yield carried.exif.text(exif.DESCRIPTION)
    comment = carried.exif.shot.get(exif.USER_COMMENT, b"")
    if isinstance(comment, bytes):
        # Eight bytes name the encoding; both are searched, as writers mix them up.
        yield comment[8:].decode("utf-8", "replace")
        yield comment[8:].decode("utf-16-le", "replace")
        yield comment[8:].decode("utf-16-be", "replace")
    yield from (text for keyword, text in carried.texts if keyword.lower() in _REMARKS)
    yield from (carried.xmp.get(name, "") for name in ("UserComment", "description", "title"))


def private_signs(carried: Carried) -> tuple[str, ...]:
    """Return the codes of what is carried unseen; a colour profile is not among them."""
    main, shot = carried.exif.main, carried.exif.shot
    found = (
        ("private-location", carried.located),
        ("private-preview", carried.exif.thumbnail),
        ("private-maker-notes", exif.MAKER_NOTE in shot),
        ("private-person", _any_text(main, shot, _PERSON_TAGS)),
        ("private-serial-number", _any_text(main, shot, _SERIAL_TAGS)),
        ("private-xmp", bool(carried.xmp)),
        ("private-captions", carried.captions),
        ("private-comment", _any_comment(carried.texts) or _any_text(shot, {}, (0x9286,))),
        ("private-further-frames", carried.further_frames),
    )
    return tuple(code for code, there in found if there)


def _any_text(
    main: dict[int, exif.Value], shot: dict[int, exif.Value], tags: Iterable[int]
) -> bool:
    for tag in tags:
        value = main.get(tag, shot.get(tag, b""))
        raw = value.encode() if isinstance(value, str) else value
        if isinstance(raw, bytes) and raw.removeprefix(b"ASCII").strip(b"\x00 "):
            return True
    return False


def _any_comment(texts: Iterable[tuple[str, str]]) -> bool:
    quiet = ("software", xmp.PNG_KEYWORD.lower())
    return any(keyword.lower() not in quiet for keyword, _ in texts)


def _short(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:60]
