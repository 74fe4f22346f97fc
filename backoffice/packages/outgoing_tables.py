"""Summary workbooks of what a unit submitted on a day, written into a folder."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from backoffice.corrections.states import EDITABLE, State
from backoffice.packages.outgoing_rows import status_tables
from backoffice.packages.outgoing_selection import in_order, moments, submissions

_NOT_SUBMITTED = sorted({*EDITABLE, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Exported:
    """One workbook: its path below the folder, how many lines, and what it cannot hold whole."""

    path: str
    policy: str
    lines: int
    written: bool
    cut: tuple[str, ...]


def submitted_on(unit, day):
    """Return what *unit* and those below last submitted on a local day, in the tables' order.

    What was withdrawn, sent back or returned since is left out; what was decided is not.
    """
    begins, ends = moments(day, day)
    rows = submissions(unit).exclude(state__in=_NOT_SUBMITTED)
    return in_order(rows.filter(submitted_at__gte=begins, submitted_at__lt=ends))


def export_tables(requests, folder):
    """Write the workbooks of *requests* into *folder*: a status each, in a policy's own folder.

    The policy's folder is left out where there is one policy.  Each file is written whole or
    not at all; one that is there with the same bytes is left alone.  Returns what stands there
    now, and those of *requests* that no table takes.  Raises OSError.
    """
    by_policy = {}
    for request in requests:
        by_policy.setdefault(_key(request.case), []).append(request)
    done, left = [], []
    for key, rows in sorted(by_policy.items()):
        rules = rows[0].case.rules
        place = Path(folder) / key if len(by_policy) > 1 else Path(folder)
        left += [each for each in rows if each.status not in rules.statuses]
        for table in status_tables(rows, rules):
            done.append(
                Exported(
                    (place / table.name).relative_to(folder).as_posix(),
                    key,
                    table.lines,
                    _keep(place / table.name, table.content),
                    table.cut,
                )
            )
    return done, left


def _key(case):
    return "+".join((case.policy, *case.overlays))


def _keep(path, content):
    """Put *content* there, on the disk before this returns; tell whether it had to be written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return True
