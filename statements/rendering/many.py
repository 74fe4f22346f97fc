"""Many statements at once, in worker processes.

A worker renders some documents and is replaced, so that no process grows with the job; a
document that takes too long ends the job, not the office.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from statements.contexts.statement import Statement
from statements.faults import RenderingFault
from statements.rendering.documents import render
from statements.rendering.merging import merged

# A worker takes as long to start as ten pages.
DOCUMENTS_A_WORKER = 60
# A page takes half a second on a slow machine: this is a document of a thousand.
SECONDS_A_DOCUMENT = 600.0


def render_many(
    statements: Iterable[Statement],
    *,
    processes: int | None = None,
    seconds: float = SECONDS_A_DOCUMENT,
    progress: Callable[[int], None] | None = None,
) -> Iterator[bytes]:
    """Yield the PDFs of *statements* in their order; *progress* is told how many are done.

    Only a few statements are asked for ahead, and only a few documents wait to be taken.
    Raises :exc:`Unprintable`, and :exc:`RenderingFault` for what takes longer than *seconds*.
    """
    wanted = iter(statements)
    workers = processes or os.cpu_count() or 1
    # Spawned, as on Windows: a fork of a threaded server may hang on a lock of another thread.
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, maxtasksperchild=DOCUMENTS_A_WORKER) as pool:
        waiting = deque(
            pool.apply_async(render, (statement,)) for statement in islice(wanted, workers * 2)
        )
        done = 0
        while waiting:
            try:
                pdf = waiting.popleft().get(seconds)
            except multiprocessing.TimeoutError:
                raise RenderingFault(f"a document took longer than {seconds:g} s") from None
            waiting.extend(
                pool.apply_async(render, (statement,)) for statement in islice(wanted, 1)
            )
            done += 1
            if progress:
                progress(done)
            yield pdf


def render_joined(
    statements: Iterable[Statement],
    title: str,
    *,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Return one PDF under *title* with all *statements*, each with its bookmark and numbers.

    Raises :exc:`ValueError` for no statements.
    """
    bookmarks: deque[str] = deque()

    def noted() -> Iterator[Statement]:
        for statement in statements:
            bookmarks.append(statement.bookmark)
            yield statement

    pdfs = render_many(noted(), processes=processes, progress=progress)
    return merged(((bookmarks.popleft(), pdf) for pdf in pdfs), title)
