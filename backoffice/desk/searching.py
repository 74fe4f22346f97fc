"""Searches that are posted: the address carries a random token, never a name or a number."""

import re
import secrets
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from backoffice.roll.models import FormerName, StudentRecord, digest_of_identity
from correctionkit.masking import mask_text
from correctionkit.numbers import identity

SEARCH_VAR = "s"
LONGEST = 200
_KEPT = 20
_SESSION_KEY = "searches"
# 15 digits, 18 characters, three letters and 12 digits; permits and passports, which are
# letters and digits: numbers that name one person.
_WHOLE_IDENTITY = re.compile(
    r"[0-9]{15}|[0-9]{17}[0-9X]|[A-Z]{3}[0-9]{12}|[A-Z][0-9]{8,10}|[A-Z]{2}[0-9]{7,8}"
)


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for.

    A whole ID number is kept as *digest* alone, and *text* is empty.  Certificate numbers
    can look like one: *records* are those whose own number it is, however far away.
    """

    text: str = ""
    digest: str = ""
    records: tuple[int, ...] = ()

    @property
    def shown(self):
        """Return what to show of the search."""
        return self.text or _("(whole number)")


def search_of(typed, *, finds_students=True):
    """Return the search for what was typed, or None for nothing.

    Where no students are found by it, what looks like an ID number is a text like others.
    """
    text = " ".join(typed.split())[:LONGEST]
    if not text:
        return None
    number = identity.compact(text)
    if not finds_students or not _WHOLE_IDENTITY.fullmatch(number):
        # A number inside a longer text finds nobody, and must not be kept for that.
        return Search(mask_text(text))
    named = StudentRecord.objects.filter(Q(certificate_number=number) | Q(number=number))
    return Search("", digest_of_identity(number), tuple(named.values_list("pk", flat=True)))


def remember(request, search):
    """Keep *search* in the session; returns the token for the address.

    The oldest of more than 20 is forgotten.
    """
    token = secrets.token_urlsafe(12)
    kept = dict(request.session.get(_SESSION_KEY, {}))
    kept[token] = {"text": search.text, "digest": search.digest, "records": search.records}
    request.session[_SESSION_KEY] = dict(list(kept.items())[-_KEPT:])
    return token


def recall(request):
    """Return the search whose token the address carries, or None for none or a forgotten one."""
    kept = request.session.get(_SESSION_KEY, {}).get(request.GET.get(SEARCH_VAR, ""))
    return kept and Search(kept["text"], kept["digest"], tuple(kept["records"]))


def records_found(search):
    """Return the student records that *search* is for, of all units: scope what is shown.

    By whole student, certificate or ID number, or by a name or its beginning, former names
    included.
    """
    if search.digest:
        return StudentRecord.objects.filter(Q(id_digest=search.digest) | Q(pk__in=search.records))
    text = search.text
    number = identity.compact(text)
    former = FormerName.objects.filter(name__startswith=text)
    return StudentRecord.objects.filter(
        Q(number=number)
        | Q(certificate_number=number)
        | Q(name__startswith=text)
        | Q(pk__in=former.values("record"))
    )
