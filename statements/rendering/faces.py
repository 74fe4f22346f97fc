"""The packaged faces: which characters each has, and which a text needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

FOLDER = resources.files("statements") / "assets" / "fonts"
# Every document is set with these: of two sheets, one has a name that needs the second, and
# what the bold face lacks is printed in the regular ones.
EVERYDAY = ("serif-1.otf", "serif-2.otf")
BOLD = "serif-1-bold.otf"


@dataclass(frozen=True, slots=True)
class Face:
    """One file of glyphs, and the family name that the style sheet calls it by."""

    file: str
    family: str


@cache
def coverage() -> dict[str, Face]:
    """Return the face that prints each character."""
    table = (FOLDER / "coverage.tsv").read_text(encoding="utf-8")
    faces: dict[str, Face] = {}
    for row in table.splitlines():
        file, ranges = row.split("\t")
        faces.update(dict.fromkeys(_characters(ranges), _face(file)))
    return faces


def first_missing(text: Iterable[str]) -> str | None:
    """Return the first character that no face has; line breaks need none."""
    known = coverage()
    return next((each for each in text if each not in known and each != "\n"), None)


def everyday_faces() -> tuple[Face, ...]:
    """Return the faces that every document is set with."""
    return tuple(map(_face, EVERYDAY))


def faces_for(text: str) -> tuple[Face, ...]:
    """Return the faces that *text* needs, the everyday ones first.

    Few documents need others, so that few combinations are ever asked for.
    """
    known = coverage()
    needed = {known[each] for each in set(text) if each in known}
    rare = sorted(needed.difference(everyday_faces()), key=lambda face: face.file)
    return (*everyday_faces(), *rare)


def _face(file: str) -> Face:
    # A family of its own for each file: WeasyPrint takes two files for one font where family
    # and weight are the same.
    return Face(file, f"Statement {file.partition('.')[0]}")


def _characters(ranges: str) -> Iterator[str]:
    for written in ranges.split():
        first, _, last = written.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))
