from __future__ import annotations

import io

import pytest

from correctionkit.render.streams import write_text

TEXT = "张三 “䶮” \U0002cc56 → 第 2 行…‹U+202E› é\n"


def _written(encoding: str, text: str = TEXT) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    write_text(stream, text)
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", TEXT),
        ("gb18030", TEXT),
        ("cp936", "张三 “[U+4DAE]” [U+2CC56] → 第 2 行…<U+202E> é\n"),
        (
            "ascii",
            '[U+5F20][U+4E09] "[U+4DAE]" [U+2CC56] -> [U+7B2C] 2 [U+884C]...<U+202E> [U+00E9]\n',
        ),
    ],
)
def test_what_the_stream_cannot_hold_is_told_by_its_number(encoding: str, expected: str) -> None:
    assert _written(encoding) == expected


def test_half_a_surrogate_pair_does_not_stop_the_writing() -> None:
    assert _written("utf-8", "a\ud83db\n") == "a[U+D83D]b\n"


def test_a_stream_without_an_encoding_takes_everything() -> None:
    stream = io.StringIO()
    write_text(stream, TEXT)
    assert stream.getvalue() == TEXT
