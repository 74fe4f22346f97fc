"""Loose scans matched to students: a folder each, or files that name number and kind.

Nothing is guessed: what fits two students, or only by a part of a number, is a fault that
names both; what fits nobody is listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from correctionkit.packages.building.number_search import KnownNumbers, foreign_name
from correctionkit.packages.reader.entries import Entry
from correctionkit.packages.repairing.page_names import PageName, PageNames
from correctionkit.packages.repairing.repairs import Remark
from correctionkit.policy.model import Policy


@dataclass(frozen=True, slots=True)
class LooseScan:
    """One file that belongs to a student, with what its name says."""

    entry: Entry
    page: PageName


@dataclass(slots=True)
class LooseMatch:
    """Scans by student's number, and what could not be matched.

    *folders* holds the folder that each student's scans came in, where they had one.
    """

    scans: dict[str, list[LooseScan]] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    unmatched: list[Remark] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)


def match_scans(
    entries: Collection[Entry],
    names: Mapping[str, Collection[str]],
    policy: Policy,
    *,
    known_files: Collection[str] = (),
) -> LooseMatch:
    """Match *entries* to students; *names* are the names that each number may bear.

    *known_files* are paths at the top that are no scans: the tables themselves, the report.
    """
    matching = _Matching(names, policy)
    tops: dict[str, list[Entry]] = {}
    for entry in entries:
        if len(entry.parts) > 1 or entry.is_folder:
            tops.setdefault(entry.parts[0], []).append(entry)
        elif entry.path not in known_files:
            matching.take_file(entry)
    for top, below in tops.items():
        matching.take_folder(top, [entry for entry in below if not entry.is_folder])
    return matching.result


class _Matching:
    """One matching under way."""

    def __init__(self, names: Mapping[str, Collection[str]], policy: Policy) -> None:
        self._names = names
        self._numbers = KnownNumbers(names)
        self._pages = PageNames(policy.vocabulary.kinds.values())
        self._terms = tuple(_terms(policy))
        self.result = LooseMatch()

    def take_folder(self, top: str, files: list[Entry]) -> None:
        number = self._number(top, top)
        if number is None:
            return
        if number == "":
            self.result.unmatched.append(Remark(top, "folder-unmatched", {"files": len(files)}))
            return
        if not self._name_fits(top, top, number):
            return
        other = self.result.folders.setdefault(number, top)
        if other != top:
            fault = Remark(top, "folder-doubled", {"number": number, "other": other})
            self.result.faults.append(fault)
            return
        for entry in files:
            self._take(entry, number, inside=entry.parts[1:])

    def take_file(self, entry: Entry) -> None:
        name = entry.parts[-1]
        number = self._number(entry.path, name)
        if number is None:
            return
        if number == "":
            self.result.unmatched.append(Remark(entry.path, "file-unmatched"))
        elif self._name_fits(entry.path, self._between(name, number), number):
            self._keep(entry, number)

    def _between(self, name: str, number: str) -> str:
        """Return what stands between number and kind, where a name belongs; else all of it."""
        page = self._pages.read(name, number)
        at, kind_at = page.own.find(number), page.own.find(page.word)
        if not page.word or min(at, kind_at) < 0:
            return page.own
        return page.own[at:kind_at] if at < kind_at else page.own[kind_at : at + len(number)]

    def _take(self, entry: Entry, number: str, inside: tuple[str, ...]) -> None:
        """Take a file of a student's folder, unless it names another student."""
        for part in inside:
            found = self._number(entry.path, part)
            if found is None:
                return
            if found not in ("", number):
                students = {"students": [number, found]}
                self.result.faults.append(Remark(entry.path, "fits-two-students", students))
                return
        self._keep(entry, number)

    def _keep(self, entry: Entry, number: str) -> None:
        page = self._pages.read(entry.parts[-1], number)
        self.result.scans.setdefault(number, []).append(LooseScan(entry, page))

    def _number(self, path: str, name: str) -> str | None:
        """Return the one number in *name*, an empty one where there is none, None for a fault."""
        found = self._numbers.find(name)
        if found.inside:
            number, run = found.inside[0]
            self.result.faults.append(
                Remark(path, "number-in-longer-one", {"number": number, "digits": run})
            )
            return None
        if len(found.whole) > 1:
            students = {"students": list(found.whole)}
            self.result.faults.append(Remark(path, "fits-two-students", students))
            return None
        return found.whole[0] if found.whole else ""

    def _name_fits(self, path: str, name: str, number: str) -> bool:
        accepted = self._names[number]
        said = foreign_name(name.replace(number, " "), accepted, self._terms)
        if said is None:
            return True
        params = {"number": number, "name": said, "accepted": list(accepted)}
        self.result.faults.append(Remark(path, "name-differs", params))
        return False


def _terms(policy: Policy) -> Iterator[str]:
    """Yield the words of the policy that may stand beside a name."""
    words = policy.vocabulary
    for kind in words.kinds.values():
        yield from (kind.label.zh, *kind.aliases, *kind.front, *kind.back)
    for term in (*words.fields.values(), *words.reasons.values(), *policy.statuses.values()):
        yield from (term.label.zh, *term.aliases)
