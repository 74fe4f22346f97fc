"""One open file, read at positions by several threads."""

from __future__ import annotations

import os
from threading import Lock
from typing import BinaryIO


class PositionedFile:
    """Reads at a position under one lock, as there is no such call on Windows."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lock = Lock()
        self.size = file.seek(0, os.SEEK_END)

    def read_at(self, offset: int, size: int) -> bytes:
        """Return *size* bytes from *offset*; fewer only at the end of the file."""
        with self._lock:
            self._file.seek(offset)
            return self._file.read(size)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()
