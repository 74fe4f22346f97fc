"""Many rows at once: by executemany, or by COPY where the database has that."""

import gc
import json
from contextlib import contextmanager
from functools import partial

from django.db import connection, models

# Fields whose values a database takes as they are, unless a field has a way of its own.
_PLAIN = (
    models.BigIntegerField,
    models.CharField,
    models.PositiveIntegerField,
    models.TextField,
)

# In KiB: what the indexes of a large roll need, so that they are not read again for each row.
_ROOM = 64 * 1024
# Python's own is 700.
_BETWEEN_COLLECTIONS = 100_000


@contextmanager
def room_for_many():
    """Let SQLite keep the pages of its indexes while many rows are compared or written."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{_ROOM}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {before}")


@contextmanager
def seldom_collecting():
    """Let the collector of rings look less often: rows make none, and there are very many."""
    before = gc.get_threshold()
    gc.set_threshold(_BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@models.CharField.register_lookup
class AnyOf(models.Lookup):
    """One of many texts, given to the database as one parameter: ``number__any_of=[…]``."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        """Return the condition with a list as JSON, for SQLite."""
        column, parameters = self.process_lhs(compiler, connection)
        sql = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - values apart
        return sql, [*parameters, json.dumps(list(self.rhs))]

    def as_postgresql(self, compiler, connection):
        """Return the condition with a list."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, list(self.rhs)]


def insert_rows(model: type[models.Model], columns, rows):
    """Insert *rows*, tuples in the order of *columns* (names of fields); signals are not sent.

    Inside the caller's transaction.  Raises IntegrityError as saving would.
    """
    fields = [model._meta.get_field(name) for name in columns]
    prepared = _prepared(fields, rows)
    names = ", ".join(_quoted(field.column) for field in fields)
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copying = f"COPY {table} ({names}) FROM STDIN"
            # Django's cursors know nothing of COPY, nor name its errors as theirs.
            with connection.wrap_database_errors, cursor.copy(copying) as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            # Names of ours, values apart.
            sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - as said
            cursor.executemany(sql, prepared)


def update_rows(model: type[models.Model], columns, rows):
    """Change rows, given as the values of *columns* (names of fields), key and version.

    Returns how many were changed: those of another version are not.  Inside the caller's
    transaction; signals are not sent.
    """
    fields = [model._meta.get_field(name) for name in columns]
    prepare = _preparing(fields)
    version = _quoted(model._meta.get_field("version").column)
    sets = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    sql = (  # Names of ours, values apart.
        f"UPDATE {_quoted(model._meta.db_table)} SET {sets}, {version} = {version} + 1 "  # noqa: S608 - as said
        f"WHERE {_quoted(model._meta.pk.column)} = %s AND {version} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_converted(prepare, row) for row in rows])
        return cursor.rowcount


def _prepared(fields, rows):
    prepare = _preparing(fields)
    return [_converted(prepare, row) for row in rows]


def _preparing(fields):
    """Return place and function of each field whose values must be prepared."""
    return [
        (place, _day if _is_day(field) else partial(field.get_db_prep_save, connection=connection))
        for place, field in enumerate(fields)
        if not _is_plain(field)
    ]


def _is_plain(field):
    if isinstance(field, models.ForeignKey):
        return isinstance(field.target_field, (models.BigAutoField, models.BigIntegerField))
    own = type(field)
    return isinstance(field, _PLAIN) and not any(
        "get_prep_value" in vars(each) or "get_db_prep_value" in vars(each)
        for each in own.__mro__
        if each.__module__.partition(".")[0] != "django"
    )


def _is_day(field):
    return type(field) is models.DateField


def _day(value):
    """Return a day as every database takes it, given as such or as text in ISO form."""
    return value if value is None or isinstance(value, str) else value.isoformat()


def _converted(prepare, row):
    values = list(row)
    for place, convert in prepare:
        values[place] = convert(values[place])
    return values


def _quoted(name):
    return connection.ops.quote_name(name)
