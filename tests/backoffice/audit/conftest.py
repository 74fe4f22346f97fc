"""Trails to look at, and the tampering that the trail must show."""

from types import SimpleNamespace

import pytest
from django.db import connection

from backoffice.audit import guards
from backoffice.audit.log import office_transaction
from backoffice.audit.models import AuditEntry, AuditHead


@pytest.fixture
def clerk():
    return SimpleNamespace(pk=7, person_id=70)


@pytest.fixture
def trail(db, clerk):
    """Six entries of one unit and two of another, appended by three transactions."""
    for first in (1, 3, 5):
        with office_transaction(clerk) as log:
            for number in (first, first + 1):
                log.add("request-edit", chain="unit-1", ref=f"correctionrequest:{number}", n=number)
    with office_transaction(clerk) as log:
        log.add("case-create", chain="unit-2", ref="case:1")
        log.add("case-take", chain="unit-2", ref="case:1")


@pytest.fixture
def tamper(db):
    """Run SQL as somebody does who owns the database."""

    def run(*statements):
        with guards.lifted(connection), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return run


@pytest.fixture
def stored():
    """What a chain holds: entries as (sequence, act, ref, facts), and the number of its head."""

    def read(chain):
        entries = AuditEntry.objects.filter(chain=chain)
        head = AuditHead.objects.filter(chain=chain).first()
        rows = list(entries.values_list("sequence", "act", "ref", "facts"))
        return rows, head and head.sequence

    return read
