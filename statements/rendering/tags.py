"""The tags of a PDF, without what tells a reader nothing.

WeasyPrint tags each line of a cell as a span in a nameless element in the cell, and names the
headers of every cell one by one.  A sheet of a page has a thousand such elements; a file of a
thousand pages would not fit into memory.  A cell that holds its text itself, and a header that
says that it heads a column, say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

# They mark no paragraph, no cell, no picture: only that a box was there.
EMPTY_KINDS = ("/NonStruct", "/Span")


def simplify(pdf: pydyf.PDF) -> None:
    """Rewrite the tag tree of a PDF that is about to be written."""
    root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
    moved: dict[bytes, bytes] = {}
    for reference in root["K"]:
        _absorb(pdf, _resolve(pdf, reference), moved)
    # Which element each piece of a page's text belongs to.
    for owners in _resolve(pdf, root["ParentTree"])["Nums"][1::2]:
        owners[:] = [_last(moved, owner) for owner in owners]


def _absorb(pdf: pydyf.PDF, element: Any, moved: dict[bytes, bytes]) -> None:
    """Give *element* the texts of its empty children, and so on downwards."""
    kids = pydyf.Array()
    for kid in element["K"]:
        if isinstance(kid, int):
            kids.append(kid)
            continue
        child = _resolve(pdf, kid)
        if child.get("Type") != "/StructElem":  # a link's or a form field's place
            kids.append(kid)
            continue
        _absorb(pdf, child, moved)
        if child["S"] not in EMPTY_KINDS:
            kids.append(kid)
            continue
        for heir in _elements(pdf, child["K"]):
            heir["P"] = element.reference
        kids.extend(child["K"])
        moved[kid] = element.reference
        child.clear()
    element["K"] = kids
    if element["S"] in ("/TH", "/TD"):
        _say_what_is_headed(element)


def _say_what_is_headed(cell: Any) -> None:
    attributes = cell.pop("A")
    attributes.pop("Headers", None)
    if cell["S"] == "/TH":
        cell.pop("ID", None)
        attributes["Scope"] = "/Column"
    if len(attributes) > 1:
        cell["A"] = attributes


def _elements(pdf: pydyf.PDF, kids: Any) -> Iterator[Any]:
    for kid in kids:
        if not isinstance(kid, int):
            yield _resolve(pdf, kid)


def _resolve(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _last(moved: dict[bytes, bytes], reference: bytes) -> bytes:
    while reference in moved:
        reference = moved[reference]
    return reference
