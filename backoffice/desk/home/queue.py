"""What one queue of the home page is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Queue:
    """Things that wait, all for the same to be done; *presses* where nothing goes on without."""

    title: str
    count: int
    url: str
    presses: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Queues of one kind of work."""

    title: str
    queues: tuple[Queue, ...]
