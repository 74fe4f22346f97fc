"""Whether a ZIP can be trusted: one finding for each entry that says no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from correctionkit.findings import Finding
from correctionkit.packages.reader import zip_kinds
from correctionkit.packages.reader.clashes import Clashes
from correctionkit.packages.reader.entries import unsafe
from correctionkit.packages.reader.entry_names import shown, shown_raw
from correctionkit.packages.reader.entry_paths import path_fault, split_path
from correctionkit.packages.reader.zip_directory import Placed, overlapping


class Named:
    """A placed member with its decoded name; None where nothing decodes it."""

    __slots__ = ("is_folder", "name", "parts", "placed")

    def __init__(self, name: str | None, placed: Placed) -> None:
        self.name = name
        self.placed = placed
        self.parts = split_path(name or "")
        self.is_folder = zip_kinds.is_folder(placed.member, name or "")

    @property
    def shown(self) -> str:
        """The name as it may be shown."""
        if self.name is None:
            return shown_raw(self.placed.member.raw_name)
        return shown(self.name)

    @property
    def own_fault(self) -> str | None:
        """What is wrong with this entry by itself."""
        if self.name is None:
            return "name-undecodable"
        return (
            path_fault(self.name)
            or zip_kinds.kind_fault(self.placed.member, self.name)
            or self.placed.fault
        )


def distrusted(named: Sequence[Named]) -> Iterator[Finding]:
    """Yield a finding for each entry that speaks against the archive, in its order."""
    overlaps = overlapping([each.placed for each in named])
    clashes = Clashes()
    for index, each in enumerate(named):
        fault = each.own_fault
        if fault is None and index in overlaps:
            fault = "entry-overlaps"
        if fault is not None:
            yield unsafe(each.shown, fault)
        elif clash := clashes.met(each.parts, each.is_folder):
            yield unsafe(each.shown, clash[0], other=shown(clash[1]))
