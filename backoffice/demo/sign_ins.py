"""The sign-ins of the demo: made for each database, kept beside it for its owner's eyes."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

_NAME = "demo-sign-ins.json"
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody of the demo signs in; *unit* is the code of theirs."""

    username: str
    password: str
    role: str
    unit: str
    unit_name: str
    name: str

    def public(self):
        """Return it as programs read it."""
        return asdict(self)


def place():
    """Return the file that keeps them."""
    return Path(settings.DATA) / _NAME


def keep(sign_ins):
    """Write them down whole, or leave what was there."""
    path = place()
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump([each.public() for each in sign_ins], file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def kept():
    """Return those that were written down, or None where there are none or they can't be read."""
    try:
        rows = json.loads(place().read_text("utf-8"))
        return [SignIn(**row) for row in rows]
    except (FileNotFoundError, ValueError, TypeError):
        return None
