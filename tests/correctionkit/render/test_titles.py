from __future__ import annotations

from correctionkit.catalog import ALL
from correctionkit.render.titles import TITLES, title
from correctionkit.terms import Language


def test_every_code_has_a_title_and_no_title_is_without_a_code() -> None:
    assert set(TITLES) == {each.code for each in ALL}


def test_titles_tell_codes_apart_in_both_languages() -> None:
    for language in Language:
        assert len({title(code, language) for code in TITLES}) == len(TITLES)


def test_a_code_of_the_future_is_its_own_title() -> None:
    assert title("scan-upside-down", Language.ZH) == "scan-upside-down"
