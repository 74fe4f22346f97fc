"""The only place that calls WeasyPrint."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO

from PIL import ImageFile
from pydyf import PDF
from weasyprint import CSS, HTML, Attachment
from weasyprint.css import ColorProfile
from weasyprint.document import Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from statements.contexts.case_file import Attachment as Original
from statements.contexts.statement import Statement, Variant
from statements.faults import RenderingFault
from statements.rendering.faces import BOLD, FOLDER, Face, faces_for
from statements.rendering.fetching import FACE, NothingElse
from statements.rendering.tags import simplify

# WeasyPrint makes Pillow load what is cut off, everywhere in the process: whoever looks for
# damaged scans beside us would find none.
ImageFile.LOAD_TRUNCATED_IMAGES = False

SRGB = "statement-srgb"
# Pango's caches are not made for threads, and two documents at once take twice the memory.
_one_at_a_time = threading.RLock()


def lay_out(
    markup: str, pictures: Mapping[str, bytes], *, unnumbered: bool = False, later: bool = False
) -> Document:
    """Lay *markup* out in pages.

    A piece of a longer document is *unnumbered*, and *later* unless it is the first: its
    first page has a running head.  Raises :exc:`RenderingFault` where WeasyPrint complains.
    """
    with _one_at_a_time, _no_complaints():
        font_config, look, bare, continued = _looks(faces_for(markup))
        sheets = [look, *([bare] if unnumbered else []), *([continued] if later else [])]
        html = HTML(string=markup, url_fetcher=NothingElse(pictures))
        return html.render(
            font_config=font_config,
            stylesheets=sheets,
            color_profiles={SRGB: _srgb()},
            output_intent=SRGB,
        )


def write(
    document: Document,
    variant: Variant,
    statement: Statement | None = None,
    originals: Sequence[Original] = (),
    *,
    tagged: bool = True,
) -> bytes:
    """Write laid-out pages as PDF/A; *originals* are attached, dated like the *statement*."""
    attachments = [
        Attachment(
            file_obj=BytesIO(original.content),
            name=original.name,
            description=original.description,
            created=statement.made_at,
            modified=statement.made_at,
            relationship="Source",
        )
        for original in originals
        if statement is not None
    ]
    with _one_at_a_time, _no_complaints():
        written: bytes = document.write_pdf(
            finisher=_finish if tagged else None,
            pdf_variant=variant,
            pdf_tags=tagged,
            output_intent=SRGB,
            attachments=attachments,
        )
    return written


def _finish(document: Document, pdf: PDF) -> None:
    del document
    simplify(pdf)
    if "AF" in pdf.catalog:
        # WeasyPrint lists each attachment twice.
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


class _Profile(ColorProfile):  # type: ignore[misc]  # WeasyPrint ships no types
    """A colour profile written as it was read: written anew, it is never twice the same."""

    def __init__(self, profile: bytes, name: str) -> None:
        channels = (["r"], ["g"], ["b"])
        super().__init__(BytesIO(profile), name, "relative-colorimetric", channels)
        self._bytes = profile

    @property
    def content(self) -> bytes:
        return self._bytes


@cache
def _srgb() -> _Profile:
    # WeasyPrint's own, read once: left to itself it opens the file for each document, and
    # never closes it.
    profile = resources.files("weasyprint") / "pdf" / "sRGB2014.icc"
    return _Profile(profile.read_bytes(), "sRGB2014.icc")


@lru_cache(maxsize=8)
def _looks(faces: tuple[Face, ...]) -> tuple[FontConfiguration, CSS, CSS, CSS]:
    """Load *faces*, and read the style sheets once for all documents that need them."""
    rules = [_face_rule(face.family, face.file) for face in faces]
    rules.append(_face_rule(faces[0].family, BOLD, "font-weight: bold;"))
    families = ", ".join(f'"{face.family}"' for face in faces)
    style = (resources.files("statements") / "assets" / "statements.css").read_text("utf-8")
    font_config = _packaged_faces_only()
    fetcher = NothingElse({})

    def read(text: str) -> CSS:
        return CSS(string=text, font_config=font_config, url_fetcher=fetcher)

    return (
        font_config,
        read("".join(rules) + style.replace("FACES", families)),
        read("@page { @bottom-right { content: string(folio) } }"),
        read("@page :first { @top-left { content: string(head) } }"),
    )


def _face_rule(family: str, file: str, more: str = "") -> str:
    return f'@font-face {{ font-family: "{family}"; src: url("{FACE}{file}"); {more} }}'


def _packaged_faces_only() -> FontConfiguration:
    """Return a font configuration without the system's fonts.

    What is printed then is the same on every machine, and there is less to search.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FOLDER / "no-system-fonts.conf")
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextmanager
def _no_complaints() -> Iterator[None]:
    complaints = _Complaints()
    LOGGER.addHandler(complaints)
    try:
        yield
    finally:
        LOGGER.removeHandler(complaints)
    if complaints.told:
        raise RenderingFault("; ".join(complaints.told))
