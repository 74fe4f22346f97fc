from __future__ import annotations

import pkgutil
import re
from collections import Counter
from importlib import import_module

import correctionkit.catalog.words as words_package
from correctionkit.render.lexicon import AREAS, all_words

PLACE = re.compile(r"\{([a-z_]+)\}")


def test_the_words_of_every_area_are_in_the_look_up() -> None:
    names = [each.name for each in pkgutil.iter_modules(words_package.__path__)]
    modules = [import_module(f"{words_package.__name__}.{name}") for name in names]
    assert sorted(map(id, AREAS)) == sorted(id(module.WORDS) for module in modules)


def test_no_code_stands_in_two_areas() -> None:
    counts = Counter(code for area in AREAS for code in area)
    assert [code for code, count in counts.items() if count > 1] == []


def test_both_languages_speak_of_the_same_values() -> None:
    differing = [
        code
        for code, words in all_words().items()
        if set(PLACE.findall(words.en)) != set(PLACE.findall(words.zh))
    ]
    assert differing == []
