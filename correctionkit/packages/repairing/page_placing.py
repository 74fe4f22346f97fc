"""Repaired files put into a student's folder: which name each one gets, and what is told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from correctionkit.packages.building.fitting_names import FreeNames, fitting_name
from correctionkit.packages.filings.evidence_names import split_extension
from correctionkit.packages.repairing.card_joining import JoinedCard
from correctionkit.packages.repairing.file_plans import named_by_content
from correctionkit.packages.repairing.repairs import Remark, Repair
from correctionkit.packages.repairing.scan_repair_run import RepairedFile, StoredPage
from correctionkit.packages.writer.zip_writing import Member


class PagePlacer:
    """Collects the members of one folder in the copy, with repairs and remarks."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._free = FreeNames()
        self.members: list[Member] = []
        self.repairs: list[Repair] = []
        self.remarks: list[Remark] = []

    def place(self, files: Sequence[RepairedFile], joined: Sequence[JoinedCard]) -> None:
        """Place all files; those of a joined card as one page."""
        sides = {id(side) for card in joined for side in (card.front, card.back)}
        # What stays nested keeps its name before what is moved or renamed beside it.
        kept = self._names_below(file for file in files if file.plan.below and file.pages)
        for file in files:
            self._tell_left(file)
            if file.plan.below:
                if file.pages:
                    self._keep_below(file, kept)
            elif id(file) not in sides:
                self._place_file(file)
        for card in joined:
            self._place_card(card)
        if not self.members:
            self.members.append((f"{self._folder}/", b""))

    def _place_file(self, file: RepairedFile) -> None:
        entry = file.plan.entry
        for number, page in enumerate(file.pages, 1):
            path = self._add(page, *_name(file, page, number))
            moved = len(entry.parts) > 2
            if moved:
                self.repairs.append(Repair(entry.path, path, "moved-up"))
            elif path.rpartition("/")[2] != entry.parts[-1]:
                self.repairs.append(Repair(entry.path, path, "file-renamed"))
            self._tell_done(file, path)

    def _place_card(self, card: JoinedCard) -> None:
        path = self._add(card.page, card.stem, card.extension)
        for side in (card.front, card.back):
            self._tell_done(side, path)
        first, second = card.front.plan.entry, card.back.plan.entry
        self.repairs.append(Repair(first.path, path, "sides-joined", {"other": second.path}))

    def _names_below(self, files: Iterable[RepairedFile]) -> dict[tuple[str, ...], str]:
        """Name nested files and their folders by their paths in the source, each once a folder."""
        paths = {
            file.plan.entry.parts[1:depth]: depth == len(file.plan.entry.parts)
            for file in files
            for depth in range(2, len(file.plan.entry.parts) + 1)
        }
        free: defaultdict[tuple[str, ...], FreeNames] = defaultdict(FreeNames)
        free[()] = self._free
        names: dict[tuple[str, ...], str] = {}
        # Names that can stay come first, so that none of them is numbered for another.
        for path in sorted(paths, key=lambda each: (fitting_name(each[-1]) != each[-1], each)):
            parts = split_extension(path[-1]) if paths[path] else (path[-1], "")
            names[path] = free[path[:-1]].take(*parts)
        return names

    def _keep_below(self, file: RepairedFile, names: Mapping[tuple[str, ...], str]) -> None:
        """Keep a file of another student's folder where it is."""
        parts = file.plan.entry.parts[1:]
        kept = tuple(names[parts[:depth]] for depth in range(1, len(parts) + 1))
        path = "/".join((self._folder, *kept))
        self.members.extend((path, page.content) for page in file.pages)
        if kept != parts:
            self.repairs.append(Repair(file.plan.entry.path, path, "file-renamed"))

    def _add(self, page: StoredPage, stem: str, extension: str) -> str:
        path = f"{self._folder}/{self._free.take(stem, extension)}"
        self.members.append((path, page.content))
        return path

    def _tell_done(self, file: RepairedFile, path: str) -> None:
        self.repairs.extend(
            Repair(file.plan.entry.path, path, what, params) for what, params in file.done
        )

    def _tell_left(self, file: RepairedFile) -> None:
        path = file.plan.entry.path
        if file.fault:
            self.remarks.append(Remark(path, "file-unreadable", {"cause": file.fault}))
        self.remarks.extend(Remark(path, what, params) for what, params in file.left)


def _name(file: RepairedFile, page: StoredPage, number: int) -> tuple[str, str]:
    plan = file.plan
    if page.facts is None:
        return plan.stem, plan.extension
    stem, extension = named_by_content(plan, page.facts)
    if len(file.pages) > 1:
        gap = "-" if stem[-1:].isdecimal() else ""
        return f"{stem}{gap}{number}", extension
    return stem, extension
