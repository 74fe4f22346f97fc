"""A process that dies in the middle of an act leaves nothing of it; the act can be done again."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from builders.office import again, filed, ready, request_of, scan, signed, signed_page
from builders.together import assert_office_is_whole
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from backoffice.audit.models import AuditEntry, AuditHead
from backoffice.corrections.models import Case, CorrectionRequest, RequestEvent
from backoffice.corrections.states import Event
from backoffice.evidence.keeping import check_kept, find_orphans, kept_evidence, sweep
from backoffice.evidence.models import EvidenceCheck, EvidenceFile
from backoffice.evidence.services import add_evidence
from backoffice.sheets.models import RequestSheet, SheetLine, SignedScan
from backoffice.workflow.deciding import decide
from backoffice.workflow.filing import file_sheet

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (
    AuditEntry,
    AuditHead,
    Case,
    CorrectionRequest,
    EvidenceCheck,
    EvidenceFile,
    RequestEvent,
    RequestSheet,
    SheetLine,
    SignedScan,
)


def rows():
    return {each.__name__: list(each.objects.order_by("pk").values_list()) for each in TABLES}


def killed(when, act, *keys, place):
    """Let a process begin an act and be killed; see builders.killed."""
    files = settings.STORAGES["evidence"]["OPTIONS"]["location"]
    database = connection.settings_dict["NAME"]
    words = [when, database, files, act, *keys]
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
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize("when", [1, "commit"])
def test_a_decision_that_was_cut_short_is_none(office, tmp_path, when):
    request = request_of(filed(office))
    before = rows()
    killed(when, "decide", "reviewer", request.pk, place=tmp_path)

    assert rows() == before
    assert_office_is_whole()
    decide(request.pk, Event.APPROVE, by=again(office.other_reviewer))
    assert_office_is_whole()


def test_a_sheet_whose_filing_was_cut_short_is_still_to_be_filed(office, tmp_path):
    revision = signed(office)
    before = rows()
    killed(3, "file", "branch-clerk", revision.code, place=tmp_path)

    assert rows() == before
    assert_office_is_whole()
    file_sheet(revision.code, [signed_page()], by=again(office.branch_clerk))
    assert request_of(Case.objects.get()).state == "filed"
    assert_office_is_whole()


def test_evidence_cut_short_leaves_files_that_are_swept_later_and_nothing_else(office, tmp_path):
    case = ready(office, kinds=())
    before = rows()
    killed("commit", "add-evidence", "clerk", case.pk, "id_card", place=tmp_path)

    assert rows() == before
    assert_office_is_whole()
    later = timezone.now() + timedelta(days=2)
    orphans = [fault.name for fault in find_orphans(set(), later)]
    assert sorted(name.partition(".")[2] for name in orphans) == ["original", "page-1", "thumbnail"]
    file = add_evidence(
        case.pk, "id_card", SimpleUploadedFile("证件.jpg", scan()), by=again(office.clerk)
    )
    kept = list(kept_evidence())
    assert sweep({name for each in kept for name in each.names}, later) == 3
    assert [fault for each in kept for fault in check_kept(each)] == []
    assert EvidenceFile.objects.get() == file
    assert_office_is_whole()
