from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from correctionkit.packages.reader.tree import open_package
from correctionkit.packages.writer import zip_writing
from correctionkit.packages.writer.writing import (
    Content,
    NameRefused,
    WritingRefused,
    name_fault,
    write_folder,
    write_zip,
)
from correctionkit.policy.bounds import PackageBounds

MEMBERS: list[tuple[str, Content]] = [
    ("附表2.xlsx", b"table " * 50),
    ("1335001209114张三/身份证.jpg", b"\xff\xd8picture"),
    ("1335001209115𬱖·李/", b""),
    ("1335001209114张三/户口本.PNG", b"\x89PNG"),
]


def test_a_zip_reads_back_as_it_was_written(tmp_path: Path, bounds: PackageBounds) -> None:
    write_zip(tmp_path / "a.zip", MEMBERS)

    with open_package(tmp_path / "a.zip", bounds) as package:
        read = {each.path: package.read(each) for each in package.entries if not each.is_folder}
        folders = [each.path for each in package.entries if each.is_folder]
    assert read == {name: content for name, content in MEMBERS if not name.endswith("/")}
    assert folders == ["1335001209114张三", "1335001209115𬱖·李"]
    assert package.findings == ()


def test_other_programs_read_it_too(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", MEMBERS)

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        listed = [
            (each.filename, each.compress_type, each.date_time) for each in archive.infolist()
        ]
    moment = (1980, 1, 1, 0, 0, 0)
    assert listed == [
        ("1335001209114张三/户口本.PNG", zipfile.ZIP_STORED, moment),
        ("1335001209114张三/身份证.jpg", zipfile.ZIP_STORED, moment),
        ("1335001209115𬱖·李/", zipfile.ZIP_STORED, moment),
        ("附表2.xlsx", zipfile.ZIP_DEFLATED, moment),
    ]


def test_the_same_members_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    source = tmp_path / "table"
    source.write_bytes(b"table " * 50)
    members: list[tuple[str, Content]] = [("附表2.xlsx", source), *MEMBERS[1:]]
    write_zip(tmp_path / "a.zip", MEMBERS)
    write_zip(tmp_path / "b.zip", reversed(members))

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_folder_holds_the_members_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", MEMBERS)

    written = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() if path.is_file() else None
        for path in (tmp_path / "out").rglob("*")
    }
    assert written == {
        "1335001209114张三": None,
        "1335001209114张三/户口本.PNG": b"\x89PNG",
        "1335001209114张三/身份证.jpg": b"\xff\xd8picture",
        "1335001209115𬱖·李": None,
        "附表2.xlsx": b"table " * 50,
    }
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("kind", ["file", "folder with something in it", "link"])
def test_a_folder_takes_nobodys_place(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    if kind == "file":
        target.write_bytes(b"")
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        target.symlink_to(tmp_path / "elsewhere")
    else:
        (target / "below").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(WritingRefused) as refused:
        write_folder(target, MEMBERS)

    assert (refused.value.fault, refused.value.name) == ("target-taken", "out")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_an_error_half_way_leaves_the_target_as_it_was(tmp_path: Path, write: object) -> None:
    assert callable(write)
    if write is write_zip:
        (tmp_path / "out").write_bytes(b"before")
    before = sorted(tmp_path.iterdir())

    with pytest.raises(FileNotFoundError):
        write(tmp_path / "out", [("a.txt", b"a"), ("b.txt", tmp_path / "missing")])

    assert sorted(tmp_path.iterdir()) == before
    assert write is write_folder or (tmp_path / "out").read_bytes() == b"before"


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("", "name-empty"),
        ("..", "path-leaves"),
        ("a:b", "name-forbidden"),
        ("a\\b", "name-forbidden"),
        ('"a"', "name-forbidden"),
        ("a?", "name-forbidden"),
        ("a\0", "name-forbidden"),
        ("a\u202eb", "name-forbidden"),
        ("a.", "name-ends-badly"),
        ("a ", "name-ends-badly"),
        ("CON", "name-reserved"),
        ("nul.txt", "name-reserved"),
        ("Com1 .jpg", "name-reserved"),
        ("lpt¹", "name-reserved"),
        ("a" * 256, "path-too-long"),
        ("张" * 86, "path-too-long"),
        ("a" * 255, None),
        ("张" * 85, None),
        ("CONSOLE", None),
        ("COM", None),
        (".a", None),
        ("1335001209114张三", None),
    ],
)
def test_names_that_windows_cannot_hold_are_told(part: str, fault: str | None) -> None:
    assert name_fault(part) == fault


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        pytest.param([("../a", b"")], "path-leaves", id="leaves the package"),
        pytest.param([("/a", b"")], "name-empty", id="absolute"),
        pytest.param([("a", b""), ("a", b"")], "name-taken", id="twice"),
        pytest.param([("a", b""), ("A", b"")], "name-taken", id="case"),
        pytest.param([("a", b""), ("a/b", b"")], "name-taken", id="file and folder"),
        pytest.param([("a/", b""), ("a", b"")], "name-taken", id="folder and file"),
        pytest.param([("a/b", b""), ("A/c", b"")], "name-taken", id="folders by case"),
        pytest.param([("a/", b"x")], "folder-with-content", id="folder with content"),
        pytest.param([("/".join(["a" * 250] * 5), b"")], "path-too-long", id="long path"),
    ],
)
def test_names_that_cannot_stand_together_are_refused(
    tmp_path: Path, members: list[tuple[str, Content]], fault: str
) -> None:
    for write in (write_zip, write_folder):
        with pytest.raises(NameRefused) as refused:
            write(tmp_path / "out", members)
        assert refused.value.fault == fault
    assert list(tmp_path.iterdir()) == []


def test_a_named_folder_may_have_members_of_its_own(tmp_path: Path, bounds: PackageBounds) -> None:
    write_zip(tmp_path / "a.zip", [("1a/", b""), ("1a/b", b"b")])

    with open_package(tmp_path / "a.zip", bounds) as package:
        assert [each.path for each in package.entries] == ["1a", "1a/b"]


def test_more_than_an_ordinary_zip_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_writing, "_MAX_ENTRIES", 2)
    monkeypatch.setattr(zip_writing, "_MAX_BYTES", 500)

    def faults() -> Iterator[str]:
        for members in ([(f"{n}", b"") for n in range(3)], [("a.jpg", bytes(500))]):
            with pytest.raises(WritingRefused) as refused:
                zip_writing.write_entries(io.BytesIO(), members)
            yield refused.value.fault

    assert list(faults()) == ["zip-too-many", "zip-too-large"]
