"""A progress bar for long packages, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from correctionkit.packages.check import Progress

_SHOWN_FROM = 30


@contextmanager
def progress_bar(label: str) -> Iterator[Progress | None]:
    """Give a function that shows how far the work is; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(label)
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    """Shows itself once there is enough to wait for."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._stop: Callable[[], None] | None = None
        self._show: Progress = self._start

    def show(self, done: int, total: int) -> None:
        """Show *done* of *total*."""
        self._show(done, total)

    def close(self) -> None:
        """Take the bar away."""
        if self._stop:
            self._stop()

    def _start(self, done: int, total: int) -> None:
        if total < _SHOWN_FROM:
            return
        from rich import progress as bars  # noqa: PLC0415
        from rich.console import Console  # noqa: PLC0415 - slow, and only where it is shown

        progress = bars.Progress(
            bars.TextColumn(self._label),
            bars.BarColumn(),
            bars.MofNCompleteColumn(),
            bars.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        progress.start()
        task = progress.add_task("", total=total, completed=done)

        def update(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        self._show = update
        self._stop = progress.stop
