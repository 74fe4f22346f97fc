from __future__ import annotations

from importlib import resources

import pytest

from correctionkit.samples import font

NOT_IN_THE_FACE = "\ue000"
PRINTS_NOTHING = " \u3000"


def test_face_has_a_glyph_of_its_own_for_each_character():
    face = font.face(24)
    missing = bytes(face.getmask(NOT_IN_THE_FACE))

    drawn_as_missing = [
        character
        for character in sorted(font.characters())
        if character not in PRINTS_NOTHING and bytes(face.getmask(character)) == missing
    ]

    assert drawn_as_missing == []


def test_missing_glyph_is_told_by_the_comparison():
    assert bytes(font.face(24).getmask("\ue001")) == bytes(font.face(24).getmask(NOT_IN_THE_FACE))


def test_text_of_known_characters_passes():
    font.require("阿例·样本提 䶮𬱖 0123456789X")


def test_text_with_an_unknown_character_is_refused_by_name():
    with pytest.raises(ValueError, match="𠮷"):
        font.require("样𠮷")


def test_face_is_small_and_has_its_licence_beside_it():
    folder = resources.files("correctionkit.samples") / "data"
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")

    assert len((folder / "sample-serif.otf").read_bytes()) < 250_000
    assert licence.startswith("Copyright 2017-2022 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
