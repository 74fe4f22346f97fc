"""What lies where in a package: tables, reports, students' folders, strays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from correctionkit.packages.filings.evidence_names import split_extension
from correctionkit.packages.filings.folder_names import FolderName, parse_folder_name
from correctionkit.packages.manifest import MANIFEST_NAME
from correctionkit.packages.reader.entries import Entry
from correctionkit.policy.rows import PackageRules
from correctionkit.readings import matching_key

TABLE_EXTENSIONS = frozenset({"xlsx", "xls", "csv", "xlsm", "xlsb", "ods", "et", "xltx", "xlt"})


@dataclass(slots=True)
class StudentFolder:
    """A folder at the top, with everything below it.  *nested* are folders inside."""

    entry: Entry
    name: FolderName
    files: list[Entry] = field(default_factory=list)
    nested: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries of a package by what they are."""

    tables: tuple[Entry, ...]
    reports: tuple[Entry, ...]
    folders: tuple[StudentFolder, ...]
    strays: tuple[Entry, ...]
    manifest: Entry | None = None


def sort_entries(entries: Iterable[Entry], rules: PackageRules, lengths: Iterable[int]) -> Contents:
    """Sort the entries of a package; *lengths* are those of students' numbers."""
    tables: list[Entry] = []
    reports: list[Entry] = []
    strays: list[Entry] = []
    manifest: Entry | None = None
    folders: dict[str, StudentFolder] = {}
    known = frozenset(lengths)
    for entry in entries:
        top = entry.parts[0]
        if len(entry.parts) > 1 or entry.is_folder:
            folder = folders.get(top)
            if folder is None:
                here = entry if len(entry.parts) == 1 else Entry(top, (top,), 0, True)
                folder = folders[top] = StudentFolder(here, parse_folder_name(top, known))
            if len(entry.parts) > 1:
                (folder.nested if entry.is_folder else folder.files).append(entry)
            continue
        if top == MANIFEST_NAME:
            manifest = entry
            continue
        kind = _loose_kind(entry, rules)
        {"table": tables, "report": reports}.get(kind, strays).append(entry)
    return Contents(tuple(tables), tuple(reports), tuple(folders.values()), tuple(strays), manifest)


def _loose_kind(entry: Entry, rules: PackageRules) -> str:
    stem, extension = split_extension(entry.parts[0])
    extension = matching_key(extension)
    if extension in rules.report_formats and any(word in stem for word in rules.report_words):
        return "report"
    return "table" if extension in TABLE_EXTENSIONS else "stray"
