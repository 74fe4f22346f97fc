"""第 x 页 共 y 页 on documents that were rendered in pieces.

How many pages there are is known only after the last piece, so the numbers are rendered alone
and laid over the pages: as decoration, which readers aloud pass over.
"""

from __future__ import annotations

from io import BytesIO

from pikepdf import Name, Page, Pdf, Stream

from statements.contexts.statement import Statement
from statements.rendering.engine import lay_out, write
from statements.rendering.markup import fill

# An empty page takes little, but a thousand of them do not.
PAGES_AT_ONCE = 200


def number_pages(pdf: Pdf, statement: Statement) -> None:
    """Lay page numbers over every page of *pdf*."""
    whole = len(pdf.pages)
    for start in range(0, whole, PAGES_AT_ONCE):
        numbers = range(start + 1, min(start + PAGES_AT_ONCE, whole) + 1)
        texts: dict[str, object] = {"statement": statement, "numbers": numbers, "whole": whole}
        document = lay_out(fill("folios.html", texts), {}, unnumbered=True)
        folios = Pdf.open(BytesIO(write(document, "pdf/a-2u", tagged=False)))
        for number, folio in zip(numbers, folios.pages, strict=True):
            _lay_over(pdf, pdf.pages[number - 1], folio, number)


def _lay_over(pdf: Pdf, page: Page, folio: Page, number: int) -> None:
    form = pdf.copy_foreign(folio.as_form_xobject())
    # The pages of a piece share their resources; a name made up here would be a random one.
    name = page.add_resource(form, Name.XObject, name=Name(f"/Folio{number}"))
    # The page's own drawing leaves its coordinates turned upside down.
    page.contents_add(Stream(pdf, b"q"), prepend=True)
    drawing = b"Q /Artifact <</Type /Pagination>> BDC q %s Do Q EMC" % str(name).encode()
    page.contents_add(Stream(pdf, drawing))
