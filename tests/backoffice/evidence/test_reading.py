"""Reading is logged: once in a while for what is shown, every time for originals."""

from datetime import timedelta

import pytest
from builders import office as build
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.audit.models import AuditEntry
from backoffice.evidence import reading
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.reading import log_original, log_thumbnails, log_view


@pytest.fixture
def files(office):
    case = build.drafted(office)
    build.give_evidence(case, "id_card", "household_register")
    return list(EvidenceFile.objects.all())


def readings():
    entries = AuditEntry.objects.filter(act="evidence-read").order_by("pk")
    return list(entries.values_list("account_id", "ref", "digest", "facts"))


def test_a_view_is_logged_with_the_hash_of_the_file(office, files):
    log_view(files[0], office.head)

    ref = f"evidencefile:{files[0].pk}"
    assert readings() == [(office.head.pk, ref, files[0].sha256, {"shown": "clean"})]


def test_looking_again_at_once_is_the_same_look(office, files):
    for _ in range(3):
        log_view(files[0], office.head)

    assert len(readings()) == 1


def test_every_account_and_file_has_looks_of_its_own(office, files):
    for file in files:
        for account in (office.head, office.reviewer):
            log_view(file, account)

    assert len(readings()) == 4


@pytest.mark.parametrize(("seconds", "looks"), [(600, 1), (601, 2)])
def test_a_look_lasts_ten_minutes(office, files, monkeypatch, seconds, looks):
    now = reading.timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    log_view(files[0], office.head)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(seconds=seconds))

    log_view(files[0], office.head)

    assert len(readings()) == looks


def test_the_thumbnails_of_a_case_are_one_look(office, files):
    for file in files:
        log_thumbnails(file, office.head)

    case = files[0].case
    assert readings() == [(office.head.pk, f"case:{case.pk}", "", {"shown": "thumbnails"})]


def test_a_thumbnail_is_no_look_at_the_file(office, files):
    log_thumbnails(files[0], office.head)
    log_view(files[0], office.head)

    assert [facts["shown"] for *_, facts in readings()] == ["thumbnails", "clean"]


def test_originals_are_logged_every_time_with_the_purpose(office, files):
    for _ in range(2):
        log_original(files[0], office.auditor, purpose="ab" * 32)

    assert [facts for *_, facts in readings()] == [{"shown": "original", "purpose": "ab" * 32}] * 2


def test_a_look_that_is_logged_already_writes_nothing(office, files):
    log_view(files[0], office.head)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        log_view(files[0], office.head)

    assert [query["sql"][:6] for query in queries] == ["SELECT"]
