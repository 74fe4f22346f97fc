"""Records that rows of a table may be about: looked up for many rows at once."""

from dataclasses import dataclass

from backoffice.roll.columns import FIELDS
from backoffice.roll.models import StudentRecord

_COLUMNS = tuple(FIELDS)
_FIELDS = ("pk", "version", "unit_id", "unit__path", *FIELDS.values())


@dataclass(slots=True)
class KnownRecord:
    """A record as it stands: its values as texts by column."""

    pk: int
    version: int
    unit: int
    path: str
    values: dict


class KnownRecords:
    """The records that have one of the numbers of some rows."""

    def __init__(self, numbers, certificates):
        self._by_number = _found("number__any_of", numbers, "student_number")
        self._by_certificate = _found(
            "certificate_number__any_of", certificates, "certificate_number"
        )

    def __bool__(self):
        return bool(self._by_number or self._by_certificate)

    def of(self, values):
        """Return the records of a row's two numbers, None where there is none."""
        number = values.get("student_number")
        certificate = values.get("certificate_number")
        return (
            self._by_number.get(number) if number else None,
            self._by_certificate.get(certificate) if certificate else None,
        )


def _found(condition, numbers, column):
    if not numbers:
        return {}
    rows = StudentRecord.objects.filter(**{condition: numbers}).order_by()
    return {record.values[column]: record for record in map(_known, rows.values_list(*_FIELDS))}


def _known(row):
    pk, version, unit, path, *stored = row
    values = {
        column: value if isinstance(value, str) else _text(value)
        for column, value in zip(_COLUMNS, stored, strict=True)
    }
    return KnownRecord(pk, version, unit, path, values)


def _text(day):
    return day.isoformat() if day else ""
