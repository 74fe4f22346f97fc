"""A QR code as a picture."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno

from statements.contexts.request_sheet import RequestSheet
from statements.contexts.statement import Statement

# An eighth of the squares may be lost to ink, folds and noise.
ERROR_CORRECTION = "m"


@lru_cache(maxsize=64)
def qr_png(payload: str) -> bytes:
    """Return the squares of *payload*'s code as a PNG, one pixel each; paper is the margin."""
    picture = BytesIO()
    segno.make_qr(payload, error=ERROR_CORRECTION).save(picture, kind="png", scale=1, border=0)
    return picture.getvalue()


def pictures_of(statement: Statement) -> dict[str, bytes]:
    """Return the pictures that a statement's template shows, by name."""
    if isinstance(statement, RequestSheet):
        return {"code": qr_png(statement.code.payload)}
    return {}
