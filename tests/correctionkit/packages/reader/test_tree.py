from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from correctionkit.findings import Finding
from correctionkit.packages.reader import zip_source
from correctionkit.packages.reader.long_paths import prefixed
from correctionkit.packages.reader.tree import (
    Entry,
    MemberDamaged,
    MemberTooLarge,
    MemberUnsafe,
    Package,
    PackageUnreadable,
    open_package,
)
from correctionkit.policy.bounds import PackageBounds

MIB = 1 << 20
STUDENT = "1335001209114张三"
CONTENTS = {
    "附表2.xlsx": b"PK\x03\x04 table",
    f"{STUDENT}/身份证.jpg": b"\xff\xd8 card",
    f"{STUDENT}/户口本.png": b"\x89PNG register",
}

needs_posix = pytest.mark.skipif(os.name == "nt", reason="no such files on Windows")


def facts(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str]]:
    return [
        (each.code, each.location.path, each.params.get("fault", each.params.get("measure", "")))
        for each in findings
    ]


def listed(package: Package) -> list[str]:
    return [each.path + "/" * each.is_folder for each in package.entries]


def entry(package: Package, path: str) -> Entry:
    return next(each for each in package.entries if each.path == path)


def unreadable(path: Path, bounds: PackageBounds) -> str:
    with pytest.raises(PackageUnreadable) as fault:
        open_package(path, bounds)
    assert fault.value.finding.code == "package-unreadable"
    assert dict(fault.value.finding.params) == {"fault": fault.value.fault}
    return fault.value.fault


@pytest.fixture(params=["folder", "zip"])
def packed(
    request: pytest.FixtureRequest, tmp_path: Path, bounds: PackageBounds, zips: Any
) -> Callable[..., Package]:
    """Open the same contents as a folder or as a ZIP; "x/" is a folder."""

    def packed(
        contents: dict[str, bytes], own_bounds: PackageBounds = bounds, **options: Any
    ) -> Package:
        if request.param == "zip":
            path = tmp_path / "材料.zip"
            path.write_bytes(
                zips.build(*(zips.part(name, content=each) for name, each in contents.items()))
            )
        else:
            path = tmp_path / "材料"
            for name, content in contents.items():
                place = path / name
                if name.endswith("/"):
                    place.mkdir(parents=True, exist_ok=True)
                else:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(content)
        return open_package(path, own_bounds, **options)

    return packed


def test_a_sound_package_is_listed_and_read(packed: Callable[..., Package]) -> None:
    with packed(CONTENTS) as package:
        assert listed(package) == [
            f"{STUDENT}/",
            f"{STUDENT}/户口本.png",
            f"{STUDENT}/身份证.jpg",
            "附表2.xlsx",
        ]
        assert entry(package, f"{STUDENT}/身份证.jpg") == Entry(
            f"{STUDENT}/身份证.jpg", (STUDENT, "身份证.jpg"), 7, False, None
        )
        assert (package.findings, package.refused, package.wrapper) == ((), False, None)
        assert package.name in ("材料", "材料.zip")
        assert {path: package.read(entry(package, path)) for path in CONTENTS} == CONTENTS


def test_one_wrapping_folder_is_looked_through(packed: Callable[..., Package]) -> None:
    contents = {f"上报材料/{name}": content for name, content in CONTENTS.items()}
    with packed({**contents, "__MACOSX/._a": b"", "上报材料/.DS_Store": b""}) as package:
        assert package.wrapper == "上报材料"
        assert listed(package)[0] == f"{STUDENT}/"
        assert package.read(entry(package, "附表2.xlsx")) == CONTENTS["附表2.xlsx"]
        assert facts(package.findings) == [
            ("junk-file", ".DS_Store", ""),
            ("junk-file", "__MACOSX", ""),
        ]


@pytest.mark.parametrize(
    ("contents", "wrapper"),
    [
        pytest.param({"a/b/c.jpg": b"c"}, "a", id="one level only"),
        pytest.param({"a/c.jpg": b"c", "b/": b""}, None, id="two folders"),
        pytest.param({"a/c.jpg": b"c", "b.jpg": b"b"}, None, id="a file beside it"),
        pytest.param({f"{STUDENT}/c.jpg": b"c"}, None, id="a student's folder"),
        pytest.param({"１３35张三/c.jpg": b"c"}, None, id="full-width digits"),
        pytest.param({" 1335张三/c.jpg": b"c"}, None, id="a space before the digits"),
        pytest.param({"c.jpg": b"c"}, None, id="a file alone"),
    ],
)
def test_what_counts_as_a_wrapper(
    packed: Callable[..., Package], contents: dict[str, bytes], wrapper: str | None
) -> None:
    with packed(contents) as package:
        assert package.wrapper == wrapper


