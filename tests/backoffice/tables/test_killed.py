"""A process killed while it judges or writes a table: all or nothing, and no doubles after."""

import os
import signal
import subprocess
import sys

import pytest
from builders.office import again
from builders.rolls import counts, judged, received, roll_row, told
from django.conf import settings
from django.db import connection

from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import verify
from backoffice.roll.models import FormerName, StudentRecord, ValueChange
from backoffice.tables import staging
from backoffice.tables.confirming import confirm
from backoffice.tables.judging import judge
from backoffice.tables.models import StagedRow, TableImport

pytestmark = pytest.mark.django_db(transaction=True)

WRITTEN = (AuditEntry, FormerName, StudentRecord, TableImport, ValueChange)


def rows(*tables):
    return {each.__name__: list(each.objects.order_by("pk").values_list()) for each in tables}


def killed(when, act, key, *, place):
    """Let a process begin an act on an import and be killed; see builders.killed_import."""
    files = settings.STORAGES["imports"]["OPTIONS"]["location"]
    words = [when, connection.settings_dict["NAME"], files, act, "registrar", key]
    ended = subprocess.run(
        [sys.executable, "-m", "builders.killed_import", *map(str, words)],
        cwd=settings.ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.ROOT / "tests")]),
            "DJANGO_SETTINGS_MODULE": "backoffice.settings.test",
            # Nobody tidies up after what is killed.
            "TMPDIR": str(place),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def roll(office):
    """Return rows of which one is new and two change what the first table brought in."""
    table = judged(office, roll_row(1), roll_row(2))
    confirm(table.pk, digest=table.digest, choice="all", by=again(office.registrar))
    return roll_row(1, name="张叁"), roll_row(2, major="会计学"), roll_row(3)


# Begun; some rows staged; before the end would stand.
@pytest.mark.parametrize("when", [1, 3, "commit"])
def test_judging_that_was_cut_short_is_done_again(office, tmp_path, when):
    table = received(office, *roll(office))
    before = rows(AuditEntry, FormerName, StudentRecord, ValueChange)
    killed(when, "judge", table.pk, place=tmp_path)

    assert rows(AuditEntry, FormerName, StudentRecord, ValueChange) == before
    table = judge(table.pk)
    assert (table.state, counts(table), told(table)) == ("judged", (1, 2, 0, 0), [])
    assert StagedRow.objects.filter(table=table).count() == 3
    once = table.digest
    assert judge(table.pk).digest == once


# The records, the changes, their history, before the end.
@pytest.mark.parametrize("when", [1, 2, 4, "commit"])
def test_writing_that_was_cut_short_wrote_nothing(office, tmp_path, when):
    table = judge(received(office, *roll(office)).pk)
    before = rows(*WRITTEN)
    killed(when, "confirm", table.pk, place=tmp_path)

    assert rows(*WRITTEN) == before
    confirm(table.pk, digest=table.digest, choice="all", by=again(office.registrar))
    assert sorted(StudentRecord.objects.values_list("name", flat=True)) == ["张叁", "李四", "李四"]
    assert (StudentRecord.objects.count(), ValueChange.objects.count()) == (3, 2)
    assert list(verify()) == []


def test_judging_again_leaves_nothing_of_a_longer_run(office, monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", 2)
    table = judge(received(office, *map(roll_row, range(1, 8))).pk)
    StagedRow.objects.filter(table=table, position__gt=4).delete()
    assert counts(judge(table.pk)) == (7, 0, 0, 0)
    positions = StagedRow.objects.filter(table=table).values_list("position", flat=True)
    assert sorted(positions) == list(range(1, 8))
