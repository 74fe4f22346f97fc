"""Derive the faces that statements are printed with from two open Chinese faces.

    python scripts/statement_fonts.py NOTO_REGULAR NOTO_BOLD HANAZONO_B LISTS

NOTO_REGULAR and NOTO_BOLD are ``NotoSerifCJK-*.ttc`` (Debian: fonts-noto-cjk), HANAZONO_B is
``HanaMinB.ttf`` (Debian: fonts-hanazono), LISTS a folder with the table of general standard
characters as ``level-1.txt`` to ``level-3.txt``.

Within one file no two characters share a glyph: a PDF says only once a font which character
a glyph stands for, so that a shared glyph would be copied out of it as the wrong one.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "statements/assets/fonts"
SIMPLIFIED = 2  # of the collection's five languages
# A file that a rare name needs should load in a blink.
MOST_A_FILE = 2048
# Printed text, in the order in which a character that shares its glyph with another keeps it:
# Latin with marks, punctuation, Greek, Cyrillic, numbered and geometric signs.
TEXT = [
    (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x17F), (0xFF01, 0xFF5E), (0x3000, 0x303F),
    (0x2013, 0x2014), (0x2018, 0x2026), (0x2010, 0x205E), (0x391, 0x3C9), (0x401, 0x451),
    (0x2100, 0x214F), (0x2160, 0x217B), (0x2190, 0x2199), (0x2200, 0x22FF), (0x2460, 0x249B),
    (0x2500, 0x257F), (0x25A0, 0x25EF), (0x2605, 0x2606), (0x2610, 0x2612), (0x2713, 0x2717),
    (0x3220, 0x3243), (0xA0, 0xA0),
]  # fmt: skip
# Han, in the same sense.
HAN = [
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2EBEF), (0x30000, 0x323AF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F), (0x2E80, 0x2FDF), (0x31C0, 0x31E3),
]  # fmt: skip


def spread(ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield every code point of *ranges*, whose ends belong to them."""
    for first, last in ranges:
        yield from range(first, last + 1)


def level(lists: Path, number: int) -> list[int]:
    """Return one level of the table of general standard characters."""
    text = (lists / f"level-{number}.txt").read_text(encoding="utf-8")
    return [ord(character) for character in text if not character.isspace()]


def one_a_glyph(glyphs: dict[int, str], wanted: Iterable[int]) -> tuple[list[int], list[int]]:
    """Part the characters that a face has into those with a glyph of their own and the others."""
    taken: set[str] = set()
    own: list[int] = []
    sharing: list[int] = []
    for code in dict.fromkeys(wanted):
        if code not in glyphs:
            continue
        (sharing if glyphs[code] in taken else own).append(code)
        taken.add(glyphs[code])
    return own, sharing


def ranges(codes: Iterable[int]) -> str:
    """Write code points as ranges: ``4E00-4E03 4E05``."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in runs)


def derive(source: Path, codes: list[int], name: str) -> None:
    """Write the glyphs of *codes* and nothing else of the face."""
    options = subset.Options()
    options.font_number = SIMPLIFIED if source.suffix == ".ttc" else -1
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "FFTM"]
    options.name_IDs = [0, 7, 13, 14]
    options.recalc_timestamp = False
    options.flavor = "woff" if name.endswith(".woff") else None
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    subset.save_font(font, str(FOLDER / name), options)


def main() -> None:
    """Write all files and the table that says which characters each has."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    regular, bold, rare, lists = map(Path, sys.argv[1:])
    FOLDER.mkdir(parents=True, exist_ok=True)
    has = TTFont(regular, fontNumber=SIMPLIFIED, lazy=True).getBestCmap()
    also = TTFont(rare, lazy=True).getBestCmap()
    first, second = level(lists, 1), [*level(lists, 2), *level(lists, 3)]

    common, sharing = one_a_glyph(has, [*first, *spread(TEXT)])
    standard, _ = one_a_glyph(has, second)
    rest, sharing_too = one_a_glyph(
        has, [code for code in spread(HAN) if code not in {*common, *standard, *sharing}]
    )
    doubles, doubles_again = one_a_glyph(has, [*sharing, *sharing_too])
    beyond = [code for code in spread(HAN) if code in also and code not in has]

    rows = []
    plan = [
        (regular, "serif-1.otf", common),
        (regular, "serif-2.otf", standard),
        (regular, "doubles.woff", doubles),
        (regular, "doubles-2.woff", doubles_again),
    ]
    for source, stem, codes in ((regular, "serif", rest), (rare, "mincho", beyond)):
        ordered = sorted(codes)
        for start in range(0, len(ordered), MOST_A_FILE):
            part = ordered[start : start + MOST_A_FILE]
            plan.append((source, f"{stem}-{part[0]:x}.woff", part))
    derive(bold, common, "serif-1-bold.otf")
    for source, name, codes in plan:
        derive(source, codes, name)
        rows.append(f"{name}\t{ranges(codes)}\n")
    (FOLDER / "coverage.tsv").write_text("".join(rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
