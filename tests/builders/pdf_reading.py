"""Reads PDFs as others do: text by pdfium, structure by pikepdf, pictures of pages."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, without white space: where lines break is lay-out."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            "".join(page.get_textpage().get_text_range().replace("\ufffe", "-").split())
            for page in document
        ]


def page_picture(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    """Return a page as it is printed."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=dpi / 72).to_pil()


def archive_faults(pdf: bytes, part: str = "2") -> list[str]:
    """Return what keeps *pdf* from PDF/A-*part*u with tags, as far as pikepdf can tell."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [*_catalog_faults(document, part), *_font_faults(document), *_tag_faults(document)]


def _catalog_faults(document: pikepdf.Pdf, part: str) -> list[str]:
    root = document.Root
    faults = []
    with document.open_metadata() as metadata:
        if (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != (part, "U"):
            faults.append("the metadata name no PDF/A part and level")
        if metadata.get("dc:title") != str(document.docinfo.get("/Title")):
            faults.append("two titles")
    if str(root.get("/Lang")) != "zh-Hans":
        faults.append("no language")
    if [str(each.S) for each in root.OutputIntents] != ["/GTS_PDFA1"]:
        faults.append("no output intent")
    if not root.MarkInfo.Marked or not root.ViewerPreferences.DisplayDocTitle:
        faults.append("not marked as tagged, or the title not shown")
    if document.is_encrypted or "/OpenAction" in root or "/AA" in root:
        faults.append("encrypted or active")
    if "/ID" not in document.trailer:
        faults.append("no identifier")
    return faults


def _font_faults(document: pikepdf.Pdf) -> list[str]:
    faults = []
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0":
            descriptor = each.DescendantFonts[0].FontDescriptor
            if "/FontFile3" not in descriptor and "/FontFile2" not in descriptor:
                faults.append(f"{each.BaseFont} is not embedded")
            if "/ToUnicode" not in each:
                faults.append(f"{each.BaseFont} does not say its characters")
            if "Statement" not in str(each.BaseFont):
                faults.append(f"{each.BaseFont} is not ours")
    return faults


def _tag_faults(document: pikepdf.Pdf) -> list[str]:
    """Every marked piece of text must have an element that has it, on the same page."""
    keys = document.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(keys[place]): keys[place + 1] for place in range(0, len(keys), 2)}
    faults = []
    if len(owners) != len(document.pages):
        faults.append("pages without tags, or tags without pages")
    for number, page in enumerate(document.pages, 1):
        content = b"\n".join(each.read_bytes() for each in _streams(page))
        marked = [int(each) for each in re.findall(rb"/MCID (\d+)", content)]
        of_page = owners[int(page.obj.StructParents)]
        if sorted(marked) != list(range(len(of_page))):
            faults.append(f"page {number}: {len(marked)} marks, {len(of_page)} owners")
        for mark, owner in enumerate(of_page):
            kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
            if owner.Pg.objgen != page.obj.objgen:
                faults.append(f"page {number}: mark {mark} belongs to another page")
            elif mark not in [int(kid) for kid in kids if not isinstance(kid, pikepdf.Dictionary)]:
                faults.append(f"page {number}: the owner of mark {mark} does not have it")
    return faults


def _streams(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def tag_names(pdf: bytes) -> list[str]:
    """Return the kinds of all elements that can be reached from the root, in reading order."""

    def below(element: pikepdf.Object) -> list[str]:
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        inner = [below(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary)]
        return [str(element.S), *(name for names in inner for name in names)]

    with pikepdf.open(BytesIO(pdf)) as document:
        return [name for each in document.Root.StructTreeRoot.K for name in below(each)]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """Return what readers list beside the pages, each with its page from 0."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]


def page_labels(pdf: bytes) -> list[str]:
    """Return what readers call the pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [document.get_page_label(place) for place in range(len(document))]
