"""Two who write tables at once: one of them wins, and the other is told."""

import pytest
from builders.office import again
from builders.rolls import counts, judged, roll_row
from builders.together import at_once, row

from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import verify
from backoffice.roll.models import StudentRecord, ValueChange
from backoffice.tables.confirming import confirm
from backoffice.tables.models import TableImport
from backoffice.tables.receiving import TableRefused

pytestmark = pytest.mark.django_db(transaction=True)


def confirming(office, table, outcomes):
    """Return the work of confirming *table*; what came of it goes to *outcomes*."""
    by = again(office.registrar)

    def work():
        try:
            confirm(table.pk, digest=table.digest, choice="all", by=by)
            outcomes.append("written")
        except TableRefused as fault:
            outcomes.append(fault.refusal.value)

    return work


def test_one_table_confirmed_twice_at_once_is_written_once(office):
    table, outcomes = judged(office, roll_row(1), roll_row(2)), []
    works = [confirming(office, table, outcomes) for _ in range(2)]
    at_once(*works, held=row(table))
    # Who comes second finds it written as confirmed.
    assert outcomes == ["written", "written"]
    assert StudentRecord.objects.count() == 2
    assert AuditEntry.objects.filter(act="record-import").count() == 1
    assert list(verify()) == []


def test_two_tables_with_one_new_student_bring_them_in_once(office):
    outcomes = []
    tables = [judged(office, roll_row(1), roll_row(serial)) for serial in (2, 3)]
    at_once(*(confirming(office, table, outcomes) for table in tables))
    assert sorted(outcomes) == ["outdated", "written"]
    assert StudentRecord.objects.count() == 2
    assert sorted(TableImport.objects.values_list("state", flat=True)) == ["judged", "written"]
    assert list(verify()) == []


def test_two_tables_that_change_one_value_change_it_once(office):
    outcomes = []
    confirm_first = judged(office, roll_row(1))
    confirming(office, confirm_first, outcomes)()
    tables = [judged(office, roll_row(1, major=major)) for major in ("会计学", "行政管理")]
    assert [counts(table) for table in tables] == [(0, 1, 0, 0)] * 2
    at_once(*(confirming(office, table, outcomes) for table in tables))
    assert sorted(outcomes[1:]) == ["outdated", "written"]
    change = ValueChange.objects.get()
    assert StudentRecord.objects.get().major == change.new
    assert list(verify()) == []
