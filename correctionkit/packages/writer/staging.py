"""A folder beside a copy in the making, for content that is finished before the copy is."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from correctionkit.packages.reader.long_paths import long_path


class Staging:
    """Keeps content on disk until it is written to its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def keep(self, content: bytes) -> Path:
        """Write *content* and return where it is."""
        self._count += 1
        path = self._folder / str(self._count)
        path.write_bytes(content)
        return path


@contextmanager
def staging_beside(target: Path) -> Iterator[Staging]:
    """Give a staging folder on the disk of *target*, and clear it away at the end."""
    parent = Path(long_path(target)).parent
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / f".{secrets.token_hex(8)}.part"
    folder.mkdir()
    try:
        yield Staging(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
