import pytest
from builders.office import student, unit
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from backoffice.desk import listing
from backoffice.desk.filters import UnitFilter
from backoffice.desk.listing import CappedPaginator
from backoffice.roll.models import StudentRecord

LIST = "/office/roll/studentrecord/"


@pytest.mark.parametrize(
    "lookup",
    [
        "id_digest__startswith",
        "id_digest",
        "number__startswith",
        "number",
        "certificate_number__contains",
        "name__startswith",
        "name",
        "birth_date__year",
        "unit__path__startswith",
        "unit__code",
        "former_names__name__startswith",
        "requests__new__isnull",
        "status__startswith",
        "id__in",
        "pk",
        "no_such_field",
    ],
)
def test_a_lookup_that_is_no_filter_of_the_list_is_refused(office, client, lookup):
    client.force_login(office.clerk)

    assert client.get(LIST, {lookup: "1"}).status_code == 400


@pytest.mark.parametrize("field", ["number", "name", "id_number", "id_digest", "unit"])
def test_a_row_is_named_by_its_key_alone(office, client, field):
    record = student(office.centre)
    client.force_login(office.clerk)

    assert client.get(LIST, {"_to_field": field, "_popup": "1"}).status_code == 400
    assert client.get(f"{LIST}{record.pk}/change/", {"_to_field": field}).status_code == 200
    assert client.get(f"{LIST}{record.number}/change/", {"_to_field": "number"}).status_code == 404


def test_a_popup_shows_no_more_than_the_list(office, client):
    mine, _other = student(office.centre, name="甲"), student(office.other_centre, name="乙")
    client.force_login(office.clerk)

    page = client.get(LIST, {"_popup": "1"})

    assert list(page.context["cl"].result_list) == [mine]


@pytest.mark.parametrize(
    "source",
    [
        {"app_label": "corrections", "model_name": "case", "field_name": "record"},
        {"app_label": "units", "model_name": "membership", "field_name": "person"},
        {"app_label": "units", "model_name": "account", "field_name": "person"},
    ],
)
@pytest.mark.parametrize("who", ["clerk", "administrator", "registrar"])
def test_nothing_is_completed_while_typing(office, client, source, who):
    client.force_login(getattr(office, who))

    answer = client.get(reverse("admin:autocomplete"), {"term": "张"} | source)

    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_row_out_of_sight_answers_as_if_it_did_not_exist(office, client, page):
    other = student(office.other_centre)
    client.force_login(office.clerk)

    hidden = client.get(reverse(f"admin:roll_studentrecord_{page}", args=[other.pk]))
    absent = client.get(reverse(f"admin:roll_studentrecord_{page}", args=[other.pk + 1000]))

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


@pytest.mark.parametrize("key", ["0", "-1", "abc", "9" * 40, "1%00", "..%2f"])
def test_a_key_that_is_none_answers_404(office, client, key):
    client.force_login(office.clerk)

    assert client.get(f"{LIST}{key}/change/").status_code == 404


def test_a_filter_by_a_unit_out_of_sight_answers_as_if_it_did_not_exist(office, client):
    client.force_login(office.clerk)

    for value in (office.other_centre.pk, office.headquarters.pk, 10**6, "abc", "１"):
        assert client.get(LIST, {"unit": value}).status_code == 404
    assert client.get(LIST, {"unit": office.centre.pk}).status_code == 200


def test_the_filter_of_units_goes_down_step_by_step(office, client):
    below = unit("3500101", "centre", office.centre, name="下级教学点")
    mine = student(below)
    student(office.branch)
    student(office.other_centre)
    client.force_login(office.reviewer)

    def offered(**query):
        page = client.get(LIST, query)
        (spec,) = unit_filters(page)
        return [name.strip("\u3000") for _key, name in spec.lookup_choices], page

    names, _page = offered()
    assert names == ["示例总部", "示例分部", "另一分部"]
    names, page = offered(unit=office.centre.pk)
    assert names == ["示例总部", "示例分部", "示例学习中心", "下级教学点"]
    assert list(page.context["cl"].result_list) == [mine]


def test_a_clerk_of_one_centre_is_offered_no_other_unit(office, client):
    client.force_login(office.clerk)

    page = client.get(LIST)

    assert unit_filters(page) == []
    assert "示例总部" not in page.content.decode()
    assert "另一" not in page.content.decode()


def unit_filters(page):
    return [each for each in page.context["cl"].filter_specs if isinstance(each, UnitFilter)]


@pytest.mark.parametrize(("rows", "count", "capped"), [(3, 3, False), (4, 4, False), (5, 4, True)])
def test_rows_are_counted_up_to_a_cap(office, monkeypatch, rows, count, capped):
    monkeypatch.setattr(listing, "MOST_COUNTED", 4)
    for _row in range(rows):
        student(office.centre)

    paginator = CappedPaginator(StudentRecord.objects.all(), 2)

    assert (paginator.count, paginator.is_capped, paginator.num_pages) == (count, capped, 2)


def test_a_capped_list_says_so(office, client, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 1)
    student(office.centre)
    student(office.centre)
    client.force_login(office.clerk)

    text = client.get(LIST).content.decode()

    assert "More than 1" in text or "超过 1" in text


def test_a_list_takes_as_many_queries_for_few_rows_as_for_many(
    office, client, django_assert_max_num_queries
):
    client.force_login(office.clerk)
    for _row in range(3):
        student(office.centre)
    with django_assert_max_num_queries(30) as few:
        client.get(LIST)
    for _row in range(30):
        student(office.centre)
    with django_assert_max_num_queries(30) as many:
        client.get(LIST)

    assert len(many) == len(few)


def test_django_keeps_no_log_of_its_own(office, client):
    client.force_login(office.registrar)
    page = reverse("admin:units_unit_change", args=[office.centre.pk])

    answer = client.post(
        page,
        {
            "parent": office.branch.pk,
            "code": "35001",
            "name": "改名学习中心",
            "level": "centre",
            "institution": "",
            "closed_on": "",
        },
    )

    assert answer.status_code == 302
    assert not LogEntry.objects.exists()


def test_nobody_deletes_and_no_action_does(office, client):
    record = student(office.centre)
    for who in ("clerk", "registrar", "administrator", "auditor"):
        client.force_login(getattr(office, who))
        answer = client.post(f"{LIST}{record.pk}/delete/", {"post": "yes"})
        assert answer.status_code in {403, 404}
        answer = client.post(
            LIST, {"action": "delete_selected", "_selected_action": record.pk, "index": "0"}
        )
        assert answer.status_code in {200, 302, 403}
    assert StudentRecord.objects.filter(pk=record.pk).exists()


def test_who_is_not_signed_in_is_asked_to(office, client):
    record = student(office.centre)

    for page in (LIST, f"{LIST}{record.pk}/change/"):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("admin:login"))


def test_pages_are_not_to_be_stored(office, client):
    client.force_login(office.clerk)

    assert "no-store" in client.get(LIST)["Cache-Control"]
