"""Files as people send them, and what the storage holds of them."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from backoffice.evidence.storing import evidence_storage


def upload(content, name="身份证.jpg"):
    """Return a file as a form brings it."""
    return ContentFile(content, name=name)


def saved(picture, kind="JPEG", **options):
    """Return a picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **{"dpi": (200, 200)} | options)
    return out.getvalue()


def opened(content):
    """Return a file's picture, decoded."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def stored(name):
    """Return what the storage holds under a name."""
    with evidence_storage().open(name) as file:
        return file.read()


def stored_names():
    """Return the names of all stored files."""
    try:
        return sorted(evidence_storage().listdir("")[1])
    except FileNotFoundError:
        return []
