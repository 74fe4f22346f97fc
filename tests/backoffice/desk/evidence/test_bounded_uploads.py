"""Uploads beyond any bound: not kept while they come, and refused as too large."""

import pytest
from builders.uploads import stored_names
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.urls import reverse

from backoffice.desk.evidence import bounded_uploads

MIB = 1024**2


class Watched(TemporaryFileUploadHandler):
    """Tells how much of a file reached the disk."""

    kept = 0

    def receive_data_chunk(self, raw_data, start):
        Watched.kept += len(raw_data)
        return super().receive_data_chunk(raw_data, start)


@pytest.fixture(autouse=True)
def _handlers(settings, monkeypatch):
    settings.FILE_UPLOAD_HANDLERS = [
        "backoffice.desk.evidence.bounded_uploads.BoundedUploadHandler",
        f"{__name__}.Watched",
    ]
    monkeypatch.setattr(bounded_uploads, "MOST_BYTES", 12 * MIB)
    monkeypatch.setattr(Watched, "kept", 0)


def post(client, case, size):
    scan = SimpleUploadedFile("身份证.jpg", b"\xff\xd8" + bytes(size - 2), "image/jpeg")
    fields = {"kind": "id_card", "file": scan}
    address = reverse("evidence:add", args=[case.pk])
    return client.post(address, fields, headers={"accept": "application/json"})


def test_no_more_of_a_file_is_kept_than_the_bound_and_a_piece(browser, case):
    response = post(browser("clerk"), case, 20 * MIB)

    (row,) = response.json()["files"]
    assert [each["code"] for each in row["findings"]] == ["scan-too-large"]
    assert 12 * MIB <= Watched.kept < 13 * MIB
    assert stored_names() == []


def test_a_smaller_file_comes_whole(browser, case):
    post(browser("clerk"), case, 11 * MIB)

    assert Watched.kept == 11 * MIB
