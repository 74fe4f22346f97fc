"""Writing what a table brings into the roll: many records at once, with their history."""

from django.utils import timezone

from backoffice.roll.columns import DAYS, FIELDS
from backoffice.roll.comparing import UNIT
from backoffice.roll.models import FormerName, StudentRecord, ValueChange, digest_of_identity
from backoffice.tables.bulk import insert_rows, update_rows
from backoffice.tables.confirming import Outdated
from backoffice.units.models import Unit

_NEW_COLUMNS = ("unit", *FIELDS.values(), "id_digest", "version")
_CHANGE_COLUMNS = ("record", "field", "old", "new", "cause", "at", "account")
_DEFAULTS = {"document_kind": "1"}


class RollWriter:
    """Writes for one account, inside its transaction; units are named by their codes."""

    def __init__(self, account, unit):
        self._account = account
        self._units = {each.code: each for each in Unit.objects.below([unit.path])}

    def insert(self, values):
        """Insert records, given as texts by column; raises Outdated for a unit that is gone."""
        insert_rows(StudentRecord, _NEW_COLUMNS, [self._new(each) for each in values])

    def change(self, rows):
        """Change records, given as (key, version, changes).

        Raises Outdated where one is no longer as it was.
        """
        by_fields = {}
        for pk, version, changes in rows:
            new = dict(self._stored(changes))
            by_fields.setdefault(tuple(new), []).append((*new.values(), pk, version))
        for fields, given in by_fields.items():
            if update_rows(StudentRecord, fields, given) != len(given):
                raise Outdated
        self._keep_history(rows)

    def _new(self, values):
        number = values.get("id_number", "")
        return (
            self._unit(values[UNIT]).pk,
            *[
                values.get(column) or _DEFAULTS.get(column, None if column in DAYS else "")
                for column in FIELDS
            ],
            digest_of_identity(number),
            1,
        )

    def _stored(self, changes):
        for column, _before, after in changes:
            if column == UNIT:
                yield "unit", self._unit(after).pk
                continue
            yield FIELDS[column], after
            if column == "id_number":
                yield "id_digest", digest_of_identity(after)

    def _keep_history(self, rows):
        now = timezone.now()
        plain, names = [], []
        for pk, _version, changes in rows:
            for column, before, after in changes:
                old, new = before, after
                if column == UNIT:
                    old, new = self._unit(before).name, self._unit(after).name
                field = FIELDS.get(column, column)
                kept = names if field == "name" and old else plain
                kept.append(
                    (pk, field, old, new, ValueChange.Cause.IMPORT.value, now, self._account.pk)
                )
        insert_rows(ValueChange, _CHANGE_COLUMNS, plain)
        self._keep_names(names)

    def _keep_names(self, rows):
        if not rows:
            return
        last = ValueChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        insert_rows(ValueChange, _CHANGE_COLUMNS, rows)
        mine = ValueChange.objects.filter(
            pk__gt=last, field="name", record__in=[row[0] for row in rows], account=self._account
        ).order_by()
        changes = dict(mine.values_list("record_id", "pk"))
        insert_rows(
            FormerName,
            ("record", "name", "change"),
            [(pk, old, changes[pk]) for pk, _field, old, *_rest in rows],
        )

    def _unit(self, code):
        unit = self._units.get(code)
        if unit is None:
            raise Outdated
        return unit
