"""Files replaced whole or not at all, with a clear word when Excel holds the old one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from correctionkit.packages.reader.long_paths import long_path


class TargetBusy(OSError):
    """The file is open in another program, as a rule in Excel, and cannot be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is open in another program")
        self.path = path


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write into that takes the place of *path* at the end.

    After any error *path* is as it was.  Raises :exc:`TargetBusy` where another program
    holds it, and :exc:`OSError` as it comes for everything else.
    """
    target = Path(long_path(path))
    draft = target.with_name(f".~{secrets.token_hex(6)}.tmp")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        try:
            draft.replace(target)
        except PermissionError as error:
            # The folder took the draft, so it is the file itself that refuses.
            raise (IsADirectoryError(str(path)) if target.is_dir() else TargetBusy(path)) from error
    finally:
        draft.unlink(missing_ok=True)
