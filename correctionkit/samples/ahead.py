"""Contents made by threads ahead of their writing, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, Literal

from correctionkit.samples.drafts import Content

_AHEAD = 2


class Queue:
    """Contents in the order in which they will be asked for; so few of them exist at once."""

    def __init__(self, contents: Iterable[Content], jobs: int, pool: ThreadPoolExecutor) -> None:
        self._waiting: deque[Future[bytes]] = deque()
        self._coming = iter(contents)
        self._pool = pool
        self._jobs = jobs

    def next(self) -> bytes:
        """Return the next content, and have those after it begun."""
        while len(self._waiting) <= _AHEAD * self._jobs:
            content = next(self._coming, None)
            if content is None:
                break
            self._waiting.append(self._pool.submit(content))
        return self._waiting.popleft().result()


class _InTurn:
    """A member whose content comes from the queue when it is opened."""

    def __init__(self, queue: Queue, on_made: Callable[[], None]) -> None:
        self._queue = queue
        self._on_made = on_made

    def open(self, _mode: Literal["rb"], /) -> BinaryIO:
        """Return the content as a file; each member is opened once, in turn."""
        content = self._queue.next()
        self._on_made()
        return BytesIO(content)


@contextmanager
def made_ahead(
    members: Sequence[tuple[str, Content]],
    jobs: int,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[list[tuple[str, _InTurn | bytes]]]:
    """Give *members* for writing in just this order; folders end in a slash.

    *progress* is told how many files are made, of how many.
    """
    files = [content for name, content in members if not name.endswith("/")]
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, len(files))

    pool = ThreadPoolExecutor(jobs)
    try:
        queue = Queue(files, jobs, pool)
        yield [(name, b"" if name.endswith("/") else _InTurn(queue, count)) for name, _ in members]
    finally:
        pool.shutdown(cancel_futures=True)
