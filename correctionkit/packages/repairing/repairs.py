"""What was set right in a package, and what was left for a person: facts, put into words later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from correctionkit.findings import Finding


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing set right.

    Paths are relative to the package as it was and as it is now; *path_after* is empty
    where something was left out.  *what* is a code, *params* are plain values for its words.
    """

    path_before: str
    path_after: str
    what: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """Order by what is there now, then by row."""
        return (
            self.path_after or self.path_before,
            self.params.get("row", 0),
            self.path_before,
            self.what,
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is left as it is, or that cannot be done; *what* and *params* as above."""

    path: str
    what: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Order by path and code."""
        return (self.path, self.what, repr(sorted(self.params.items())))


class RepairRefused(Exception):
    """A package is not to be trusted as a whole; *findings* say why, nothing was written."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(sorted({finding.code for finding in findings})))
        self.findings = tuple(findings)
