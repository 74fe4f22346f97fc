"""The process that reads one table file: bounded, and with nothing in its hands.

``python -m correctionkit.packages.tables.child ROWS COLUMNS CHARACTERS SECONDS MEGABYTES``
reads the file on standard input and writes :mod:`~correctionkit.packages.tables.messages`
to standard output.  It imports the readers and nothing else, so that it starts at once.
"""

from __future__ import annotations

import gc
import sys
from typing import BinaryIO

from correctionkit.packages.tables.faults import BOMB, TableUnreadable
from correctionkit.packages.tables.messages import DONE, FAULT, TABLE, Sender
from correctionkit.packages.tables.workbook import format_of, pass_workbook
from correctionkit.policy.bounds import TableBounds

if sys.platform != "win32":
    import resource

MEMORY = "memory"
TIME = "time"


def main(arguments: list[str]) -> None:
    """Read the table that stands on standard input within the bounds given."""
    rows, columns, characters, seconds, megabytes = map(int, arguments)
    _bind(seconds, megabytes << 20)
    # Cells are no cycles, and looking for some among so many takes a fifth of the time.
    gc.disable()
    bounds = TableBounds(rows, columns, characters)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    try:
        _send(source, bounds, Sender(target))
        target.flush()
    except BrokenPipeError:
        # Nobody reads on.  What is buffered still would be written at exit, and fail.
        sys.stdout = None


def _send(source: BinaryIO, bounds: TableBounds, sender: Sender) -> None:
    try:
        content = source.read()
        sender.send((TABLE, format_of(content).value))
        pass_workbook(content, "", bounds, sender)
        sender.send((DONE,))
    except TableUnreadable as refused:
        sender.send((FAULT, refused.fault, refused.params))
    except MemoryError:
        sender.send((FAULT, BOMB, {"limit": MEMORY}))


def _bind(seconds: int, memory: int) -> None:
    if sys.platform == "win32":
        # No such limits there: the parent's clock must do.
        return
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        try:
            resource.setrlimit(kind, (limit, most))
        except (OSError, ValueError):
            # macOS knows RLIMIT_AS by name only.
            continue


if __name__ == "__main__":
    main(sys.argv[1:])
