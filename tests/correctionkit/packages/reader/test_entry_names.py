from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.packages.reader.entry_names import (
    ExtraBroken,
    RawName,
    clash_key,
    decode_names,
    extra_fields,
    is_clean,
    shown,
    shown_raw,
    unicode_path,
)


def raw(name: bytes, *, marked: bool = False, extra: bytes = b"") -> RawName:
    return RawName(name, marked, extra)


def path_field(raw_name: bytes, text: bytes, version: int = 1, crc: int | None = None) -> bytes:
    checksum = zlib.crc32(raw_name) if crc is None else crc
    content = struct.pack("<BL", version, checksum) + text
    return struct.pack("<HH", 0x7075, len(content)) + content


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(raw(b"a.txt"), "a.txt", id="ASCII"),
        pytest.param(raw("张三".encode(), marked=True), "张三", id="flagged UTF-8"),
        pytest.param(raw("张三".encode("gb18030"), marked=True), None, id="flagged, not UTF-8"),
        pytest.param(raw("张三".encode()), "张三", id="unmarked UTF-8"),
        pytest.param(raw("张三".encode("gb18030")), "张三", id="unmarked GBK"),
        pytest.param(raw("𬱖䶮".encode("gb18030")), "𬱖䶮", id="four bytes of GB 18030"),
        pytest.param(raw(b"\xff\xff"), None, id="nothing decodes it"),
        pytest.param(
            raw(b"?.txt", extra=path_field(b"?.txt", "张三.txt".encode())), "张三.txt", id="0x7075"
        ),
        pytest.param(
            raw(b"a.txt", extra=path_field(b"a.txt", b"b.txt", crc=1)),
            "a.txt",
            id="0x7075, wrong CRC",
        ),
        pytest.param(
            raw(b"a.txt", extra=path_field(b"a.txt", b"b.txt", version=2)),
            "a.txt",
            id="0x7075, version 2",
        ),
        pytest.param(
            raw(b"a.txt", extra=path_field(b"a.txt", b"")), "a.txt", id="0x7075, empty name"
        ),
        pytest.param(
            raw(b"a.txt", extra=path_field(b"a.txt", b"\xff")), "a.txt", id="0x7075, not UTF-8"
        ),
        pytest.param(
            raw(b"a.txt", marked=True, extra=path_field(b"a.txt", b"b.txt")),
            "a.txt",
            id="the flag comes before 0x7075",
        ),
        pytest.param(
            raw(b"\x01", marked=True, extra=path_field(b"\x01", "七.txt".encode())),
            "七.txt",
            id="a flagged name that cannot stand gives way to 0x7075",
        ),
        pytest.param(
            raw(b"?/?", extra=path_field(b"?/?", "张\\三".encode())),
            "张/三",
            id="backslashes of an old WinZip",
        ),
        pytest.param(
            raw(b"a", extra=path_field(b"a", b"..\\a")), "..\\a", id="backslashes of someone else"
        ),
    ],
)
def test_one_name_is_decoded_in_the_stated_order(name: RawName, expected: str | None) -> None:
    assert decode_names([name]) == [expected]


def test_unmarked_names_are_utf8_only_if_all_of_them_are() -> None:
    short = b"\xc4\xa3"

    assert decode_names([raw(short), raw(b"a")]) == ["ģ", "a"]
    assert decode_names([raw(short), raw("张三".encode("gb18030"))]) == ["模", "张三"]


def test_marked_names_have_no_say_in_how_unmarked_ones_are_read() -> None:
    field = path_field(b"\xff", "甲".encode())

    assert decode_names(
        [raw("乙".encode()), raw("丙".encode(), marked=True), raw(b"\xff", extra=field)]
    ) == [
        "乙",
        "丙",
        "甲",
    ]


@given(names=st.lists(st.text(min_size=1, max_size=12), max_size=6))
@settings(deadline=None, max_examples=150)
def test_names_survive_utf8(names: list[str]) -> None:
    encoded = [name.encode("utf-8", "ignore") for name in names]
    kept = [each.decode() for each in encoded]

    assert decode_names([raw(each, marked=True) for each in encoded]) == kept
    assert decode_names([raw(each) for each in encoded]) == kept


@given(
    name=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
)
@settings(deadline=None, max_examples=150)
def test_names_survive_gb18030_beside_one_that_is_no_utf8(name: str) -> None:
    names = [raw(name.encode("gb18030")), raw("张三".encode("gb18030"))]

    assert decode_names(names) == [name, "张三"]


@given(contents=st.lists(st.tuples(st.binary(max_size=20), st.booleans(), st.binary(max_size=30))))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_decoded_or_refused(contents: list[tuple[bytes, bool, bytes]]) -> None:
    names = [raw(name, marked=marked, extra=extra) for name, marked, extra in contents]

    assert len(decode_names(names)) == len(names)


@pytest.mark.parametrize("padding", [b"", b"\0", b"\xff\xff\xff"])
def test_extra_fields_may_end_in_padding(padding: bytes) -> None:
    extra = b"\x01\x00\x02\x00ab" + padding

    assert list(extra_fields(extra)) == [(1, b"ab")]


def test_an_extra_field_longer_than_its_room_is_refused() -> None:
    with pytest.raises(ExtraBroken):
        list(extra_fields(b"\x01\x00\x03\x00ab"))
    assert unicode_path(b"a", path_field(b"a", b"b")[:-1]) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("张三·李四 (1).jpg", True, id="ordinary"),
        pytest.param("a\u200bb\ufeff\u3000", True, id="zero width and wide space: told elsewhere"),
        pytest.param("a\0b", False, id="NUL"),
        pytest.param("a\nb", False, id="line feed"),
        pytest.param("a\x7f", False, id="delete"),
        pytest.param("a\x85b", False, id="C1 control"),
        pytest.param("gpj.\u202egnp", False, id="direction override"),
        pytest.param("a\u2066b", False, id="direction isolate"),
        pytest.param("a\u2028b", False, id="line separator"),
        pytest.param("a\udc80", False, id="lone surrogate"),
    ],
)
def test_names_with_characters_that_deceive_are_not_clean(name: str, expected: bool) -> None:
    assert is_clean(name) == expected
    assert (shown(name) == name) == expected
    assert is_clean(shown(name))


def test_undecodable_names_are_shown_as_escapes() -> None:
    assert shown_raw(b"a\xff\x00") == "a\\xff\\u0000"
    assert shown("a\u202eb") == "a\\u202eb"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("A.JPG", "a.jpg", id="case"),
        pytest.param("é", "e\u0301", id="composed and decomposed"),
        pytest.param("１２Ａ＋", "12a+", id="width"),
        pytest.param("a. .", "a", id="dots and spaces at the end"),
    ],
)
def test_names_that_pass_for_the_same_have_one_key(one: str, other: str) -> None:
    assert clash_key(one) == clash_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("身份证1.jpg", "身份证①.jpg"), ("张三", "张叁"), ("a", "b"), (" a", "a")],
)
def test_names_that_differ_otherwise_have_two_keys(one: str, other: str) -> None:
    assert clash_key(one) != clash_key(other)
