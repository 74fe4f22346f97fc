"""Names of scans in a composed package: the word that says the kind, and the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from correctionkit.packages.building.fitting_names import FreeNames
from correctionkit.packages.filings.evidence_names import EvidenceStems, split_extension
from correctionkit.policy.vocabulary import EvidenceKind
from correctionkit.readings import matching_key, read_file_name

# A day or a device's number at the end is no page.
_NO_PAGE = re.compile(r"\d{4,}[)）页]*$", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageName:
    """What a file's name says: the word of its kind, empty where none is in it, and the page."""

    word: str
    page: int | None
    own: str
    extension: str


class PageNames:
    """Reads names of scans by the words of the policy's kinds."""

    def __init__(self, kinds: Iterable[EvidenceKind]) -> None:
        known = tuple(kinds)
        self._stems = EvidenceStems(known)
        self._words = {kind.id: _words(kind) for kind in known}

    def kind_of(self, stem: str) -> str | None:
        """Return the kind that a file name without its extension tells, or None."""
        return self._stems.read(stem).kind

    def read(self, name: str, number: str = "") -> PageName:
        """Read a file name; *number* is the student's, which says nothing about the page."""
        own, extension = split_extension(read_file_name(name).read)
        stem = own.replace(number, " ") if number else own
        stem = read_file_name(stem).read
        says = self._stems.read(stem)
        page = None if _NO_PAGE.search(stem) else says.page
        word = ""
        if says.kind:
            key = matching_key(stem)
            word = next((each for each in self._words[says.kind] if matching_key(each) in key), "")
        return PageName(word, page if word else None, own, matching_key(extension))


def _words(kind: EvidenceKind) -> list[str]:
    words = (kind.label.zh, *kind.aliases, *kind.front, *kind.back)
    return sorted(words, key=lambda word: (-len(matching_key(word)), word))


def name_pages(pages: Sequence[PageName]) -> list[str]:
    """Return a name for each page, all different.

    The kind's word, with a page number where there is more than one or the file says one;
    a page that a file says is kept where it is the first to say so.  Files that say no kind
    keep their names.
    """
    names: dict[int, str] = {}
    free = FreeNames()
    for word in dict.fromkeys(page.word for page in pages):
        places = [at for at, page in enumerate(pages) if page.word == word]
        stems = _numbered(pages, places) if word else {at: pages[at].own for at in places}
        for at, stem in stems.items():
            names[at] = free.take(stem, pages[at].extension)
    return [names[at] for at in range(len(pages))]


def _numbered(pages: Sequence[PageName], places: Sequence[int]) -> dict[int, str]:
    numbers: dict[int, int] = {}
    for at in places:
        page = pages[at].page
        if page is not None and page not in numbers.values():
            numbers[at] = page
    if len(places) == 1 and not numbers:
        return {places[0]: pages[places[0]].word}
    free = 1
    for at in places:
        if at in numbers:
            continue
        while free in numbers.values():
            free += 1
        numbers[at] = free
    return {at: f"{pages[at].word}{numbers[at]}" for at in places}
