"""check_evidence: every stored file is there, unchanged and somebody's, or the exit says so."""

import io
import json
import os
from datetime import timedelta

import pytest
from builders import office as build
from builders.uploads import stored_names, upload
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.receiving import receive
from backoffice.evidence.services import add_evidence
from backoffice.evidence.storing import evidence_storage, thumbnail_name
from backoffice.sheets.models import SignedScan
from backoffice.workflow.filing import file_sheet
from correctionkit.policy.shelf import find_policy


@pytest.fixture
def file(office):
    case = build.drafted(office)
    return add_evidence(case.pk, "id_card", upload(build.scan()), by=office.clerk)


def run(*options):
    out = io.StringIO()
    try:
        call_command("check_evidence", *options, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def report(*options):
    code, text = run("--format", "json", *options)
    shape = json.loads(text)
    assert shape["schema"] == "backoffice/evidence/1"
    return (
        code,
        shape["counts"],
        [(row["ref"], row["file"], row["kind"]) for row in shape["faults"]],
    )


def put_stray(days):
    evidence_storage().save("stray.original", ContentFile(b"x"))
    past = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(evidence_storage().path("stray.original"), (past, past))


def test_an_office_in_order_exits_with_0(file):
    assert report() == (0, {"files": 1, "swept": 0, "faults": 0}, [])
    assert run()[0] == 0


def test_a_lost_file_exits_with_1(file):
    evidence_storage().delete(file.original)

    expected = [(f"evidencefile:{file.pk}", file.original, "missing")]
    assert report() == (1, {"files": 1, "swept": 0, "faults": 1}, expected)
    code, text = run()
    assert (code, file.original in text) == (1, True)


def test_what_is_left_over_is_told_and_swept_on_demand(file):
    before = stored_names()
    put_stray(days=2)

    assert report() == (
        1,
        {"files": 1, "swept": 0, "faults": 1},
        [("", "stray.original", "orphan")],
    )
    assert report("--sweep") == (0, {"files": 1, "swept": 1, "faults": 0}, [])
    assert stored_names() == before


def test_what_was_stored_today_is_left_alone(file):
    put_stray(days=0)

    assert report("--sweep") == (0, {"files": 1, "swept": 0, "faults": 0}, [])
    assert "stray.original" in stored_names()


def test_signed_scans_are_checked_like_evidence(office):
    revision = build.signed(office)
    EvidenceFile.objects.all().delete()
    page = receive(build.scan(), "申请表.jpg", find_policy("ouc-2016").scan_bounds)
    file_sheet(revision.code, [page], by=build.again(office.branch_clerk))
    scan = SignedScan.objects.get()
    old = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(evidence_storage().path(thumbnail_name(scan.stored)), (old, old))

    assert report() == (0, {"files": 1, "swept": 0, "faults": 0}, [])
    evidence_storage().delete(scan.clean)
    assert report()[2] == [(f"signedscan:{scan.pk}", scan.clean, "picture-missing")]


def test_a_storage_that_cannot_be_read_exits_with_2(file, monkeypatch):
    def broken(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(evidence_storage()), "listdir", broken)

    with pytest.raises(CommandError) as failed:
        run()
    assert failed.value.returncode == 2
