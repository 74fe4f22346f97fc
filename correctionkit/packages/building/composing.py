"""The parts of a package, composed alike from loose material and from the office's records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from correctionkit.packages.repairing.page_names import PageName, PageNames, name_pages
from correctionkit.packages.summaries.summary_writing import (
    TableRow,
    in_order,
    official_table,
    table_name,
    workbook_bytes,
)
from correctionkit.packages.writer.writing import name_fault
from correctionkit.packages.writer.zip_writing import Content, Member
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Status
from correctionkit.readings import read_file_name


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """One request as an office keeps it: cells by the policy's column ids."""

    number: str
    cells: Mapping[str, str]
    beyond: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class RecordedScan:
    """A scan whose kind somebody has said.  *received_as* may tell a page and a side."""

    kind: str
    received_as: str
    extension: str
    content: Content


@dataclass(frozen=True, slots=True)
class StatusTable:
    """The workbook of one status; *cut* names the cells that it cannot hold whole."""

    name: str
    lines: int
    content: bytes
    cut: tuple[str, ...]


class FolderImpossible(ValueError):
    """No folder can be called after a student; *fault* says why, as a code."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(fault)
        self.name = name
        self.fault = fault


def status_table(status: Status, rows: Sequence[TableRow], policy: Policy) -> StatusTable:
    """Write the summary workbook of *status*, its rows in the policy's order."""
    content, cut = workbook_bytes([official_table(status, in_order(rows), policy)])
    return StatusTable(table_name(status), len(rows), content, tuple(cut))


def folder_name(number: str, name: str) -> str:
    """Name a student's folder: number and name, written together."""
    return read_file_name(f"{number}{name}").read


def student_members(
    number: str, name: str, scans: Sequence[RecordedScan], policy: Policy
) -> list[Member]:
    """Return a student's folder: each scan named by kind and page.

    Raises :exc:`FolderImpossible` where Windows takes no such name.
    """
    folder = folder_name(number, name)
    if fault := name_fault(folder):
        raise FolderImpossible(folder, fault)
    names = PageNames(policy.vocabulary.kinds.values())
    said = [(_page_name(scan, names, number, policy), scan) for scan in scans]
    said.sort(key=lambda each: (each[0].word, each[0].page or 0, each[1].received_as))
    called = name_pages([page for page, _ in said])
    members: list[Member] = [
        (f"{folder}/{each}", scan.content) for each, (_, scan) in zip(called, said, strict=True)
    ]
    return members or [(f"{folder}/", b"")]


def _page_name(scan: RecordedScan, names: PageNames, number: str, policy: Policy) -> PageName:
    """Name a scan by its kind; its own word for that is kept, such as the side of a card."""
    label = policy.vocabulary.kinds[scan.kind].label.zh
    says = names.read(f"{scan.received_as.rpartition('.')[0]}.{scan.extension}", number)
    fits = says.word and names.kind_of(says.own) == scan.kind
    return PageName(says.word if fits else label, says.page, "", scan.extension)
