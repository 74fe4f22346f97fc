"""The roll of the office, as those find it who bring students in: by number, within sight."""

from django.db.models import Q

from backoffice.roll.models import StudentRecord
from backoffice.workflow.judging import as_on_record, corrected_fields

# SQLite takes so many values in one question, twice.
_AT_ONCE = 400


class OfficeRoll:
    """Student records by student or certificate number; what is out of sight is not there.

    The rules ask it for what a record says (``find``), the office for the record itself.
    Whoever brings in for one *unit* finds its students, and those below it.
    """

    def __init__(self, by, unit=None):
        rows = StudentRecord.objects.visible_to(by).select_related("unit")
        self._rows = rows.below([unit.path]) if unit else rows
        self._records = {}
        self._corrected = {}

    def load(self, numbers):
        """Look up many numbers at once; those that are known are not looked up again."""
        missing = list(dict.fromkeys(each for each in numbers if each not in self._records))
        for part in (missing[i : i + _AT_ONCE] for i in range(0, len(missing), _AT_ONCE)):
            rows = self._rows.filter(Q(number__in=part) | Q(certificate_number__in=part))
            found = list(rows.order_by("pk"))
            self._corrected |= corrected_fields(found)
            by_certificate = {each.certificate_number: each for each in found}
            by_number = {each.number: each for each in found}
            for number in part:
                found = by_number.get(number) or by_certificate.get(number)
                self._records[number] = found if number else None

    def record(self, number):
        """Return the record of a number, or None."""
        self.load([number])
        return self._records.get(number)

    def find(self, number):
        """Return what the record of a number says, or None."""
        record = self.record(number)
        if record is None:
            return None
        return as_on_record(record, self._corrected.get(record.pk, frozenset()))
