"""A process that judges or confirms a table and is killed in the middle of it.

``python -m builders.killed_import WHEN DATABASE FILES ACT USERNAME KEY``; see builders.killed.
"""

from __future__ import annotations

import sys

import django
from django.conf import settings

from builders.killed import die, dying_after


def act(name: str, username: str, key: str) -> None:
    """Judge or confirm an import."""
    # Models can be had once Django is set up, and it is set up for the database of a test.
    from backoffice.tables.confirming import confirm
    from backoffice.tables.judging import judge
    from backoffice.tables.models import TableImport
    from backoffice.units.models import Account

    if name == "judge":
        judge(int(key))
        return
    table = TableImport.objects.get(pk=int(key))
    by = Account.objects.get(username=username)
    confirm(table.pk, digest=table.digest, choice="all", by=by)


def main(when: str, database: str, files: str, *what: str) -> None:
    """Set up the office on a test's database and files, and begin the act."""
    settings.DATABASES["default"]["NAME"] = database
    settings.STORAGES["imports"]["OPTIONS"]["location"] = files
    django.setup()
    from django.db import connection

    if when == "commit":
        connection._commit = die
        act(*what)
        return
    with connection.execute_wrapper(dying_after(int(when))):
        act(*what)


if __name__ == "__main__":
    main(*sys.argv[1:])
