"""Writing to the roll: the only place where a value of a record changes."""

from backoffice.roll.fields import stored_value, text_of
from backoffice.roll.models import FormerName, ValueChange


def change_value(record, field, text, *, cause, by, carried_by=None):
    """Write one value to a locked record, and keep the one before in its history.

    To be called inside a transaction that holds the record's row.  Returns the change.
    """
    old = text_of(record, field)
    setattr(record, field, stored_value(field, text))
    record.version += 1
    record.save(update_fields=[field, "version"])
    change = ValueChange.objects.create(
        record=record,
        field=field,
        old=old,
        new=text,
        cause=cause,
        account=by,
        carried_by=carried_by,
    )
    if field == "name" and old and old != text and cause != ValueChange.Cause.REVERSAL:
        FormerName.objects.create(record=record, name=old, change=change)
    return change
