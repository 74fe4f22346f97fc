"""The Chinese of the office: complete, compiled as it stands, and with the same places to fill."""

import re

import polib
import pytest

from scripts.translations import CATALOG, missing, renewed, texts

_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalog():
    return polib.pofile(str(CATALOG))


def test_every_text_has_chinese(catalog):
    assert missing(renewed(catalog, [])) == []


def test_the_catalog_holds_the_texts_that_there_are(catalog):
    kept = {(entry.msgid, entry.msgctxt) for entry in catalog}

    assert kept == {(text.singular, text.context) for text in texts()}


def test_what_is_compiled_is_what_is_written(catalog):
    def said(entries):
        return {
            (entry.msgid, entry.msgctxt): entry.msgstr or entry.msgstr_plural for entry in entries
        }

    assert said(polib.mofile(str(CATALOG.with_suffix(".mo")))) == said(catalog)


def test_translations_have_the_places_of_their_texts(catalog):
    wrong = []
    for entry in catalog:
        chinese = entry.msgstr or entry.msgstr_plural[0]
        wanted = set(_PLACE.findall(entry.msgid_plural or entry.msgid))
        if set(_PLACE.findall(chinese)) != wanted:
            wrong.append((entry.msgid, chinese))

    assert wrong == []


def test_chinese_is_chinese(catalog):
    """Names of formats and the like stay; everything else has a Chinese character in it."""
    wrong = [
        entry.msgid
        for entry in catalog
        if re.search(r"[a-z]{4}", _PLACE.sub("", entry.msgid))
        and not re.search(r"[㐀-鿿]", entry.msgstr or entry.msgstr_plural.get(0, ""))
        and entry.msgid != "English"
    ]

    assert wrong == []
