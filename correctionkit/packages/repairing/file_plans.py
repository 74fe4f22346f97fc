"""Files of a student's folder in a repaired copy: which level, which name, which are scans."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from correctionkit.packages.filings.contents import StudentFolder
from correctionkit.packages.filings.evidence import PICTURE_EXTENSIONS
from correctionkit.packages.filings.evidence_names import EvidenceStems, split_extension
from correctionkit.packages.reader.entries import Entry
from correctionkit.packages.repairing.repairs import Remark
from correctionkit.readings import matching_key, read_file_name
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.formats import EXTENSIONS

_DIGITS = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file on its way into the copy.

    *stem* and *extension* are its name as read; *below* are folders that it stays in.
    """

    entry: Entry
    stem: str
    extension: str
    is_scan: bool
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The files of one folder, those at its top first, and what of it stays nested."""

    folder: StudentFolder
    files: tuple[FilePlan, ...]
    remarks: tuple[Remark, ...]


def plan_folder(
    folder: StudentFolder, stems: EvidenceStems, lengths: Collection[int]
) -> FolderPlan:
    """Plan the files of *folder*: up to its top, and named as they are read.

    A folder inside that bears another number is another student's, and stays as it is.
    """
    alien = {
        nested.path
        for nested in folder.nested
        if _other_number(nested.parts[-1], folder.name.number, lengths)
    }
    plans: list[FilePlan] = []
    for entry in folder.files:
        stays = next(
            (depth for depth in range(2, len(entry.parts)) if _path(entry, depth) in alien), None
        )
        if stays is None:
            plans.append(_plan(entry, stems))
        else:
            stem, extension = split_extension(entry.parts[-1])
            plans.append(FilePlan(entry, stem, extension, False, entry.parts[1:-1]))
    plans.sort(key=lambda plan: (len(plan.entry.parts), plan.entry.parts))
    remarks = [Remark(path, "nested-other-student") for path in sorted(alien)]
    return FolderPlan(folder, tuple(plans), tuple(remarks))


def named_by_content(plan: FilePlan, facts: ScanFacts) -> tuple[str, str]:
    """Return stem and extension for a picture: the ending fits what it is."""
    endings = EXTENSIONS.get(facts.format, ())
    if not endings or f".{plan.extension.lower()}" in endings:
        return plan.stem, plan.extension
    return without_picture_ending(plan), endings[0].removeprefix(".")


def without_picture_ending(plan: FilePlan) -> str:
    """Return the stem without endings of pictures; any other ending is part of the name."""
    stem, extension = plan.stem, plan.extension
    if extension and matching_key(extension) not in PICTURE_EXTENSIONS:
        stem, extension = f"{stem}.{extension}", ""
    while True:
        shorter, ending = split_extension(stem)
        if not ending or matching_key(ending) not in PICTURE_EXTENSIONS:
            return stem
        stem = shorter


def read_parts(name: str) -> tuple[str, str]:
    """Return stem and extension of a file name as it is read."""
    stem, extension = split_extension(read_file_name(name).read)
    return read_file_name(stem).read or stem, extension


def _plan(entry: Entry, stems: EvidenceStems) -> FilePlan:
    stem, extension = read_parts(entry.parts[-1])
    kind = stems.read(stem).kind
    if kind is None:
        for folder in _folders_inside(entry):
            # 身份证/正面.jpg: the folder says what the file does not.
            joined = f"{read_file_name(folder).read}{stem}"
            if stems.read(joined).kind:
                stem, kind = joined, stems.read(joined).kind
                break
    is_scan = kind is not None or matching_key(extension) in PICTURE_EXTENSIONS
    return FilePlan(entry, stem, extension, is_scan)


def _folders_inside(entry: Entry) -> Iterator[str]:
    """Yield the folders between a student's folder and the file, the nearest first."""
    yield from reversed(entry.parts[1:-1])


def _path(entry: Entry, depth: int) -> str:
    return "/".join(entry.parts[:depth])


def _other_number(name: str, own: str, lengths: Collection[int]) -> bool:
    runs = _DIGITS.findall(read_file_name(name).read)
    return any(len(run) in lengths and run != own for run in runs)
