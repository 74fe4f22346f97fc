"""Keys: made once and kept in a file of their own, or given by the environment."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_SHORTEST = 32


def key_file(path: Path) -> str:
    """Return the key in *path*, making one at the first use.

    Whoever comes second reads what the first wrote.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _long_enough(path.read_text("ascii").strip(), str(path))
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def key_of_environment(name: str) -> str:
    """Return the key in the variable *name*, or in the file that ``name_FILE`` names.

    Raises ImproperlyConfigured where there is none or it is too short to be a secret.
    """
    return _long_enough(secret_of_environment(name), name)


def secret_of_environment(name: str) -> str:
    """Return what stands in the variable *name*, or in the file that ``name_FILE`` names."""
    place = os.environ.get(f"{name}_FILE")
    return Path(place).read_text("utf-8").strip() if place else os.environ.get(name, "")


def _long_enough(key: str, where: str) -> str:
    if len(key) < _SHORTEST:
        raise ImproperlyConfigured(f"{where} must hold a key of at least {_SHORTEST} characters")
    return key
