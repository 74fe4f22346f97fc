import unittest

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, NotSupportedError, connection, transaction
from django.test import TransactionTestCase

from backoffice.audit import guards
from backoffice.audit.log import note, office_transaction
from backoffice.audit.models import AppendOnly, AuditEntry, AuditHead
from backoffice.audit.verify import verify

COLUMNS = "chain, sequence, at, account_id, person_id, act, ref, digest, facts, previous, hash"
SQL = [
    "UPDATE audit_auditentry SET act = 'case-take' WHERE sequence = 1",
    "UPDATE audit_auditentry SET sequence = 99 WHERE sequence = 6",
    "DELETE FROM audit_auditentry WHERE sequence = 6",
    "DELETE FROM audit_auditentry",
    "DELETE FROM audit_audithead WHERE chain = 'unit-1'",
    "UPDATE audit_audithead SET sequence = 5 WHERE chain = 'unit-1'",
    "UPDATE audit_audithead SET hash = '' WHERE chain = 'unit-1'",
    "UPDATE audit_audithead SET sequence = 9, chain = 'unit-3' WHERE chain = 'unit-1'",
]
ONLY_SQLITE = [
    f"INSERT OR REPLACE INTO audit_auditentry (id, {COLUMNS})"  # noqa: S608 - no input
    f" SELECT id, {COLUMNS} FROM audit_auditentry WHERE sequence = 3",
    f"REPLACE INTO audit_auditentry ({COLUMNS}) SELECT {COLUMNS} FROM audit_auditentry",  # noqa: S608 - no input
    "UPDATE OR REPLACE audit_auditentry SET sequence = 2 WHERE sequence = 1",
    "REPLACE INTO audit_audithead (chain, sequence, hash, seal) VALUES ('unit-1', 1, '', '')",
]
ONLY_POSTGRESQL = ["TRUNCATE audit_auditentry", "TRUNCATE audit_audithead"]


def rows():
    return list(AuditEntry.objects.values_list()), list(AuditHead.objects.values_list())


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", SQL + ONLY_SQLITE + ONLY_POSTGRESQL)
def test_the_database_refuses(trail, statement):
    if statement in (ONLY_SQLITE if connection.vendor == "postgresql" else ONLY_POSTGRESQL):
        pytest.skip(f"{connection.vendor} has no such statement")
    before = rows()

    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)
    assert rows() == before


@pytest.mark.parametrize("statement", SQL)
def test_without_guards_the_database_takes_it_and_the_trail_shows_it(trail, statement):
    with guards.lifted(connection):
        run(statement)

    assert list(verify())


def test_guards_are_back_after_they_were_lifted(trail):
    with pytest.raises(LookupError), guards.lifted(connection):
        raise LookupError

    with pytest.raises(DatabaseError, match="append-only"):
        run(SQL[0])


def test_guards_can_be_installed_and_removed_twice(trail):
    guards.install(connection)
    guards.install(connection)
    guards.remove(connection)
    guards.remove(connection)
    run(SQL[0])
    guards.install(connection)


def test_guards_are_put_back_after_a_migration(trail):
    guards.remove(connection)
    call_command("migrate", "audit", verbosity=0)

    with pytest.raises(DatabaseError, match="append-only"):
        run(SQL[0])


def test_no_guards_are_claimed_for_another_database():
    with pytest.raises(NotSupportedError, match="oracle"):
        list(guards._installing("oracle"))
    with pytest.raises(NotSupportedError, match="oracle"):
        list(guards._removing("oracle"))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: AuditEntry.objects.first().save(), id="save"),
        pytest.param(lambda: AuditEntry.objects.first().delete(), id="delete"),
        pytest.param(lambda: AuditEntry.objects.update(act="export"), id="update of many"),
        pytest.param(lambda: AuditEntry.objects.all().delete(), id="delete of many"),
        pytest.param(
            lambda: AuditEntry.objects.bulk_update(AuditEntry.objects.all(), ["act"]),
            id="bulk update",
        ),
        pytest.param(lambda: AuditHead.objects.first().delete(), id="delete of a head"),
        pytest.param(lambda: AuditHead.objects.all().delete(), id="delete of heads"),
        pytest.param(lambda: AuditHead.objects.update(sequence=1), id="update of heads"),
    ],
)
def test_the_models_refuse_before_the_database(trail, change):
    before = rows()

    with guards.lifted(connection), pytest.raises(AppendOnly):
        change()
    assert rows() == before


def test_a_new_entry_never_takes_the_place_of_another(trail):
    before = rows()
    first = AuditEntry.objects.first()
    forged = AuditEntry(
        pk=first.pk, chain="unit-1", sequence=9, at=first.at, act="export", previous="", hash=""
    )

    with guards.lifted(connection), pytest.raises(IntegrityError), transaction.atomic():
        forged.save()
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_tests_with_real_transactions_can_be_flushed():
    class Logging(TransactionTestCase):
        def runTest(self):  # noqa: N802 - unittest's name
            note("export", by=None, chain="unit-1", ref="export:1")

    result = unittest.TestResult()
    Logging()(result)

    assert (result.testsRun, result.errors, result.failures) == (1, [], [])
    assert rows() == ([], [])
    with office_transaction() as log:
        log.add("export", chain="unit-1", ref="export:2")
    with pytest.raises(DatabaseError, match="append-only"):
        run("DELETE FROM audit_auditentry")


@pytest.mark.django_db(transaction=True)
def test_the_migration_takes_its_guards_along():
    note("export", by=None, chain="unit-1", ref="export:1")
    try:
        call_command("migrate", "audit", "zero", verbosity=0)
        assert "audit_auditentry" not in connection.introspection.table_names()
    finally:
        call_command("migrate", "audit", verbosity=0)
    note("export", by=None, chain="unit-1", ref="export:1")
    with pytest.raises(DatabaseError, match="append-only"):
        run("DELETE FROM audit_auditentry")
