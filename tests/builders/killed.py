"""A process of its own that does one act of the office and is killed in the middle of it.

``python -m builders.killed WHEN DATABASE FILES ACT KEY…``: *WHEN* is the number of writes to
the database after which it dies, or ``commit`` for the moment before they would stand.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile


def die(*_: Any) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def dying_after(writes: int) -> Callable[..., Any]:
    """Return a wrapper of statements that dies once so many have written."""
    done = 0

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal done
        result = run(sql, *rest)
        done += sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if done == writes:
            die()
        return result

    return execute


def act(name: str, *keys: str) -> None:
    """Do the act *name* on what *keys* say."""
    # Models can be had once Django is set up, and it is set up for the database of a test.
    from backoffice.corrections.states import Event
    from backoffice.evidence.receiving import receive
    from backoffice.evidence.services import add_evidence
    from backoffice.packages.incoming_taking import take_package
    from backoffice.packages.models import IncomingPackage
    from backoffice.units.models import Account
    from backoffice.workflow.deciding import decide
    from backoffice.workflow.filing import file_sheet
    from builders.office import scan
    from correctionkit.policy.bounds import ScanBounds

    by = Account.objects.get(username=keys[0])
    if name == "decide":
        decide(int(keys[1]), Event.APPROVE, by=by)
    elif name == "file":
        bounds = ScanBounds(max_bytes=10**7, min_dpi=1, max_pixels=10**8, max_side=10**5)
        file_sheet(keys[1], [receive(scan(), "申请表.jpg", bounds)], by=by)
    elif name == "add-evidence":
        add_evidence(int(keys[1]), keys[2], SimpleUploadedFile("证件.jpg", scan()), by=by)
    elif name == "take-package":
        take_package(IncomingPackage.objects.get(pk=int(keys[1])), Path(keys[2]))
    else:
        raise ValueError(name)


def main(when: str, database: str, files: str, *what: str) -> None:
    """Set up the office on a test's database and files, and begin the act."""
    settings.DATABASES["default"]["NAME"] = database
    settings.STORAGES["evidence"]["OPTIONS"]["location"] = files
    django.setup()
    from django.db import connection

    if when == "commit":
        connection._commit = die
        act(*what)
    else:
        with connection.execute_wrapper(dying_after(int(when))):
            act(*what)


if __name__ == "__main__":
    main(*sys.argv[1:])
