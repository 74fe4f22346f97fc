"""The page of a package: what was found, and what can be done about it."""

import pytest
from builders.incoming import sample

from backoffice.corrections.models import Case
from backoffice.evidence.models import EvidenceFile
from backoffice.packages.models import IncomingPackage

pytestmark = pytest.mark.django_db


def test_a_package_is_checked_shown_taken_in_and_submitted(desk, judged, office):
    package = judged(3)
    page = desk.page(package)

    assert package.state == "judged"
    assert [row.verdict for row in package.students.all()] == ["new"] * 3
    assert page.status_code == 200
    assert page.context["counts"] == {"new": 3, "changed": 0, "same": 0, "refused": 0}
    assert Case.objects.count() == 0

    desk.take(package, "all")
    package.refresh_from_db()
    taken = desk.page(package)

    assert (package.state, package.stored) == ("taken", "")
    assert taken.context["made"] == taken.context["to_submit"] == 3
    assert set(Case.objects.values_list("handler", "unit")) == {
        (office.branch_clerk.person_id, office.branch.pk)
    }
    assert EvidenceFile.objects.count() == package.scans

    answer = desk.post("submit", package.pk)
    assert (answer.context["done"], answer.context["stopped"]) == (3, 0)
    assert set(Case.objects.values_list("requests__state", flat=True)) == {"submitted"}


def test_the_same_package_again_creates_nothing_and_says_so(desk, judged):
    desk.take(judged(2), "all")
    first = IncomingPackage.objects.get()
    before = Case.objects.count(), EvidenceFile.objects.count()
    desk.upload(sample(2)[0].read_bytes(), first.unit)
    again = IncomingPackage.objects.exclude(pk=first.pk).get()
    page = desk.page(again)

    assert page.context["counts"] == {"new": 0, "changed": 0, "same": 2, "refused": 0}
    desk.take(again, "good")
    again.refresh_from_db()
    assert again.state == "judged"
    assert (Case.objects.count(), EvidenceFile.objects.count()) == before


def test_a_faulty_package_shows_every_student_with_reasons(desk, judged):
    package = judged(30, faults=True)
    page = desk.page(package)

    assert page.status_code == 200
    assert page.context["hinders_all"]
    refused = [each for each in page.context["students"] if each.is_refused]
    assert all(any(finding.words.is_error for finding in each.findings) for each in refused)
