"""What the directory of a ZIP may say, one lie at a time; and what its members may unpack to."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.packages.reader.positioned import PositionedFile
from correctionkit.packages.reader.tree import (
    MemberDamaged,
    MemberFault,
    Package,
    PackageUnreadable,
    open_package,
)
from correctionkit.packages.reader.zip_directory import place_members, read_directory
from correctionkit.packages.reader.zip_end import find_directory
from correctionkit.packages.reader.zip_members import unpacked
from correctionkit.policy.bounds import PackageBounds

FIRST = "1335001209114张三/身份证.jpg"
SECOND = "1335001209114张三/户口本.jpg"
FULL = 0xFFFFFFFF
LINK = 0o120777
STREAMED = {"flags": 0x808}


def both(**fields: int) -> dict[str, dict[str, int]]:
    """Make both headers tell the same untruth."""
    return {"central": fields, "local": fields}


def contents(zipped: bytes) -> dict[str, bytes]:
    """Read everything at the level of the directory, below the judgement of the package."""
    file = PositionedFile(io.BytesIO(zipped))
    place = find_directory(file)
    members = read_directory(file, place)
    return {
        each.member.raw_name.decode(): b"".join(unpacked(file, each))
        for each in place_members(file, members, place)
    }


def fault(zipped: bytes) -> str:
    with pytest.raises(PackageUnreadable) as unreadable:
        contents(zipped)
    return unreadable.value.fault


def refusals(package: Package) -> list[tuple[str | None, str]]:
    assert package.refused == bool(package.findings)
    assert package.entries == ()
    assert {each.code for each in package.findings} <= {"package-unsafe"}
    return [(each.location.path, each.params["fault"]) for each in package.findings]


def test_a_sound_zip_reads_back(zips: Any) -> None:
    stored = zips.part(SECOND, method=0, content=b"stored")

    assert contents(zips.build(zips.part(FIRST), stored)) == {FIRST: b"content", SECOND: b"stored"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"disk": 1}, "zip-split", id="disk"),
        pytest.param({"first_disk": 1}, "zip-split", id="disk of the directory"),
        pytest.param({"here": 0}, "zip-broken", id="fewer entries on this disk"),
        pytest.param({"entries": 2, "here": 2}, "zip-broken", id="one entry too many"),
        pytest.param({"entries": 0, "here": 0}, "zip-broken", id="one entry too few"),
        pytest.param({"directory_at": 0}, "zip-broken", id="directory elsewhere"),
        pytest.param({"directory_size": 1}, "zip-broken", id="directory shorter"),
        pytest.param({"directory_at": 0xFFFFFFFF}, "zip-broken", id="zip64 announced, not there"),
        pytest.param({"comment_size": 1}, "zip-trailing", id="comment missing"),
        pytest.param({"mark": b"PK\x05\x07"}, "zip-broken", id="no end"),
        pytest.param({"prefix": b"prefix", "directory_at": 80}, "zip-broken", id="shifted"),
    ],
)
def test_an_end_that_does_not_fit_is_told(zips: Any, change: dict[str, Any], expected: str) -> None:
    assert fault(zips.build(FIRST, **change)) == expected


def test_bytes_after_the_end_are_told(zips: Any) -> None:
    assert fault(zips.build(FIRST) + b"\0") == "zip-trailing"


def test_a_comment_is_no_matter(zips: Any) -> None:
    assert contents(zips.build(FIRST, comment=bytes(0xFFFF))) == {FIRST: b"content"}


def test_bytes_before_the_first_entry_are_no_matter_if_the_offsets_are_right(zips: Any) -> None:
    assert contents(zips.build(FIRST, prefix=b"prefix")) == {FIRST: b"content"}


@pytest.mark.parametrize("comment", ["whole", "end of another", "mark and more"])
def test_a_second_end_in_the_comment_is_told(zips: Any, comment: str) -> None:
    other = zips.build(SECOND)
    comments = {
        "whole": other,
        "end of another": other[-22:],
        "mark and more": b"PK\x05\x06" + bytes(30),
    }

    assert fault(zips.build(FIRST, comment=comments[comment])) == "zip-ambiguous"


@pytest.mark.parametrize(
    ("zipped", "expected"),
    [
        (b"", "package-empty"),
        (b"hello", "zip-none"),
        (b"PK\x03\x04" + bytes(100), "zip-broken"),
        (b"PK\x07\x08PK\x03\x04" + bytes(100), "zip-split"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(100), "archive-rar"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "archive-7z"),
        (b"\x1f\x8b\x08" + bytes(100), "archive-other"),
        (bytes(257) + b"ustar" + bytes(300), "archive-other"),
    ],
)
def test_what_is_no_zip_is_named(zipped: bytes, expected: str) -> None:
    assert fault(zipped) == expected


@pytest.mark.parametrize("cut", [1, 21, 22, 60])
def test_a_zip_cut_short_is_told(zips: Any, cut: int) -> None:
    assert fault(zips.build(FIRST, SECOND)[:-cut]) in ("zip-broken", "zip-trailing")


@pytest.mark.parametrize(
    "short", [None, {}, {"entries": 0xFFFF, "here": 0xFFFF}], ids=["all full", "none full", "some"]
)
def test_a_zip64_end_reads_back(zips: Any, short: dict[str, Any] | None) -> None:
    assert contents(zips.build_64(FIRST, short=short)) == {FIRST: b"content"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"mark": b"PK\x06\x05"}, "zip-broken", id="mark"),
        pytest.param({"length": 45}, "zip-broken", id="length"),
        pytest.param({"gap": b"\0"}, "zip-broken", id="gap before the locator"),
        pytest.param({"entries": 2}, "zip-broken", id="count of all"),
        pytest.param({"directory_at": 1}, "zip-broken", id="offset"),
        pytest.param({"disk": 1}, "zip-split", id="disk"),
        pytest.param({"disks": 2}, "zip-split", id="disks"),
        pytest.param({"short": {"entries": 2}}, "zip-broken", id="disagrees with the ordinary end"),
    ],
)
def test_a_zip64_end_that_does_not_fit_is_told(
    zips: Any, change: dict[str, Any], expected: str
) -> None:
    assert fault(zips.build_64(FIRST, **change)) == expected


def long_field(*values: int) -> bytes:
    content = b"".join(struct.pack("<Q", value) for value in values)
    return struct.pack("<HH", 1, len(content)) + content


def test_sizes_are_looked_up_in_the_zip64_field(zips: Any) -> None:
    full = {"packed": 0xFFFFFFFF, "size": 0xFFFFFFFF}
    part = zips.part(FIRST, method=0, extra=long_field(7, 7), central=full, local=full)

    assert contents(zips.build(part)) == {FIRST: b"content"}


@pytest.mark.parametrize("extra", [b"", long_field(7), long_field(7, 7) * 2])
def test_a_zip64_field_that_lacks_or_doubles_a_value_is_told(zips: Any, extra: bytes) -> None:
    full = {"packed": 0xFFFFFFFF, "size": 0xFFFFFFFF}

    assert fault(zips.build(zips.part(FIRST, extra=extra, central=full))) == "zip-broken"


def test_an_extra_field_beyond_its_room_is_told(zips: Any) -> None:
    assert fault(zips.build(zips.part(FIRST, extra=b"\x01\x99\x09\x00a"))) == "zip-broken"


ENCRYPTED = [
    pytest.param({"flags": 0x801}, id="ZipCrypto"),
    pytest.param({"flags": 0x841}, id="strong"),
    pytest.param({"flags": 0x2801}, id="masked headers"),
    pytest.param({"method": 99}, id="AES by method"),
    pytest.param({"extra": b"\x01\x99\x07\x00\x02\x00AE\x03\x08\x00"}, id="AES by field"),
]


@pytest.mark.parametrize("change", ENCRYPTED)
def test_encrypted_entries_make_the_package_unreadable(
    zips: Any, opened: Callable[..., Package], change: dict[str, Any]
) -> None:
    with pytest.raises(PackageUnreadable) as unreadable:
        opened(zips.build(SECOND, zips.part(FIRST, **change)))
    assert unreadable.value.fault == "zip-encrypted"


def test_an_entry_on_another_disk_makes_the_package_unreadable(
    zips: Any, opened: Callable[..., Package]
) -> None:
    with pytest.raises(PackageUnreadable) as unreadable:
        opened(zips.build(zips.part(FIRST, central={"disk": 1})))
    assert unreadable.value.fault == "zip-split"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"local": {"mark": b"PK\x03\x05"}}, "headers-disagree", id="mark"),
        pytest.param({"local_name": b"other.jpg"}, "headers-disagree", id="name"),
        pytest.param({"local": {"method": 0}}, "headers-disagree", id="method"),
        pytest.param({"local": {"flags": 0x801}}, "headers-disagree", id="encrypted"),
        pytest.param({"local": {"flags": 0}}, "headers-disagree", id="encoding of the name"),
        pytest.param({"local": {"crc": 1}}, "headers-disagree", id="checksum"),
        pytest.param({"local": {"packed": 8}}, "headers-disagree", id="packed size"),
        pytest.param({"local": {"size": 8}}, "headers-disagree", id="size"),
        pytest.param({"local": {"size": FULL}}, "headers-disagree", id="size, no zip64 field"),
        pytest.param({"local": {"flags": 0x808, "crc": 1}}, "headers-disagree", id="streamed, CRC"),
        pytest.param({"method": 0, **both(size=8)}, "headers-disagree", id="stored, two sizes"),
        pytest.param(both(packed=500), "entry-outside", id="runs into the directory"),
        pytest.param({"central": {"header_at": FULL - 9}}, "entry-outside", id="begins too late"),
        pytest.param({"attributes": LINK << 16, "made_by": 3}, "link", id="link by mode"),
        pytest.param({"attributes": LINK << 16}, "link", id="link by mode, maker unknown"),
        pytest.param({"attributes": 0x400, "made_by": 10}, "link", id="reparse point"),
        pytest.param({"extra": struct.pack("<HH16x", 0x0D, 16)}, "link", id="link by field"),
        pytest.param({"extra": struct.pack("<HHLH", 0x756E, 6, 0, LINK)}, "link", id="ASi link"),
        pytest.param({"attributes": 0o020666 << 16, "made_by": 3}, "device", id="device"),
        pytest.param({"attributes": 0o010666 << 16, "made_by": 19}, "device", id="pipe"),
    ],
)
def test_a_zip_with_an_entry_that_lies_is_refused(
    zips: Any, opened: Callable[..., Package], change: dict[str, Any], expected: str
) -> None:
    with opened(zips.build(SECOND, zips.part(FIRST, **change))) as package:
        assert refusals(package) == [(FIRST, expected)]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"local": {**STREAMED, "crc": 0, "packed": 0, "size": 0}}, id="sizes follow"),
        pytest.param({"local": {**STREAMED, "packed": FULL, "size": FULL}}, id="sizes full"),
        pytest.param({"local": {"time": 1, "date": 0}}, id="times disagree or are none"),
        pytest.param({"local": {"needed": 45}}, id="version"),
        pytest.param({"flags": 0x806}, id="how hard it was packed"),
        pytest.param({"attributes": 0o100644 << 16, "made_by": 3}, id="plain by mode"),
        pytest.param({"attributes": 0o020666 << 16, "made_by": 0}, id="DOS has no devices"),
        pytest.param({"extra": b"\0"}, id="padding"),
        pytest.param({"local_extra": b"UT\x05\x00" + bytes(200)}, id="long or odd local field"),
        pytest.param({"gap": b"gap", "after": b"PK\x07\x08" + bytes(12)}, id="gaps"),
    ],
)
def test_what_honest_writers_do_differently_is_no_matter(
    zips: Any, opened: Callable[..., Package], change: dict[str, Any]
) -> None:
    with opened(zips.build(SECOND, zips.part(FIRST, **change))) as package:
        assert package.findings == ()
        assert [package.read(each) for each in package.entries if not each.is_folder] == [
            b"content"
        ] * 2


def test_entries_that_share_bytes_are_all_named(zips: Any, opened: Callable[..., Package]) -> None:
    inner = zips.build(zips.part("b.jpg", method=0, local_extra=b""))
    header = len(b"PK\x03\x04") + 26 + len("a.jpg")
    outer = zips.part("a.jpg", method=0, content=inner[: inner.index(b"PK\x01\x02")])
    hidden = zips.part("b.jpg", method=0, central={"header_at": header})

    with opened(zips.build(outer, hidden)) as package:
        assert refusals(package) == [("a.jpg", "entry-overlaps"), ("b.jpg", "entry-overlaps")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("1/a.jpg", "1/a.jpg", "entry-repeated", id="same"),
        pytest.param("1/a.jpg", "1/A.JPG", "entry-repeated", id="case"),
        pytest.param("1/é", "1/e\u0301", "entry-repeated", id="decomposed"),
        pytest.param("1/a1", "1/a１", "entry-repeated", id="width"),
        pytest.param("1/a", "1/./a", "entry-repeated", id="dots"),
        pytest.param("1/", "1/", "entry-repeated", id="folder named twice"),
        pytest.param("1", "1/a", "file-and-folder", id="file, then folder"),
        pytest.param("1/a", "1", "file-and-folder", id="folder, then file"),
        pytest.param("1a/b", "1A/c", "entry-repeated", id="folders by case"),
    ],
)
def test_names_that_pass_for_one_another_are_refused_naming_both(
    zips: Any, opened: Callable[..., Package], first: str, second: str, expected: str
) -> None:
    parts = [
        zips.part(name, content=b"" if name.endswith("/") else b"a") for name in (first, second)
    ]
    with opened(zips.build(*parts)) as package:
        (finding,) = package.findings
    assert finding.location.path == second
    assert finding.params["fault"] == expected
    assert finding.params["name"] == second
    assert finding.params["other"].startswith("1")


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        pytest.param("../a", "../a", "path-leaves", id="zip-slip"),
        pytest.param("a/../../b", "a/../../b", "path-leaves", id="zip-slip inside"),
        pytest.param("a/.. /b", "a/.. /b", "path-leaves", id="two dots to Windows"),
        pytest.param("..\\a", "..\\a", "path-backslash", id="zip-slip of Windows"),
        pytest.param("/a", "/a", "path-absolute", id="root"),
        pytest.param("C:/a", "C:/a", "path-absolute", id="drive"),
        pytest.param("c:a", "c:a", "path-absolute", id="drive, relative"),
        pytest.param("a\\b", "a\\b", "path-backslash", id="backslash"),
        pytest.param("", "", "name-empty", id="no name"),
        pytest.param("./", "./", "name-empty", id="the folder itself"),
        pytest.param("a\0b", "a\\u0000b", "name-characters", id="NUL"),
        pytest.param("a\u202eb", "a\\u202eb", "name-characters", id="override"),
        pytest.param(b"\xff\xff", "\\xff\\xff", "name-undecodable", id="undecodable"),
        pytest.param("a" * 256, "a" * 256, "path-too-long", id="name one too long"),
        pytest.param("a/" * 32 + "b", "a/" * 32 + "b", "path-too-long", id="one too deep"),
        pytest.param("a/", "a/", "folder-with-content", id="folder with content"),
    ],
)
def test_unsafe_names_refuse_the_zip(
    zips: Any, opened: Callable[..., Package], name: str | bytes, path: str, expected: str
) -> None:
    flags = 0 if isinstance(name, bytes) else 0x800
    with opened(zips.build(SECOND, zips.part(name, flags=flags))) as package:
        assert refusals(package) == [(path, expected)]


@pytest.mark.parametrize("name", ["a" * 255, "1/" * 31 + "b", "a..b", "1//a", "1/./a", "甲:b"])
def test_names_at_the_edge_are_taken(zips: Any, opened: Callable[..., Package], name: str) -> None:
    with opened(zips.build(SECOND, zips.part(name))) as package:
        assert package.findings == ()
        assert len([each for each in package.entries if not each.is_folder]) == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"packed": b"\xff\xff"}, "member-broken", id="no deflate stream"),
        pytest.param({"packed": b"\x03\x00 "}, "member-broken", id="bytes after the stream"),
        pytest.param({"packed": b""}, "member-shorter", id="nothing packed"),
        pytest.param({"packed": b"K"}, "member-shorter", id="stream cut"),
        pytest.param({"central": {"size": 6}, "local": {"size": 6}}, "member-longer", id="longer"),
        pytest.param(
            {"central": {"size": 8}, "local": {"size": 8}}, "member-shorter", id="shorter"
        ),
        pytest.param(
            {"central": {"crc": 1}, "local": {"crc": 1}}, "member-checksum", id="checksum"
        ),
        pytest.param({"method": 9}, "method-unsupported", id="Deflate64"),
        pytest.param({"method": 12}, "method-unsupported", id="bzip2"),
        pytest.param({"method": 14}, "method-unsupported", id="LZMA"),
    ],
)
def test_damage_concerns_the_one_member(zips: Any, change: dict[str, Any], expected: str) -> None:
    zipped = zips.build(SECOND, zips.part(FIRST, **change))
    file = PositionedFile(io.BytesIO(zipped))
    place = find_directory(file)
    good, bad = place_members(file, read_directory(file, place), place)

    assert b"".join(unpacked(file, good)) == b"content"
    with pytest.raises(MemberDamaged) as damaged:
        b"".join(unpacked(file, bad))
    assert damaged.value.fault == expected


@pytest.mark.parametrize(("after", "fault"), [(b"", None), (b"!", "member-broken")])
def test_bytes_after_a_stream_that_fills_whole_blocks_are_refused(
    zips: Any, after: bytes, fault: str | None
) -> None:
    # Sixteen stored blocks of 64 KiB with their headers: 1 MiB, as much as is read at once.
    lengths = struct.pack("<HH", 65_531, 65_531 ^ 0xFFFF)
    stream = b"".join(bytes([at == 15]) + lengths + bytes(65_531) for at in range(16))
    content = zlib.decompress(stream, -zlib.MAX_WBITS)
    file = PositionedFile(
        io.BytesIO(zips.build(zips.part(FIRST, content=content, packed=stream + after)))
    )
    place = find_directory(file)
    (placed,) = place_members(file, read_directory(file, place), place)

    assert len(stream) == 1 << 20
    if fault is None:
        assert b"".join(unpacked(file, placed)) == content
    else:
        with pytest.raises(MemberDamaged, match=fault):
            b"".join(unpacked(file, placed))


def test_a_member_never_unpacks_to_more_than_it_declares(zips: Any) -> None:
    lie = {"size": 82_496, "crc": 0}
    part = zips.part(FIRST, content=bytes(30 << 20), central=lie, local=lie)
    file = PositionedFile(io.BytesIO(zips.build(part)))
    place = find_directory(file)
    (placed,) = place_members(file, read_directory(file, place), place)

    def sizes() -> Iterator[int]:
        for block in unpacked(file, placed):
            yield len(block)

    with pytest.raises(MemberDamaged, match="member-longer"):
        assert sum(sizes()) <= 82_496


@pytest.mark.parametrize("method", [0, 8])
@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_members_of_any_size_read_back(zips: Any, method: int, size: int) -> None:
    content = (bytes(range(256)) * (size // 256 + 1))[:size]

    assert contents(zips.build(zips.part(FIRST, content=content, method=method))) == {
        FIRST: content
    }


GOOD_NAMES = [FIRST, SECOND, "附表2.xlsx", "1335001209115李四/", "b/c.txt"]


def attempt(path: Path, bounds: PackageBounds) -> None:
    """Open and read all; only the faults that are promised may come out."""
    try:
        with open_package(path, bounds) as package:
            for entry in package.entries:
                if entry.is_folder:
                    continue
                assert entry.size <= bounds.max_entry_bytes
                try:
                    assert len(package.read(entry)) == entry.size
                except MemberFault:
                    continue
    except PackageUnreadable:
        return


NEARLY_ZIP = st.tuples(st.binary(max_size=90), st.binary(min_size=18, max_size=40)).map(
    lambda pair: b"PK\x03\x04%bPK\x05\x06%b" % pair
)


@given(zipped=st.binary(max_size=200) | NEARLY_ZIP)
@settings(deadline=None, max_examples=100)
def test_any_bytes_are_read_or_refused(
    zipped: bytes, tmp_path_factory: pytest.TempPathFactory, bounds: PackageBounds
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.zip"
    path.write_bytes(zipped)

    attempt(path, bounds)


@given(
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=4)
)
@settings(deadline=None, max_examples=250)
def test_any_change_to_a_good_zip_is_read_or_refused(
    changes: list[tuple[int, int]],
    zips: Any,
    tmp_path_factory: pytest.TempPathFactory,
    bounds: PackageBounds,
) -> None:
    parts = [
        zips.part(name, content=b"" if name.endswith("/") else name.encode() * 9)
        for name in GOOD_NAMES
    ]
    mutated = bytearray(zips.build(*parts))
    for at, value in changes:
        mutated[at % len(mutated)] = value
    path = tmp_path_factory.getbasetemp() / "mutated.zip"
    path.write_bytes(mutated)

    attempt(path, bounds)


@given(start=st.integers(0, 1500), length=st.integers(1, 400), again=st.booleans())
@settings(deadline=None, max_examples=150)
def test_any_piece_dropped_or_doubled_is_read_or_refused(
    start: int,
    length: int,
    again: bool,
    zips: Any,
    tmp_path_factory: pytest.TempPathFactory,
    bounds: PackageBounds,
) -> None:
    zipped = zips.build_64(*(zips.part(name, content=b"") for name in GOOD_NAMES))
    piece = zipped[start : start + length]
    path = tmp_path_factory.getbasetemp() / "cut.zip"
    path.write_bytes(zipped[:start] + (piece * 2 if again else b"") + zipped[start + length :])

    attempt(path, bounds)
