"""Answers given on the page of a package, and the report that goes back instead."""

import io

import openpyxl
import pytest
from builders.incoming import passing_students
from builders.office import again, student
from builders.passing_package import PassingPackage, change
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.packages.models import IncomingPackage

pytestmark = pytest.mark.django_db

UNNAMED = {"rename": [["1335001209114张三/户口本.jpg", "1335001209114张三/扫描1.jpg"]]}
STRAY = {"rename": [["1335001209222李四", "李四的材料"]]}
BROKEN = {"add": {"1335001209114张三/户口本2.jpg": "faulty truncated"}}


@pytest.fixture
def uploaded(desk, office, tmp_path):
    """Return what uploads the package that passes, with one change."""
    passing_students(office.centre)

    def upload(given):
        package = PassingPackage()
        change(package, given)
        desk.upload(package.write_zip(tmp_path).read_bytes(), office.branch)
        return IncomingPackage.objects.get()

    return upload


def verdicts(package):
    return [row.verdict for row in package.students.all()]


@pytest.mark.parametrize(
    ("given", "answers", "after"),
    [
        (UNNAMED, {"kind-0-0": "household_register"}, ["new", "new"]),
        (BROKEN, {"out-0-1": "1"}, ["new", "new"]),
        (STRAY, {"folder-2": "1"}, ["new", "new"]),
        (UNNAMED, {"without-0": "1"}, ["new"]),
    ],
)
def test_an_answer_mends_what_the_page_can_mend(desk, uploaded, given, answers, after):
    package = uploaded(given)
    before = verdicts(package)
    page = desk.page(package)
    for name in answers:
        assert f'name="{name}"' in page.content.decode()
    shown = {f"shown-{row.position}": "1" for row in package.students.all()}
    answer = desk.post("mend", package.pk, digest=package.digest, **shown, **answers)

    assert answer.status_code == 302
    package.refresh_from_db()
    assert "refused" in before
    assert verdicts(package) == after

    desk.post("mend", package.pk, undo="1")
    package.refresh_from_db()
    assert verdicts(package) == before


def test_answers_to_another_check_than_the_last_are_not_taken(desk, uploaded):
    package = uploaded(UNNAMED)
    shown = package.digest
    desk.post("mend", package.pk, digest=shown, **{"shown-0": "1", "without-0": "1"})
    package.refresh_from_db()
    before = (package.digest, package.mending)
    desk.post("mend", package.pk, digest=shown, **{"shown-0": "1", "without-0": "1"})
    package.refresh_from_db()

    assert (package.digest, package.mending) == before
    assert verdicts(package) == ["new"]


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"kind-0-0": "no_such_kind"},
        {"kind-0-99": "household_register"},
        {"folder-2": "99999999999999999999"},
        {"leave-77": "1"},
    ],
)
def test_answers_that_are_none_change_nothing(desk, uploaded, answers):
    package = uploaded(UNNAMED)
    digest = package.digest
    desk.post("mend", package.pk, digest=digest, **{"shown-0": "1"}, **answers)
    package.refresh_from_db()

    assert (package.state, package.digest) == ("judged", digest)


def test_the_report_goes_back_with_reasons_beside_the_rows(desk, uploaded):
    package = uploaded(UNNAMED)
    address = reverse("packages_in:report", args=[package.pk])
    book = desk.client.get(address, {"form": "xlsx"})
    page = desk.client.get(address, {"form": "html"})

    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "1335001209114" in texts
    assert any("扫描1" in text for text in texts)
    assert "扫描1" in page.content.decode()
    assert page["Content-Disposition"].startswith("attachment")
    assert all("no-store" in each["Cache-Control"] for each in (book, page))
    assert AuditEntry.objects.filter(act="export", ref=package.ref).count() == 2
    assert desk.client.get(address, {"form": "exe"}).status_code == 404


def test_no_id_number_stands_on_the_page(desk, office, uploaded):
    rows = {"1": {"field": "身份证号", "old": "110105194912310021", "new": "11010519491231002X"}}
    package = uploaded({"rows": rows})
    page = desk.page(package).content.decode()

    assert "19491231" not in page


def test_an_id_number_in_the_place_of_a_students_is_masked(desk, uploaded):
    package = uploaded({"rows": {"1": {"number": "11010519491231002X"}}})
    page = desk.page(package).content.decode()

    assert "19491231" not in page
    assert "1335001209222" in page


def test_a_package_of_somebody_else_is_not_there(desk, office, uploaded, client):
    package = uploaded(UNNAMED)
    client.force_login(again(office.clerk))

    assert desk.page(package).status_code == 404
    assert client.get(reverse("packages_in:list")).status_code == 200


def test_units_out_of_reach_are_not_offered(desk, office, tmp_path):
    student(office.other_centre)
    content = PassingPackage().write_zip(tmp_path).read_bytes()
    answer = desk.upload(content, office.other_branch)

    assert answer.status_code == 400
    assert not IncomingPackage.objects.exists()
