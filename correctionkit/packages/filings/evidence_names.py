"""File names of scans: which kind of document they name, which page, which side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from correctionkit.policy.vocabulary import EvidenceKind
from correctionkit.readings import matching_key

# 户口本1, 户口本-2, 户口本_3, 户口本(4), 户口本第5页.
_PAGE = re.compile(r"[-_(（第]*(\d{1,3})[)）页]*$")


class Side(StrEnum):
    """Which side of a card a file name speaks of."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class EvidenceName:
    """What a file name says: kind and side by the longest stem in it, page by its end.

    *kind* is None where no stem is in it, or where two kinds fit as well.
    """

    kind: str | None
    side: Side | None = None
    page: int | None = None


class EvidenceStems:
    """The stems by which file names tell kinds, longest first; *example* is one of them."""

    def __init__(self, kinds: Iterable[EvidenceKind]) -> None:
        stems: dict[str, tuple[str, Side | None]] = {}
        for kind in kinds:
            for stem in (kind.label.zh, *kind.aliases):
                stems.setdefault(matching_key(stem), (kind.id, None))
            for side, words in ((Side.FRONT, kind.front), (Side.BACK, kind.back)):
                for stem in words:
                    stems[matching_key(stem)] = (kind.id, side)
        self.example = next(iter(stems), "")
        self._stems = sorted(stems.items(), key=lambda item: (-len(item[0]), item[0]))
        self.read = lru_cache(maxsize=4096)(self._read)

    def _read(self, stem: str) -> EvidenceName:
        """Read a file name without its extension."""
        key = matching_key(stem)
        found = _PAGE.search(key)
        page = int(found[1]) if found else None
        name = key[: found.start()] if found and found.start() else key
        longest = 0
        hits: set[tuple[str, Side | None]] = set()
        for known, says in self._stems:
            if len(known) < longest:
                break
            if known in name:
                longest = len(known)
                hits.add(says)
        if len({kind for kind, _ in hits}) != 1:
            return EvidenceName(None, None, page)
        kind = next(iter(hits))[0]
        sides = {side for _, side in hits}
        return EvidenceName(kind, sides.pop() if len(sides) == 1 else None, page)


def split_extension(name: str) -> tuple[str, str]:
    """Split a file name at its last dot; a leading dot starts no extension."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and stem else (name, "")
