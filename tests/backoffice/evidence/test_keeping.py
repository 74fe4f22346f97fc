"""Whether every stored file is there, unchanged, and somebody's."""

from datetime import timedelta

import pytest
from builders import office as build
from builders.uploads import stored_names, upload
from django.core.files.base import ContentFile
from django.utils import timezone

from backoffice.evidence.keeping import (
    KeepingFault,
    check_kept,
    find_orphans,
    kept_evidence,
    sweep,
)
from backoffice.evidence.services import add_evidence, remove_evidence
from backoffice.evidence.storing import evidence_storage, page_name

DAY = timedelta(days=1)


@pytest.fixture
def file(office):
    case = build.drafted(office)
    return add_evidence(case.pk, "id_card", upload(build.scan()), by=office.clerk)


def faults():
    return [
        (fault.ref, fault.name, fault.kind)
        for kept in kept_evidence()
        for fault in check_kept(kept)
    ]


def test_what_was_received_is_whole(file):
    (kept,) = kept_evidence()

    assert sorted(kept.names) == stored_names()
    assert faults() == []


def test_a_lost_original_is_told(file):
    evidence_storage().delete(file.original)

    assert faults() == [(f"evidencefile:{file.pk}", file.original, KeepingFault.MISSING)]


def test_one_changed_byte_is_told(file):
    storage = evidence_storage()
    content = bytearray(build.scan())
    content[len(content) // 2] ^= 1
    storage.delete(file.original)
    storage.save(file.original, ContentFile(bytes(content)))

    assert faults() == [(f"evidencefile:{file.pk}", file.original, KeepingFault.CHANGED)]


@pytest.mark.parametrize("which", ["clean", "thumbnail"])
def test_a_lost_picture_is_told(file, which):
    name = getattr(file, which)
    evidence_storage().delete(name)

    assert faults() == [(f"evidencefile:{file.pk}", name, KeepingFault.PICTURE_MISSING)]


def test_a_lost_further_page_is_told(file):
    type(file).objects.update(pages=2)

    lost = page_name(file.clean, 2)
    assert faults() == [(f"evidencefile:{file.pk}", lost, KeepingFault.PICTURE_MISSING)]


def test_removed_files_are_nobody_s(file, office):
    remove_evidence(file.pk, by=office.clerk)

    assert list(kept_evidence()) == []


@pytest.mark.parametrize(("age", "orphans"), [(DAY - timedelta(hours=1), 0), (2 * DAY, 1)])
def test_what_belongs_to_nothing_is_an_orphan_after_a_day(file, age, orphans):
    evidence_storage().save("stray.original", ContentFile(b"x"))
    (kept,) = kept_evidence()

    found = list(find_orphans(set(kept.names), timezone.now() + age))

    assert [fault.name for fault in found] == ["stray.original"] * orphans


def test_sweeping_removes_orphans_and_nothing_else(file):
    (kept,) = kept_evidence()
    evidence_storage().save("stray.original", ContentFile(b"x"))

    assert sweep(set(kept.names), timezone.now() + 2 * DAY) == 1
    assert stored_names() == sorted(kept.names)


def test_a_storage_that_was_never_used_is_in_order(db):
    assert list(find_orphans(set())) == []


def test_faults_are_worded(file):
    evidence_storage().delete(file.original)
    (kept,) = kept_evidence()

    (fault,) = check_kept(kept)

    assert fault.message.startswith(f"evidencefile:{file.pk} {file.original}")
