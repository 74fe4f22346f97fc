"""Reconciling by HTTP."""

import pytest
from builders.office import applied, approved, identity_number, request_of
from django.core.files.uploadedfile import SimpleUploadedFile

from backoffice.corrections.models import RegisterList
from backoffice.workflow.intake import Wish

pytestmark = pytest.mark.django_db

ID_KINDS = ("id_card", "id_number_change_certificate")


def listed(*rows, headings="学号,姓名,民族", name="学信网.csv"):
    return SimpleUploadedFile(name, "\n".join([headings, *rows]).encode("utf-8-sig"))


def text(response):
    return response.content.decode()


def test_a_list_is_compared_and_its_result_is_kept(office, at, url):
    case = applied(office)
    client = at("registrar")

    done = client.post(
        url("register"), {"file": listed(f"{case.record.number},张三,回族", ",无名,汉族")}
    )

    kept = RegisterList.objects.get()
    assert (done.status_code, done.url) == (302, url("register_list", kept.pk))
    assert request_of(case).state == "reconciled"
    page = client.get(done.url)
    assert [(line.outcome, shown) for line, _row, shown in page.context["rows"]] == [
        ("shown", "回族")
    ]
    assert [(each["row"], each["column"]) for each in page.context["faults"]] == [(3, "A")]
    assert kept.sha256 in text(page)
    assert [each.pk for each, _name in client.get(url("register")).context["lists"]] == [kept.pk]


@pytest.mark.parametrize(
    "upload",
    [
        None,
        SimpleUploadedFile("空.csv", b""),
        SimpleUploadedFile("坏.xlsx", b"PK\x03\x04 broken"),
        SimpleUploadedFile("列.csv", "姓名,民族\n张三,汉族".encode()),
    ],
    ids=["none", "empty", "broken", "no number"],
)
def test_a_file_that_is_no_list_is_refused_with_a_message(office, at, url, upload):
    answer = at("registrar").post(url("register"), {"file": upload} if upload else {})

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["file"]
    assert RegisterList.objects.count() == 0


def test_lines_are_filtered_by_outcome(office, at, url):
    applied(office)
    client = at("registrar")
    client.post(url("register"), {"file": listed("9999999999999,李四,汉族")})
    kept = RegisterList.objects.get()

    for show, count in (("absent", 1), ("shown", 0), ("", 1), ("nonsense", 1)):
        answer = client.get(url("register_list", kept.pk), {"show": show})
        assert len(answer.context["rows"]) == count


def test_what_is_missing_in_the_register_is_sorted_by_age(office, at, url):
    old, new = applied(office), approved(office)
    client = at("registrar")

    oldest = client.get(url("outstanding"), {"order": "oldest"}).context["rows"]
    newest = client.get(url("outstanding"), {"order": "newest"}).context["rows"]

    assert [row.request.case_id for row, _seen in oldest] == [old.pk, new.pk]
    assert [row.request.case_id for row, _seen in newest] == [new.pk, old.pk]


def test_numbers_are_masked_on_all_pages(office, at, url):
    number = identity_number(990)
    case = applied(office, Wish("id_number", number, "change"), kinds=ID_KINDS)
    other = identity_number(991)
    client = at("registrar")
    upload = listed(f"{case.record.number},{other}", headings="学号,身份证号", name=f"{number}.csv")

    client.post(url("register"), {"file": upload})

    for place in (
        url("register"),
        url("register_list", RegisterList.objects.get().pk),
        url("outstanding"),
    ):
        page = text(client.get(place))
        assert not any(each in page for each in (number, other, request_of(case).old))


@pytest.mark.parametrize("who", ["reviewer", "auditor"])
def test_others_at_headquarters_read_lists_and_upload_none(office, at, url, who):
    at("registrar").post(url("register"), {"file": listed("1,张三,汉族")})
    kept = RegisterList.objects.get()
    client = at(who)

    assert client.get(url("register_list", kept.pk)).status_code == 200
    assert client.post(url("register"), {"file": listed("2,张三,汉族")}).status_code == 403
    assert client.get(url("outstanding")).status_code == 403


@pytest.mark.parametrize("who", ["clerk", "head", "other_head"])
def test_a_list_of_headquarters_does_not_exist_for_branches(office, at, url, who):
    at("registrar").post(url("register"), {"file": listed("1,张三,汉族")})
    client = at(who)

    assert client.get(url("register_list", RegisterList.objects.get().pk)).status_code == 404
    assert client.get(url("register")).context["lists"] == []


def test_an_administrator_sees_no_lists(office, at, url):
    assert at("administrator").get(url("register")).status_code == 403
