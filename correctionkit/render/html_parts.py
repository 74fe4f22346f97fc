"""Parts of the page: findings, places, pictures.  Everything typed by others is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from correctionkit.render.blocks import Block, Line
from correctionkit.render.labels import STEP
from correctionkit.render.visible import visible
from correctionkit.render.wording import Wording
from correctionkit.terms import Language, Words

_LINES_OPEN = 8
_PLACES_A_LINE = 20
_BASIS = Words("Rests on", "依据")


def text(raw: str) -> str:
    """Escape *raw* for the page, in text and in attributes alike."""
    return escape(visible(raw))


def block_item(block: Block, wording: Wording) -> str:
    """Write one block of findings as a list item."""
    severity = text(wording.severity(block.severity))
    first, rest = block.lines[:_LINES_OPEN], block.lines[_LINES_OPEN:]
    parts = [_lines(first, wording)]
    if rest:
        count = sum(len(line.places) for line in rest)
        told = wording.say(Words(f"{count} more of this kind", f"同类问题另有 {count} 处"))
        more = _lines(rest, wording)
        parts.append(f'<details class="more"><summary>{text(told)}</summary>{more}</details>')
    step = text(wording.say(STEP))
    parts.append(f'<p class="todo"><b>{step}</b>{_colon(wording)}{text(block.hint)}</p>')
    if block.clause:
        basis = text(wording.say(_BASIS)) + _colon(wording)
        parts.append(f'<p class="clause">{basis}{text(block.clause)}</p>')
    return (
        f'<li class="finding"><span class="tag {block.severity.value}">{severity}</span>'
        f"<div>{''.join(parts)}</div></li>"
    )


def picture(path: str, jpeg: bytes, wording: Wording) -> str:
    """Embed a small picture with its file name."""
    name = text(wording.typed(path.rsplit("/", 1)[-1]))
    source = b64encode(jpeg).decode("ascii")
    return (
        f'<figure><img src="data:image/jpeg;base64,{source}" alt="{name}">'
        f"<figcaption>{name}</figcaption></figure>"
    )


def pictures(shots: Iterable[tuple[str, bytes]], wording: Wording) -> str:
    """Embed pictures side by side; nothing where there are none."""
    figures = "".join(picture(path, jpeg, wording) for path, jpeg in shots)
    return f'<div class="shots">{figures}</div>' if figures else ""


def _lines(lines: Sequence[Line], wording: Wording) -> str:
    items = "".join(f"<li>{_places(line, wording)}{text(line.message)}</li>" for line in lines)
    return f'<ul class="lines">{items}</ul>'


def _places(line: Line, wording: Wording) -> str:
    places = [place for place in line.places if place]
    if not places:
        return ""
    rest = len(places) - _PLACES_A_LINE
    told = wording.say(Words("; ", "、")).join(places[:_PLACES_A_LINE])
    if rest > 0:
        told += wording.say(Words(f" and {rest} more", f" 等 {len(places)} 处"))
    return f'<span class="where"><bdi>{text(told)}</bdi>{_colon(wording)}</span>'


def _colon(wording: Wording) -> str:
    return "：" if wording.language is Language.ZH else ": "