def test_the_caller_may_say_what_begins_with_a_number(packed: Callable[..., Package]) -> None:
    with packed({"A77/c.jpg": b"c"}, is_number_start=lambda name: name.startswith("A")) as package:
        assert package.wrapper is None


def test_empty_folders_are_seen(packed: Callable[..., Package]) -> None:
    with packed({**CONTENTS, "1335001209115李四/": b""}) as package:
        assert "1335001209115李四/" in listed(package)


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param({"__MACOSX/._a": b"a", ".DS_Store": b""}, id="junk only"),
        pytest.param({"材料/": b""}, id="an empty wrapper"),
        pytest.param({"材料/Thumbs.db": b""}, id="junk in a wrapper"),
    ],
)
def test_a_package_without_content_is_unreadable(
    packed: Callable[..., Package], contents: dict[str, bytes]
) -> None:
    with pytest.raises(PackageUnreadable, match="package-empty"):
        packed(contents)


def test_nested_archives_are_refused_and_the_rest_is_judged(packed: Callable[..., Package]) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a", "a")
    hidden = f"{STUDENT}/户口本.jpg"
    with packed({**CONTENTS, f"{STUDENT}/旧.RAR": b"x", hidden: inner.getvalue()}) as package:
        assert facts(package.findings) == [
            ("package-unsafe", f"{STUDENT}/旧.RAR", "archive-nested")
        ]
        assert not package.refused
        with pytest.raises(MemberDamaged, match="archive-nested"):
            package.read(entry(package, f"{STUDENT}/旧.RAR"))
        for read in (package.read, package.verify):
            with pytest.raises(MemberUnsafe) as unsafe:
                read(entry(package, hidden))
        assert facts((unsafe.value.finding(entry(package, hidden)),)) == [
            ("package-unsafe", hidden, "archive-nested")
        ]
        assert package.read(entry(package, "附表2.xlsx")) == CONTENTS["附表2.xlsx"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Rar!\x1a\x07\x00", id="rar"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", id="7z"),
        pytest.param(gzip.compress(b"a"), id="gz"),
        pytest.param(b"BZh91AY&SY", id="bz2"),
        pytest.param(b"\xfd7zXZ\x00", id="xz"),
        pytest.param(bytes(257) + b"ustar", id="tar"),
    ],
)
def test_archives_under_other_names_are_told_when_read(
    packed: Callable[..., Package], content: bytes
) -> None:
    package = packed({**CONTENTS, f"{STUDENT}/a.xlsx": content})
    with package, pytest.raises(MemberUnsafe, match="archive-nested"):
        package.read(entry(package, f"{STUDENT}/a.xlsx"))


def test_a_limit_of_the_caller_holds(packed: Callable[..., Package]) -> None:
    path = f"{STUDENT}/身份证.jpg"
    with packed(CONTENTS) as package:
        assert package.read(entry(package, path), 7) == CONTENTS[path]
        with pytest.raises(MemberTooLarge) as beyond:
            package.read(entry(package, path), 6)
    assert (beyond.value.actual, beyond.value.limit) == (7, 6)
    assert facts((beyond.value.finding(entry(package, path)),)) == [
        ("package-too-large", path, "entry-bytes")
    ]


def test_the_head_of_a_file_is_had_without_the_rest(packed: Callable[..., Package]) -> None:
    noise = Random(1).randbytes(3 * MIB)
    with packed({**CONTENTS, "a.txt": noise}) as package:
        assert package.head(entry(package, "a.txt"), 4) == noise[:4]
        assert package.head(entry(package, "附表2.xlsx")) == CONTENTS["附表2.xlsx"]


def test_what_nobody_read_is_known(packed: Callable[..., Package]) -> None:
    with packed({**CONTENTS, "a.zip": b""}) as package:
        package.read(entry(package, "附表2.xlsx"))
        package.verify(entry(package, f"{STUDENT}/户口本.png"))
        package.head(entry(package, f"{STUDENT}/身份证.jpg"))
        assert [each.path for each in package.unread] == [f"{STUDENT}/身份证.jpg"]


def test_reading_a_folder_is_a_misuse(packed: Callable[..., Package]) -> None:
    with packed(CONTENTS) as package, pytest.raises(IsADirectoryError):
        package.read(entry(package, STUDENT))


def test_threads_may_read_at_once(packed: Callable[..., Package]) -> None:
    contents = {f"{STUDENT}/{n}.jpg": bytes([n]) * (MIB + n) for n in range(8)}
    with packed(contents) as package, ThreadPoolExecutor(4) as pool:
        files = [each for each in package.entries if not each.is_folder] * 3
        assert [contents[each.path] for each in files] == list(pool.map(package.read, files))


