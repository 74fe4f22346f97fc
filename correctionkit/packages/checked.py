"""What a check of a package gives back: the report, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from correctionkit.findings import Report
from correctionkit.packages.tables.cells import Workbook
from correctionkit.policy.model import Policy
from correctionkit.requests.model import CorrectionRequest


@dataclass(frozen=True, slots=True)
class CheckedScan:
    """A scan of a student: where it is, and the kind that is told of it, if any."""

    path: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class CheckedStudent:
    """One student of the package: as the table names them, else as the folder does.

    *requests* are those rows that could be understood whole.  *folder* is the path of the
    student's folder; *folder_name_is* says whose name it bears: that of the ``table``, or the
    ``old`` or ``new`` one where the name is being corrected.
    """

    number: str
    name: str
    status: str | None
    fields: tuple[str, ...]
    scans: int
    folder: str | None = None
    folder_name_is: str | None = None
    requests: tuple[CorrectionRequest, ...] = ()
    evidence: tuple[CheckedScan, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedPackage:
    """A package, judged by a policy on a day.

    *workbooks* are the summary tables as read; *thumbnails* are small JPEG pictures by
    path, empty unless they were asked for; *digests* are SHA-256 by path, of the scans that
    were read.
    """

    name: str
    policy: Policy
    on: date
    report: Report
    students: tuple[CheckedStudent, ...]
    workbooks: tuple[Workbook, ...]
    thumbnails: Mapping[str, bytes]
    digests: Mapping[str, str] = field(default_factory=dict)
