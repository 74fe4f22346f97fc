"""Files that stay once they were said to be stored."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class DurableFileSystemStorage(FileSystemStorage):
    """Files on this machine, on the disk before the call returns, for the office's eyes only."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args, **{"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700} | kwargs
        )

    def _save(self, name, content):
        stored = super()._save(name, content)
        path = Path(self.path(stored))
        _sync(path, os.O_RDWR)
        if hasattr(os, "O_DIRECTORY"):
            _sync(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        return stored


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
