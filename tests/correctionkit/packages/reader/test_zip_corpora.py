"""Every ZIP of the corpora: refused with a code, or read right."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from correctionkit.packages.reader.entry_names import RawName, decode_names
from correctionkit.packages.reader.positioned import PositionedFile
from correctionkit.packages.reader.tree import MemberFault, PackageUnreadable, open_package
from correctionkit.packages.reader.zip_directory import read_directory
from correctionkit.packages.reader.zip_end import find_directory
from correctionkit.policy.bounds import PackageBounds

CORPORA = ("commons-compress", "libzip", "yauzl-failure", "yauzl-success", "zip-rs")

SPLIT = "commons-compress/COMPRESS-477__split_zip_created_by_"

# What must come of single files: a fault that refuses all of it, or the files listed.
EXPECTED: dict[str, str | list[str]] = {
    "commons-compress/COMPRESS-189.zip": ["USD0558682-20080101.ZIP"],
    "commons-compress/COMPRESS-214_unix_symlinks.zip": "link",
    "commons-compress/COMPRESS-227.zip": "entry-overlaps",
    f"{SPLIT}winrar__split_zip_created_by_winrar.zip": "zip-split",
    f"{SPLIT}zip__split_zip_created_by_zip.zip": "zip-split",
    f"{SPLIT}zip__split_zip_created_by_zip_zip64.zip": "zip-split",
    "commons-compress/COMPRESS-479.zip": ["ascii.txt", "Ölfässer.txt", "€_for_Dollar.txt"],
    "commons-compress/archive_with_trailer.zip": "zip-trailing",
    "commons-compress/invalid-zip.zip": "zip-none",
    "commons-compress/password-encrypted.zip": "zip-encrypted",
    "commons-compress/synthetic__long-name__long-name.zip": "path-too-long",
    "commons-compress/test-winzip.zip": ["doc.txt.gz", "doc2.txt", "ä/³zip.zip", "ä/ü.txt"],
    "commons-compress/utf8-winzip-test.zip": ["ascii.txt", "Ölfässer.txt", "€_for_Dollar.txt"],
    "libzip/data__bigzero-zip.zip": "ratio",
    "libzip/data__encrypt-1234.zip": "zip-encrypted",
    "libzip/data__encrypt-aes256.zip": "zip-encrypted",
    "libzip/data__filename_duplicate.zip": "entry-repeated",
    "libzip/data__filename_empty.zip": "name-empty",
    "libzip/data__incons-central-crc.zip": "headers-disagree",
    "libzip/data__incons-central-date.zip": ["a"],
    "libzip/data__incons-eocd64.zip": "zip-broken",
    "libzip/data__incons-file-count-low.zip": "zip-broken",
    "libzip/data__incons-filename-nul-byte.zip": "name-characters",
    "libzip/data__incons-local-filename.zip": "headers-disagree",
    "libzip/data__junk-at-end.zip": "zip-trailing",
    "libzip/data__junk-at-start.zip": "zip-broken",
    "libzip/data__multidisk.zip": "zip-split",
    "libzip/data__streamed.zip": "device",
    "libzip/data__test-utf8-unmarked.zip": ["ÄÖÜäöüßćçĉéèêëē"],
    "libzip/data__testempty.zip": "package-empty",
    "libzip/data__testfile-truncated.zip": "zip-broken",
    "libzip/data__zip-in-archive-comment.zip": "zip-ambiguous",
    "libzip/data__zip64-in-archive-comment.zip": "zip-ambiguous",
    "yauzl-success/empty.zip": "package-empty",
    "yauzl-success/sloppy-filenames.zip": "path-backslash",
    "yauzl-success/unicode-path-extra-field.zip": ["七个房间.txt"],
    "yauzl-success/zip64.zip": ["test1.txt", "test2.txt"],
    "zip-rs/aes_archive.zip": "zip-encrypted",
    "zip-rs/chinese.zip": ["七个房间.txt"],
    "zip-rs/invalid_offset2.zip": "zip-split",
    "zip-rs/linux-7z.zip": ["你好.txt"],
    "zip-rs/non_utf8.zip": ["中文", "擔暥"],
    "zip-rs/symlink.zip": "link",
    "zip-rs/windows-7zip.zip": ["你好.txt"],
}  # fmt: skip


class Outcome:
    """What came of one file: *refused* by faults, or *files*, of which some are *damaged*."""

    def __init__(self, path: Path, bounds: PackageBounds) -> None:
        self.refused: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.damaged: dict[str, str] = {}
        try:
            with open_package(path, bounds) as package:
                if package.refused:
                    self.refused = {
                        str(each.params.get("fault") or each.params.get("measure"))
                        for each in package.findings
                    }
                for entry in package.entries:
                    if entry.is_folder:
                        continue
                    whole = f"{package.wrapper}/{entry.path}" if package.wrapper else entry.path
                    try:
                        self.files[whole] = package.read(entry)
                    except MemberFault as fault:
                        self.files[whole] = b""
                        self.damaged[whole] = fault.fault
        except PackageUnreadable as unreadable:
            self.refused = {unreadable.fault}


LEAST_READ = {
    "commons-compress": 12,
    "libzip": 60,
    "yauzl-failure": 0,
    "yauzl-success": 12,
    "zip-rs": 5,
}


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        yield f"{folder.name}/{path.name}", path


def as_zipfile(path: Path) -> dict[str, bytes] | None:
    """Read with zipfile; None where it knows the names of no encoding but code page 437."""
    with warnings.catch_warnings(), zipfile.ZipFile(path) as archive:
        warnings.simplefilter("ignore")
        infos = [each for each in archive.infolist() if not each.filename.endswith("/")]
        for each in infos:
            sure = each.flag_bits & 0x800 or each.filename.isascii()
            if not sure or b"up" in each.extra:
                return None
        return {each.filename: archive.read(each) for each in infos}


def names_at_the_directory(path: Path) -> list[str | None]:
    file = PositionedFile(io.BytesIO(path.read_bytes()))
    members = read_directory(file, find_directory(file))
    return decode_names([RawName(each.raw_name, each.is_marked, each.extra) for each in members])


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_file_is_refused_or_read_as_zipfile_reads_it(
    zip_corpora: Path, bounds: PackageBounds, corpus: str
) -> None:
    compared = 0
    for name, path in files(zip_corpora / corpus):
        outcome = Outcome(path, bounds)
        if outcome.refused or outcome.damaged:
            continue
        read = as_zipfile(path)
        assert read is None or outcome.files == read, name
        compared += read is not None
    # A reader that refuses everything would agree with anything.
    assert compared >= LEAST_READ[corpus]


@pytest.mark.parametrize("name", EXPECTED)
def test_single_files_come_out_as_stated(
    zip_corpora: Path, bounds: PackageBounds, name: str
) -> None:
    path = zip_corpora / name
    if not path.exists():
        pytest.skip(f"{name} is not among the corpora")
    outcome = Outcome(path, bounds)
    expected = EXPECTED[name]

    if isinstance(expected, str):
        assert outcome.refused == {expected}
    else:
        assert (outcome.refused, sorted(outcome.files)) == (set(), sorted(expected))


def test_all_failures_of_yauzl_are_refused_at_opening_or_reading(
    zip_corpora: Path, bounds: PackageBounds
) -> None:
    outcomes = {name: Outcome(path, bounds) for name, path in files(zip_corpora / "yauzl-failure")}

    assert [name for name, each in outcomes.items() if not each.refused and not each.damaged] == []


def test_all_successes_of_yauzl_are_listed(zip_corpora: Path) -> None:
    listed = {
        name: names_at_the_directory(path) for name, path in files(zip_corpora / "yauzl-success")
    }

    assert listed.pop("yauzl-success/empty.zip", []) == []
    assert [name for name, names in listed.items() if not names or None in names] == []


def test_methods_that_are_not_ours_are_told_for_their_entry(
    zip_corpora: Path, bounds: PackageBounds
) -> None:
    names = [
        "deflate64",
        "implode",
        "bzip2-zip",
        "test-method-xz",
        "ppmd",
        "lzma",
        "zstd",
        "shrink",
        "reduce",
    ]
    found = [
        path
        for folder in sorted(zip_corpora.iterdir())
        for _, path in files(folder)
        if any(name in path.name for name in names)
    ]
    faults = {fault for path in found for fault in Outcome(path, bounds).damaged.values()}

    assert faults == {"method-unsupported"}
