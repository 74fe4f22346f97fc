"""Files of a signed sheet that wait for the clerk's yes, in a signed field of the page.

They lie in the storage already and no row names them: what is never answered is swept as
everything that is left over.
"""

from dataclasses import asdict, dataclass, fields

from django.core import signing

from backoffice.evidence.storing import evidence_storage, names_of, remove
from backoffice.sheets.models import SignedScan

_SALT = "backoffice.desk.sheets.waiting"
_SECONDS = 3600


class NotWaiting(Exception):
    """What was to be answered is not the account's, is over, or is gone."""


@dataclass(frozen=True, slots=True)
class File:
    """A received file, as far as filing needs it."""

    original: str
    clean: str
    thumbnail: str
    received_as: str
    format: str
    size: int
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet about to be filed: its code, how that came, what was told, and the files."""

    sheet: int
    account: int
    code: str
    came: str
    warnings: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def token(self):
        """Return it as text that nobody can change."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def waiting_for(comparison, kept, by):
    """Return what waits for an answer of the account."""
    names = [field.name for field in fields(File)]
    return Waiting(
        sheet=comparison.revision.sheet_id,
        account=by.pk,
        code=comparison.revision.code,
        came=comparison.came,
        warnings=tuple(said.warn.value for said in comparison.said),
        files=tuple(File(**{name: getattr(each, name) for name in names}) for each in kept),
    )


def taken_up(token, sheet, by):
    """Return what waits under *token*; raises NotWaiting."""
    try:
        found = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature as fault:
        raise NotWaiting from fault
    files = tuple(File(**each) for each in found.pop("files"))
    waiting = Waiting(**found | {"warnings": tuple(found["warnings"])}, files=files)
    if (waiting.sheet, waiting.account) != (sheet.pk, by.pk):
        raise NotWaiting
    if not all(evidence_storage().exists(each.original) for each in files):
        raise NotWaiting
    return waiting


def throw_away(waiting):
    """Remove the files, unless they were filed: the same answer may come twice."""
    kept = SignedScan.objects.filter(stored__in=[each.original for each in waiting.files])
    if not kept.exists():
        for each in waiting.files:
            remove(names_of(each.original, each.clean, each.thumbnail, each.pages))
