"""Killed while taking a package in: whole students or none are left, and the rest follows."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from builders.incoming import brought_in, passing_students
from builders.office import again
from builders.passing_package import PassingPackage
from builders.together import assert_office_is_whole
from builders.uploads import stored_names
from django.conf import settings
from django.db import connection
from django.utils import timezone

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.evidence.keeping import check_kept, kept_evidence, sweep
from backoffice.evidence.models import EvidenceFile
from backoffice.packages.incoming_taking import confirm, take_package

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING, ONE, ALL = (0, 0, 0), (1, 1, 2), (2, 2, 3)


def holds():
    return Case.objects.count(), CorrectionRequest.objects.count(), EvidenceFile.objects.count()


def killed(when, row, path, place):
    """Let a process begin to take a package in and be killed; see builders.killed."""
    files = settings.STORAGES["evidence"]["OPTIONS"]["location"]
    database = connection.settings_dict["NAME"]
    words = [when, database, files, "take-package", row.account.username, row.pk, path]
    ended = subprocess.run(
        [sys.executable, "-m", "builders.killed", *map(str, words)],
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
        timeout=120,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize(
    ("choice", "when", "left"),
    [
        ("all", 12, NOTHING),
        ("all", "commit", NOTHING),
        ("good", 16, ONE),
    ],
)
def test_what_is_left_is_whole_and_the_rest_follows(office, tmp_path, choice, when, left):
    passing_students(office.centre)
    row, path = brought_in(PassingPackage(), tmp_path, office.branch, again(office.branch_clerk))
    confirm(row.pk, row.digest, choice, by=row.account)
    place = tmp_path / "killed"
    place.mkdir()
    killed(when, row, path, place)

    assert holds() == left
    assert_office_is_whole()
    take_package(row, path)
    assert holds() == ALL
    assert_office_is_whole()

    kept = list(kept_evidence())
    names = {name for each in kept for name in each.names}
    sweep(names, timezone.now() + timedelta(days=2))
    assert set(stored_names()) == names
    assert [fault for each in kept for fault in check_kept(each)] == []