@pytest.mark.parametrize(
    ("change", "measure"),
    [
        pytest.param({"max_entries": 3}, "entries", id="entries"),
        pytest.param({"max_bytes": 36}, "total-bytes", id="total"),
        pytest.param({"max_entry_bytes": 14}, "entry-bytes", id="one file"),
    ],
)
def test_bounds_are_inclusive(
    packed: Callable[..., Package], bounds: PackageBounds, change: dict[str, int], measure: str
) -> None:
    contents = {"1/": b"", "1/a": bytes(7), "1/b": bytes(15), "1/c": bytes(15)}
    kept = {
        name: max(limit, 37 if name == "max_bytes" else limit + 1) for name, limit in change.items()
    }

    with packed(contents, replace(bounds, **kept)) as package:
        assert package.findings == ()
    with packed(contents, replace(bounds, **change)) as package:
        assert {each.code for each in package.findings} == {"package-too-large"}
        assert {each.params["measure"] for each in package.findings} == {measure}
        assert package.refused
        assert package.entries == ()


@pytest.mark.parametrize(
    ("size", "refused"),
    [pytest.param(MIB, False, id="1 MiB"), pytest.param(MIB + 1, True, id="one byte more")],
)
def test_a_bomb_is_refused_from_its_declared_sizes(
    zips: Any, opened: Callable[..., Package], size: int, refused: bool
) -> None:
    with opened(zips.build(zips.part("1/a.jpg", content=bytes(size)))) as package:
        assert package.refused is refused
        assert [(each.params["measure"], each.params["limit"]) for each in package.findings] == [
            ("ratio", 100)
        ] * refused


@pytest.mark.parametrize(("ratio", "refused"), [(100, False), (99, True)])
def test_the_ratio_is_inclusive(
    zips: Any, opened: Callable[..., Package], bounds: PackageBounds, ratio: int, refused: bool
) -> None:
    part = zips.part("1/a.jpg", content=bytes(100_000), packed=bytes(1000))
    own = replace(bounds, ratio_from=1000, max_ratio=ratio)
    with opened(zips.build(part), own) as package:
        assert package.refused is refused


def test_an_unusual_method_concerns_its_entry_only(
    zips: Any, opened: Callable[..., Package]
) -> None:
    with opened(zips.build("1/a.jpg", zips.part("1/b.jpg", method=9))) as package:
        assert facts(package.findings) == [("package-unsafe", "1/b.jpg", "method-unsupported")]
        assert package.read(entry(package, "1/a.jpg")) == b"content"
        with pytest.raises(MemberDamaged, match="method-unsupported"):
            package.read(entry(package, "1/b.jpg"))


def test_a_zip_cut_or_closed_while_it_is_open_damages_what_is_read_then(
    zips: Any, tmp_path: Path, bounds: PackageBounds
) -> None:
    path = tmp_path / "材料.zip"
    path.write_bytes(zips.build(zips.part("1/a.jpg", content=Random(1).randbytes(3 * MIB))))
    with open_package(path, bounds) as package:
        with path.open("r+b") as file:
            file.truncate(2 * MIB)
        with pytest.raises(MemberDamaged, match="member-shorter"):
            package.read(entry(package, "1/a.jpg"))
    package.close()
    with pytest.raises(MemberDamaged, match="entry-unreadable"):
        package.read(entry(package, "1/a.jpg"))


