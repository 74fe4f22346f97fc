"""Triggers by which the database itself refuses to change or remove what was logged.

They stop slips and tools that go past the models.  Who owns the database can drop them:
what was done then is shown by :mod:`backoffice.audit.verify`.
"""

from contextlib import contextmanager

from django.db import NotSupportedError, connections

ENTRIES = "audit_auditentry"
HEADS = "audit_audithead"
_REFUSAL = "the audit trail is append-only"

# SQLite removes the rows that INSERT OR REPLACE replaces without asking the triggers of DELETE.
_SQLITE = {
    "audit_entry_update": "BEFORE UPDATE ON audit_auditentry",
    "audit_entry_delete": "BEFORE DELETE ON audit_auditentry",
    "audit_entry_replace": (
        "BEFORE INSERT ON audit_auditentry WHEN EXISTS (SELECT 1 FROM audit_auditentry"
        " WHERE id = NEW.id OR (chain = NEW.chain AND sequence = NEW.sequence))"
    ),
    "audit_head_update": (
        "BEFORE UPDATE ON audit_audithead"
        " WHEN NEW.chain <> OLD.chain OR NEW.sequence <= OLD.sequence"
    ),
    "audit_head_delete": "BEFORE DELETE ON audit_audithead",
    "audit_head_replace": (
        "BEFORE INSERT ON audit_audithead"
        " WHEN EXISTS (SELECT 1 FROM audit_audithead WHERE chain = NEW.chain)"
    ),
}

_POSTGRESQL = {
    "audit_entry_change": (ENTRIES, "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
    "audit_entry_truncate": (ENTRIES, "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
    "audit_head_update": (
        HEADS,
        "BEFORE UPDATE ON {table} FOR EACH ROW"
        " WHEN (NEW.chain <> OLD.chain OR NEW.sequence <= OLD.sequence)",
    ),
    "audit_head_delete": (HEADS, "BEFORE DELETE ON {table} FOR EACH ROW"),
    "audit_head_truncate": (HEADS, "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
}


def install(connection):
    """Put the triggers in place; those that are there already stay or are renewed."""
    with connection.cursor() as cursor:
        for statement in _installing(connection.vendor):
            cursor.execute(statement)


def remove(connection):
    """Take the triggers away, for tests and for the removal of the tables."""
    with connection.cursor() as cursor:
        for statement in _removing(connection.vendor):
            cursor.execute(statement)


@contextmanager
def lifted(connection):
    """Take the triggers away for the time of a block."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def install_after_migration(using, **signal):
    """Put the triggers back: SQLite drops them with each table that a migration makes anew."""
    connection = connections[using]
    if {ENTRIES, HEADS} <= set(connection.introspection.table_names()):
        install(connection)


def _installing(vendor):
    if vendor == "sqlite":
        for name, event in _SQLITE.items():
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {name} {event}"
                f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
    elif vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        for name, (table, event) in _POSTGRESQL.items():
            yield (
                f"CREATE OR REPLACE TRIGGER {name} {event.format(table=table)}"
                " EXECUTE FUNCTION audit_refuse()"
            )
    else:
        raise NotSupportedError(f"no guards of the audit trail are written for {vendor}")


def _removing(vendor):
    if vendor == "sqlite":
        for name in _SQLITE:
            yield f"DROP TRIGGER IF EXISTS {name}"
    elif vendor == "postgresql":
        for name, (table, _event) in _POSTGRESQL.items():
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield "DROP FUNCTION IF EXISTS audit_refuse()"
    else:
        raise NotSupportedError(f"no guards of the audit trail are written for {vendor}")
