"""What the pages that came back say: which sheet they are of, and what seems to lack on them."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from backoffice.desk.printing.sheet_paper import sheet_paper
from backoffice.evidence.storing import evidence_storage, page_name
from backoffice.workflow.filing import find_printed, find_revision
from backoffice.workflow.refusals import Refusal, Refused
from statements.returned import read_pages


class Warn(Enum):
    """What a clerk is told of a scan; nothing of it keeps a sheet from being filed."""

    CODE_TYPED = "code-typed"
    PAGES_UNCOUNTED = "pages-uncounted"
    PAGES_UNREAD = "pages-unread"
    PAGES_DOUBLED = "pages-doubled"
    BOXES_UNFOUND = "boxes-unfound"
    SEAL_MISSING = "seal-missing"
    INK_MISSING = "ink-missing"


_WORDS = {
    Warn.CODE_TYPED: _("The code was typed: nobody but you has compared the pages with it."),
    Warn.PAGES_UNCOUNTED: _("These prints do not number their pages: count them yourself."),
    Warn.PAGES_UNREAD: _("No code could be read on picture %(what)s: see that it is a page of it."),
    Warn.PAGES_DOUBLED: _("Page %(what)s came more than once."),
    Warn.BOXES_UNFOUND: _("The boxes to sign and stamp were not found: look at them yourself."),
    Warn.SEAL_MISSING: _("No red seal was seen in “%(what)s”."),
    Warn.INK_MISSING: _("Nothing written was seen in “%(what)s”."),
}
# Looked at once more before the sheet is filed; the others say what to look at anyway.
_ASKED = frozenset({Warn.PAGES_UNREAD, Warn.PAGES_DOUBLED, Warn.SEAL_MISSING, Warn.INK_MISSING})


@dataclass(frozen=True, slots=True)
class Said:
    """One warning, and what it is about: pages, pictures or boxes."""

    warn: Warn
    what: str = ""

    def __str__(self):
        return str(_WORDS[self.warn]) % {"what": self.what}

    @property
    def is_asked(self):
        """Tell whether the clerk looks at it before the sheet is filed."""
        return self.warn in _ASKED


@dataclass(frozen=True, slots=True)
class Comparison:
    """The revision that pages are of, how its code came, and what is to be told."""

    revision: object
    came: str
    said: tuple[Said, ...]


def pages_of(kept):
    """Read the pages of received files, one at a time."""
    return read_pages(_content(name) for name in _names(kept))


def compare(returned, typed, sheet, by):
    """Return what pages that came back for *sheet* are of.

    Raises Refused for a page of another sheet or revision, for a page that is not there, and
    where no code could be read and none was typed.
    """
    if not returned.sheets:
        if not typed.strip():
            raise Refused(Refusal.CODE_UNREAD, sheet)
        revision = _this(find_revision(typed, by=by), sheet)
        return Comparison(revision, "typed", (Said(Warn.CODE_TYPED),))
    codes = sorted(returned.sheets, key=lambda code: _agrees(code, sheet), reverse=True)
    revision = _this(find_printed(codes[0], by=by), sheet)
    if others := codes[1:]:
        pictures = sorted({at for code in others for at in returned.positions(code)})
        raise Refused(
            Refusal.PAGES_FOREIGN,
            sheet,
            pictures=_listed(pictures),
            other=_listed(code.short for code in others),
            sheet=sheet.number,
            revision=revision.number,
        )
    if len(returned.missing) > len(returned.unread):
        raise Refused(
            Refusal.PAGES_MISSING,
            sheet,
            whole=returned.numbered,
            pages=_listed(returned.missing),
        )
    return Comparison(
        revision, "read", (*_about_pages(returned), *_about_boxes(returned, revision))
    )


def _this(revision, sheet):
    if revision.sheet_id != sheet.pk:
        raise Refused(Refusal.OTHER_SHEET, revision.sheet, sheet=revision.sheet.number)
    return revision


def _agrees(code, sheet):
    return (code.number == sheet.number) + (
        (code.number, code.revision) == (sheet.number, sheet.revision)
    )


def _about_pages(returned):
    if not returned.numbered:
        yield Said(Warn.PAGES_UNCOUNTED)
    if returned.unread:
        yield Said(Warn.PAGES_UNREAD, _listed(returned.unread))
    if returned.doubled:
        yield Said(Warn.PAGES_DOUBLED, _listed(returned.doubled))


def _about_boxes(returned, revision):
    boxes = sheet_paper(revision).boxes
    if len(boxes) != len(returned.boxes):
        yield Said(Warn.BOXES_UNFOUND)
        return
    for box, marks in zip(boxes, returned.boxes, strict=True):
        # Grey scans show no seal's colour: that tells nothing.
        if box.seal and marks.is_sealed is False:
            yield Said(Warn.SEAL_MISSING, box.label)
        if not box.seal and not marks.is_written_in:
            yield Said(Warn.INK_MISSING, box.label)


def _listed(things):
    return "、".join(map(str, things))


def _names(kept):
    for each in kept:
        for number in range(1, each.pages + 1):
            yield page_name(each.clean, number)


def _content(name):
    with evidence_storage().open(name) as file:
        return file.read()