def test_a_directory_too_large_to_read_is_refused_unread(
    zips: Any, opened: Callable[..., Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_source, "MAX_DIRECTORY_BYTES", 50)
    with opened(zips.build("1/a.jpg")) as package:
        assert facts(package.findings) == [("package-too-large", None, "directory-bytes")]


def test_a_workbook_is_no_package(zips: Any, tmp_path: Path, bounds: PackageBounds) -> None:
    path = tmp_path / "附表2.xlsx"
    path.write_bytes(zips.build("[Content_Types].xml", "xl/workbook.xml"))

    assert unreadable(path, bounds) == "office-document"


def test_a_path_to_nothing_is_told(tmp_path: Path, bounds: PackageBounds) -> None:
    assert unreadable(tmp_path / "missing", bounds) == "path-missing"
    assert unreadable(tmp_path / "a\0b", bounds) in ("path-missing", "path-unreadable")
    assert unreadable(tmp_path, bounds) == "package-empty"


def test_the_name_of_a_folder_given_as_a_dot_is_its_own(
    tmp_path: Path, bounds: PackageBounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    monkeypatch.chdir(tmp_path)
    with open_package(Path(), bounds) as package:
        assert package.name == tmp_path.name
        assert package.read(entry(package, "a.txt")) == b"a"


@needs_posix
def test_links_and_pipes_in_a_folder_are_never_opened(
    tmp_path: Path, bounds: PackageBounds
) -> None:
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    (secret / "secret.jpg").write_bytes(b"secret")
    folder = tmp_path / "材料" / STUDENT
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"a")
    (folder / "link.jpg").symlink_to(secret / "secret.jpg")
    (folder / "links").symlink_to(secret, target_is_directory=True)
    (folder / "broken.jpg").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.jpg")

    with open_package(tmp_path / "材料", bounds) as package:
        assert facts(package.findings) == [
            ("package-unsafe", f"{STUDENT}/broken.jpg", "link"),
            ("package-unsafe", f"{STUDENT}/link.jpg", "link"),
            ("package-unsafe", f"{STUDENT}/links", "link"),
            ("package-unsafe", f"{STUDENT}/pipe.jpg", "device"),
        ]
        assert listed(package) == [
            f"{STUDENT}/",
            f"{STUDENT}/a.jpg",
            f"{STUDENT}/broken.jpg",
            f"{STUDENT}/link.jpg",
            f"{STUDENT}/links",
            f"{STUDENT}/pipe.jpg",
        ]
        assert package.read(entry(package, f"{STUDENT}/a.jpg")) == b"a"
        with pytest.raises(MemberDamaged, match="device"):
            package.read(entry(package, f"{STUDENT}/pipe.jpg"))


@needs_posix
@pytest.mark.parametrize("become", ["link", "pipe", "gone", "larger"])
def test_a_file_that_changes_after_it_was_listed_is_not_trusted(
    tmp_path: Path, bounds: PackageBounds, become: str
) -> None:
    (tmp_path / "elsewhere").write_bytes(b"secret")
    folder = tmp_path / "材料"
    folder.mkdir()
    path = folder / "a.jpg"
    path.write_bytes(b"a")
    with open_package(folder, replace(bounds, max_entry_bytes=5)) as package:
        path.unlink()
        if become == "link":
            path.symlink_to(tmp_path / "elsewhere")
        elif become == "pipe":
            os.mkfifo(path)
        elif become == "larger":
            path.write_bytes(b"larger")
        expected = MemberTooLarge if become == "larger" else MemberDamaged
        with pytest.raises(expected):
            package.read(package.entries[0])


@needs_posix
@pytest.mark.parametrize(
    ("name", "shown", "fault"),
    [
        pytest.param(b"\xff.jpg", "\\udcff.jpg", "name-characters", id="not Unicode"),
        pytest.param(b"a\nb.jpg", "a\\u000ab.jpg", "name-characters", id="line feed"),
        pytest.param(b"a\\b.jpg", "a\\b.jpg", "path-backslash", id="backslash"),
    ],
)
def test_odd_names_in_a_folder_are_told_and_the_rest_is_judged(
    tmp_path: Path, bounds: PackageBounds, name: bytes, shown: str, fault: str
) -> None:
    (tmp_path / "ok.jpg").write_bytes(b"ok")
    (tmp_path / os.fsdecode(name)).write_bytes(b"odd")

    with open_package(tmp_path, bounds) as package:
        assert facts(package.findings) == [("package-unsafe", shown, fault)]
        assert package.read(entry(package, "ok.jpg")) == b"ok"
        with pytest.raises(MemberDamaged, match=fault):
            package.read(entry(package, shown))


@needs_posix
def test_what_may_not_be_opened_is_told(
    tmp_path: Path, bounds: PackageBounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.jpg").write_bytes(b"b")
    (tmp_path / "c.zip").write_bytes(b"c")
    denied = {str(tmp_path / "a"), str(tmp_path / "b.jpg"), str(tmp_path / "c.zip")}
    scan, open_file, open_path = os.scandir, os.open, Path.open

    def refuse(path: Any) -> None:
        if str(path) in denied:
            raise PermissionError(13, "denied", str(path))

    # Rights do not bind the superuser, whom tests may run as.
    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) or scan(path))
    monkeypatch.setattr(os, "open", lambda path, *a, **k: refuse(path) or open_file(path, *a, **k))
    monkeypatch.setattr(
        Path, "open", lambda path, *a, **k: refuse(path) or open_path(path, *a, **k)
    )

    with open_package(tmp_path, bounds) as package:
        assert ("package-unsafe", "a", "entry-unreadable") in facts(package.findings)
        with pytest.raises(MemberDamaged, match="entry-unreadable"):
            package.read(entry(package, "b.jpg"))
    assert unreadable(tmp_path / "a", bounds) == "path-unreadable"
    assert unreadable(tmp_path / "c.zip", bounds) == "path-unreadable"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("C:\\a", "C:\\a"),
        ("C:\\" + "a" * 237, "C:\\" + "a" * 237),
        ("C:\\" + "a" * 238, "\\\\?\\C:\\" + "a" * 238),
        ("\\\\server\\" + "a" * 240, "\\\\?\\UNC\\server\\" + "a" * 240),
        ("\\\\?\\C:\\" + "a" * 240, "\\\\?\\C:\\" + "a" * 240),
    ],
)
def test_long_paths_of_windows_are_prefixed(path: str, expected: str) -> None:
    assert prefixed(path) == expected
