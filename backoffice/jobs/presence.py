"""Whether a worker of this machine lives: each holds a file locked for as long as it does.

A heartbeat cannot be written while another connection writes to SQLite; the lock goes with the
process, however it ends, and is there to be asked at any time.
"""

import os
import secrets
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.files import locks

_own = ""


def own_name():
    """Return what this process is called as a worker, nothing where it is none."""
    return _own


@contextmanager
def present():
    """Be a worker, and be seen to live until the end of the block; yields the name."""
    global _own
    _own = secrets.token_hex(16)
    held = _hold(_own) if settings.OFFICE_WORKERS else None
    try:
        yield _own
    finally:
        # The file stays for the next to sweep: what was cut short at the end is known by it.
        if held:
            held.close()
        _own = ""


def is_present(name):
    """Tell whether that worker lives; None where this machine cannot know."""
    if not settings.OFFICE_WORKERS or not name:
        return None
    try:
        with _path(name).open("rb+") as file:
            return not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
    except FileNotFoundError:
        return None


def sweep(keep=()):
    """Remove what killed workers left; it is how those of *keep* are known to be dead."""
    if settings.OFFICE_WORKERS:
        for path in settings.OFFICE_WORKERS.glob("*.lock"):
            if path.stem not in keep and is_present(path.stem) is False:
                # Where files in use cannot be removed, the next finds it.
                with suppress(PermissionError):
                    path.unlink(missing_ok=True)


def _hold(name):
    settings.OFFICE_WORKERS.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        file = os.fdopen(os.open(_path(name), os.O_RDWR | os.O_CREAT, 0o600), "rb+")
        locks.lock(file, locks.LOCK_EX)
        # A sweep between opening and locking took it for a dead one's.
        if _path(name).exists() and os.path.samestat(os.fstat(file.fileno()), _path(name).stat()):
            return file
        file.close()


def _path(name):
    return settings.OFFICE_WORKERS / f"{name}.lock"
