"""Fields of the student record, and how their values are written as text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from correctionkit.requests.values import read_date, read_value
from correctionkit.terms import ValueType

# Where the record keeps the fields that policies correct.
CORRECTABLE = ("name", "gender", "ethnicity", "birth_date", "id_number", "entry_education")

ID_DIGEST = "id number"


class RecordStatus(models.TextChoices):
    """Where a student stands, as code must tell it apart."""

    NEW = "new", _("New")
    ENROLLED = "enrolled", _("Enrolled")
    GRADUATED = "graduated", _("Graduated")
    WITHDRAWN = "withdrawn", pgettext_lazy("student", "Withdrawn")


class DocumentKind(models.TextChoices):
    """Kinds of identity documents, with the codes of the school roll."""

    RESIDENT_ID = "1", _("Resident identity card")
    HONG_KONG = "6", _("Hong Kong document")
    MACAU = "7", _("Macau document")
    TAIWAN = "8", _("Taiwan document")
    PERMANENT_RESIDENCE = "9", _("Permanent residence card")
    PASSPORT = "A", _("Passport")
    OTHER = "Z", _("Other")


def text_of(record, field):
    """Return the value of a correctable field as text, empty where there is none."""
    value = getattr(record, field)
    if value is None:
        return ""
    return value.isoformat() if field == "birth_date" else str(value)


def stored_value(field, text):
    """Return what the record keeps for the text of a correctable field.

    Raises ValueError for a birth date that is none.
    """
    if field != "birth_date":
        return text
    if not text:
        return None
    day = read_date(text)
    if day is None:
        raise ValueError("no date")
    return day


def same_value(kind: ValueType, one, other):
    """Tell whether two texts of a field are one value, however they are spelt."""
    first, second = read_value(kind, one), read_value(kind, other)
    if first.reading.read == second.reading.read:
        return True
    return first.key is not None and first.key == second.key
