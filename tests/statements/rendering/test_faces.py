"""The packaged faces hold what names need, and say truly which character each has."""

from __future__ import annotations

from itertools import chain

import pytest
from builders.standard_characters import standard_characters
from fontTools.ttLib import TTFont

from statements.rendering.faces import (
    BOLD,
    FOLDER,
    coverage,
    everyday_faces,
    faces_for,
    first_missing,
)

FILES = sorted({face.file for face in coverage().values()})
# Every Chinese character of GB 18030-2022, implementation level 3.
GB_18030 = (
    range(0x4E00, 0x9FF0),
    range(0x3400, 0x4DB6),
    range(0x20000, 0x2A6D7),
    range(0x2A700, 0x2B735),
    range(0x2B740, 0x2B81E),
    range(0x2B820, 0x2CEA2),
    range(0x2CEB0, 0x2EBE1),
    # The twelve unified ones among the compatibility characters.
    map(ord, "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"),
)


def test_the_chinese_characters_of_the_national_standard_but_five_of_chemists_can_be_printed():
    wanted = [chr(code) for code in chain(*GB_18030)]

    assert len(wanted) == 87_887
    assert "".join(each for each in wanted if each not in coverage()) == "鿫鿬鿭鿮鿯"


@pytest.mark.parametrize(
    ("level", "file"), [(1, "serif-1.otf"), (2, "serif-2.otf"), (3, "serif-2.otf")]
)
def test_the_general_standard_characters_are_in_the_everyday_faces(level, file):
    characters = standard_characters(level)

    assert {coverage()[each].file for each in characters} == {file}


@pytest.mark.parametrize("file", FILES)
def test_a_file_has_the_characters_that_the_table_says_each_with_a_glyph_of_its_own(file):
    with (FOLDER / file).open("rb") as stream, TTFont(stream, lazy=True) as font:
        glyphs = font.getBestCmap()

    assert set(map(chr, glyphs)) == {each for each, face in coverage().items() if face.file == file}
    assert len(set(glyphs.values())) == len(glyphs)


def test_the_bold_face_has_what_the_first_has():
    with (FOLDER / BOLD).open("rb") as stream, TTFont(stream, lazy=True) as bold:
        assert set(map(chr, bold.getBestCmap())) == {
            each for each, face in coverage().items() if face == everyday_faces()[0]
        }


def test_no_family_stands_for_two_files():
    assert len({face.family for face in coverage().values()}) == len(FILES)


def test_ordinary_text_needs_the_everyday_faces_only():
    text = "学籍科 2024年3月11日 张婷、王鑫·Abc（签字／盖章）：“①～…—”《№》\n"

    assert first_missing(text) is None
    assert faces_for(text) == everyday_faces()


def test_a_rare_name_needs_the_file_that_has_it_and_no_other():
    assert faces_for("𬎆") == (*everyday_faces(), coverage()["𬎆"])


@pytest.mark.parametrize(
    "character", ["😀", "\t", "\r", "\x00", "\u200b", "\u202e", "\ud800", "\U000323af", "ส"]
)
def test_what_no_face_has_is_missing(character):
    assert first_missing(f"张{character}三") == character
