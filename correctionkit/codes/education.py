"""Education, GB/T 4658: what record forms mean and what people write.

A level without an ending (高中) is the code of the level; with 毕业, 结业 or 肄业 it is the
code of that state.  中专, 职高 and 技校 have no code of their own for the level and count as
graduated.
"""

from __future__ import annotations

import re
from functools import cache

from correctionkit.codes.table import CodeRow, CodeTable, load_table
from correctionkit.readings import matching_key
from correctionkit.terms import Language

_BRACKETS = re.compile(r"[()（）\[\]【】/、,，-]")
_TRAILS = ("文化程度", "文化", "学历", "程度", "水平", "生")
_ENDINGS = ("毕业", "结业", "肄业")


@cache
def table() -> CodeTable:
    """Return the code set."""
    return load_table("education.tsv")


def find(text: str) -> CodeRow | None:
    """Return the row that *text* names, or None.

    By code, name or alias; brackets and words such as 学历 don't count; an ending that the
    level has no code for is dropped (初中结业 is 初中).
    """
    found = table().find(text)
    if found is not None:
        return found
    plain = _BRACKETS.sub("", matching_key(text))
    for candidate in _forms(plain):
        found = table().find(candidate)
        if found is not None:
            return found
    return None


def label(code: str, language: Language) -> str:
    """Return the name of *code* in *language*; the code itself where it has none."""
    return table().label(code, language)


def suggestions(text: str) -> tuple[str, ...]:
    """Return the names that come close to *text*."""
    return table().suggestions(text)


def college_or_above(code: str) -> bool:
    """Whether *code* is of college level or above: 10 to 39."""
    return len(code) == 2 and code.isascii() and code.isdigit() and "10" <= code <= "39"


def _forms(plain: str) -> list[str]:
    """List what *plain* may mean, the fullest reading first."""
    forms = [plain]
    for trail in _TRAILS:
        if plain.endswith(trail):
            forms.append(plain.removesuffix(trail))
    for form in tuple(forms):
        for ending in _ENDINGS:
            if ending in form:
                forms.append(form.replace(ending, ""))
    return [form for form in forms if form]
