"""Files that are no package, or a hostile one: a finding on the page, never a failure."""

from pathlib import Path

import pytest
from django.urls import reverse

from backoffice.desk.evidence import bounded_uploads
from backoffice.desk.packages_in import forms
from backoffice.packages.models import IncomingPackage

pytestmark = pytest.mark.django_db

CORPORA = Path(__file__).resolve().parents[5] / "shared" / "corpora" / "zip"
# All of them were tried once; the reader has tests of its own on every one.
STEP = 10


def test_nothing_and_an_empty_file_are_refused_in_the_form(desk, office):
    assert desk.upload(b"", office.branch).status_code == 400
    assert desk.post("list", unit=office.branch.pk).status_code == 400
    assert not IncomingPackage.objects.exists()


@pytest.mark.parametrize("content", [b"x", b"Rar!\x1a\x07\x00", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_package_is_told_on_its_page(desk, office, content):
    assert desk.upload(content, office.branch).status_code == 302
    package = IncomingPackage.objects.get()
    page = desk.page(package)

    assert package.state == "refused"
    assert [each.words.code for _place, each in page.context["findings"]] == ["package-unreadable"]
    assert desk.take(package, "good").status_code == 302
    package.refresh_from_db()
    assert package.state == "refused"


def test_a_package_larger_than_a_page_takes_is_refused(desk, office, monkeypatch):
    monkeypatch.setattr(bounded_uploads, "MOST_SIGNED_IN", 1000)
    monkeypatch.setattr(forms, "MOST_SIGNED_IN", 1000)
    assert desk.upload(bytes(200_000), office.branch).status_code == 400
    assert not IncomingPackage.objects.exists()


def test_packages_may_be_larger_than_scans_for_who_has_signed_in(desk, office, monkeypatch, client):
    monkeypatch.setattr(bounded_uploads, "MOST_BYTES", 1000)
    desk.upload(b"x" * 200_000, office.branch)
    assert IncomingPackage.objects.get().size == 200_000

    client.logout()
    answer = desk.upload(b"x" * 200_000, office.branch)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))
    assert IncomingPackage.objects.count() == 1


def test_hostile_archives_are_told_never_failed(desk, office):
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not here")
    files = [path for path in sorted(CORPORA.rglob("*")) if path.is_file()]
    wrong = []
    for path in files[::STEP]:
        answer = desk.upload(path.read_bytes(), office.branch, name=path.name)
        package = IncomingPackage.objects.first()
        page = desk.page(package) if answer.status_code == 302 else answer
        told = answer.status_code == 400 or (
            package.state in ("judged", "refused") and page.context["findings"]
        )
        if page.status_code not in (200, 400) or not told:
            wrong.append((path.name, answer.status_code, page.status_code))
        IncomingPackage.objects.all().delete()

    assert len(files) > 100
    assert wrong == []
