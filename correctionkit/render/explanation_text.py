"""An explanation of a number or name as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from correctionkit.explanation import Explanation, Fault
from correctionkit.render.lexicon import all_words
from correctionkit.render.phrases import listed
from correctionkit.render.visible import shown
from correctionkit.terms import Language, Words

_HIDDEN = Words("hidden (--show shows it)", "已隐藏（加 --show 显示）")


def explanation_text(explanation: Explanation, language: Language, *, show: bool) -> str:
    """Say what a value is and says; private parts only where *show* asks for them."""
    return "".join(f"{line}\n" for line in _lines(explanation, language, show))


def _lines(explanation: Explanation, language: Language, show: bool) -> Iterator[str]:
    def say(words: Words) -> str:
        return words.in_language(language)

    value = explanation.reading.read if show else explanation.shown
    yield f"{shown(value)}  {say(explanation.kind)}"
    if explanation.reading.changed and (show or explanation.shown == explanation.reading.read):
        changes = [say(all_words()[code]) for code in explanation.reading.changes]
        typed = shown(explanation.reading.typed)
        yield "  " + say(
            Words(
                f"typed as “{typed}” ({listed(changes, language)})",
                f"输入为“{typed}”（{listed(changes, language)}）",
            )
        )
    colon = say(Words(": ", "："))
    for fact in explanation.facts:
        hidden = fact.private and not show
        yield f"  {say(fact.label)}{colon}{say(_HIDDEN) if hidden else say(fact.value)}"
    for fault in explanation.faults:
        yield f"  {say(Words('wrong', '有误'))}{colon}{_fault(fault, language)}"
    for fault in explanation.doubts:
        yield f"  {say(Words('to look at', '请核对'))}{colon}{_fault(fault, language)}"
    if not explanation.faults and not explanation.doubts:
        yield f"  {say(Words('nothing wrong with its form', '形式无误'))}"


def _fault(fault: Fault, language: Language) -> str:
    words = all_words().get(fault.code)
    if words is None:
        return fault.code
    return words.in_language(language).format_map(_Shown(fault.params, language))


class _Shown(dict[str, str]):
    """Parameters as they are shown: lists joined, nothing that acts on a terminal."""

    def __init__(self, params: Mapping[str, Any], language: Language) -> None:
        super().__init__(
            {
                name: listed([shown(str(each)) for each in value], language)
                if isinstance(value, (list, tuple))
                else shown(str(value))
                for name, value in params.items()
            }
        )
