import pytest
from builders.office import ETHNICITY, NAME, account, applied, drafted, student
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import CorrectionRequest
from backoffice.roll.models import StudentRecord, ValueChange
from backoffice.roll.services import change_value
from backoffice.workflow.intake import Wish

NUMBER = "11010519491231002X"
MASKED = "110***********002X"


def page_of(record):
    return reverse("admin:roll_studentrecord_change", args=[record.pk])


def reveal_of(record):
    return reverse("admin:roll_studentrecord_reveal", args=[record.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 200),
        ("colleague", 200),
        ("branch_clerk", 200),
        ("head", 200),
        ("president", 200),
        ("reviewer", 200),
        ("registrar", 200),
        ("auditor", 200),
        ("other_clerk", 404),
        ("other_head", 404),
        ("administrator", 404),
    ],
)
def test_who_sees_a_record(office, client, who, status):
    record = student(office.centre)
    client.force_login(getattr(office, who))

    assert client.get(page_of(record)).status_code == status


def test_an_administrator_sees_no_list_of_students(office, client):
    client.force_login(office.administrator)

    assert client.get(reverse("admin:roll_studentrecord_changelist")).status_code == 403


def test_the_page_says_everything_that_the_roll_says(office, client):
    record = student(office.centre, id_number=NUMBER, certificate_number="511611201205123456")
    client.force_login(office.clerk)

    text = client.get(page_of(record)).content.decode()

    for value in (
        "示例总部 › 示例分部 › 示例学习中心",
        record.number,
        "511611201205123456",
        "张三",
        "汉族",
        "高中毕业",
        "法学",
        "本科",
        MASKED,
    ):
        assert value in text
    assert NUMBER not in text


def test_names_are_shown_as_they_are_and_run_nothing(office, client):
    record = student(office.centre, name="<script>alert(1)</script>", major="{{ 7*7 }}")
    client.force_login(office.clerk)

    text = client.get(page_of(record)).content.decode()
    listed = client.get(reverse("admin:roll_studentrecord_changelist")).content.decode()

    for each in (text, listed):
        assert "<script>alert" not in each
        assert "&lt;script&gt;alert(1)" in each
        assert "{{ 7*7 }}" in each


def test_whole_numbers_are_shown_once_asked_for_and_that_is_logged(office, client):
    record = student(office.centre, id_number=NUMBER)
    client.force_login(office.clerk)

    answer = client.post(reveal_of(record))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert NUMBER in answer.content.decode()
    (entry,) = AuditEntry.objects.filter(act="record-reveal")
    assert entry.chain == f"unit-{office.centre.pk}"
    assert entry.ref == f"studentrecord:{record.pk}"
    assert entry.account_id == office.clerk.pk
    assert entry.facts == {"fields": ["id_number"]}
    assert entry.digest == ""
    assert NUMBER not in client.get(page_of(record)).content.decode()


def test_numbers_are_revealed_by_posting_only(office, client):
    record = student(office.centre)
    client.force_login(office.clerk)

    assert client.get(reveal_of(record)).status_code == 405
    assert not AuditEntry.objects.filter(act="record-reveal").exists()


@pytest.mark.parametrize(("who", "status"), [("other_clerk", 404), ("administrator", 404)])
def test_numbers_out_of_sight_are_not_revealed(office, client, who, status):
    record = student(office.centre, id_number=NUMBER)
    client.force_login(getattr(office, who))

    answer = client.post(reveal_of(record))

    assert answer.status_code == status
    assert NUMBER not in answer.content.decode()
    assert not AuditEntry.objects.filter(act="record-reveal").exists()


def test_a_consenting_unit_sees_the_record_but_no_whole_number(office, client):
    record = student(office.centre, id_number=NUMBER)
    client.force_login(account("consenting", office.centre))

    page = client.get(page_of(record))

    assert page.status_code == 200
    assert reveal_of(record) not in page.content.decode()
    assert client.post(reveal_of(record)).status_code == 403


def test_an_auditor_says_why_first(office, client):
    record = student(office.centre, id_number=NUMBER)
    client.force_login(office.auditor)

    asked = client.post(reveal_of(record))
    short = client.post(reveal_of(record), {"purpose": "看看"})

    for each in (asked, short):
        assert each.status_code == 400
        assert NUMBER not in each.content.decode()
        assert 'name="purpose"' in each.content.decode()
    assert not AuditEntry.objects.filter(act="record-reveal").exists()

    answer = client.post(reveal_of(record), {"purpose": "年度审计抽查"})

    assert NUMBER in answer.content.decode()
    (entry,) = AuditEntry.objects.filter(act="record-reveal")
    assert len(entry.digest) == 64
    assert "审计" not in str(entry.facts)


def test_a_stated_purpose_stands_for_the_next_record_too(office, client):
    first, second = student(office.centre), student(office.centre, id_number=NUMBER)
    client.force_login(office.auditor)
    client.post(reveal_of(first), {"purpose": "年度审计抽查"})

    page = client.get(page_of(second)).content.decode()
    answer = client.post(reveal_of(second))

    assert 'name="purpose"' not in page
    assert NUMBER in answer.content.decode()
    digests = set(AuditEntry.objects.filter(act="record-reveal").values_list("digest", flat=True))
    assert len(digests) == 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("who", ["clerk", "registrar", "administrator"])
def test_nobody_writes_to_the_roll_here(office, client, who, method):
    record = student(office.centre)
    client.force_login(getattr(office, who))

    answer = getattr(client, method)(page_of(record), {"name": "李四"})

    assert answer.status_code in {403, 404, 405}
    assert client.get(reverse("admin:roll_studentrecord_add")).status_code == 403
    assert StudentRecord.objects.get(pk=record.pk).name == "张三"


def test_a_changed_value_is_told_with_what_it_was(office, client):
    record = student(office.centre, id_number=NUMBER)
    with_number = change_value(
        record,
        "id_number",
        "440524188001010014",
        cause=ValueChange.Cause.IMPORT,
        by=office.registrar,
    )
    change_value(
        record,
        "birth_date",
        "1880-01-01",
        cause=ValueChange.Cause.IMPORT,
        by=office.registrar,
        carried_by=with_number,
    )
    client.force_login(office.clerk)

    changes = {each.field: each for each in client.get(page_of(record)).context["page"].changes()}

    assert len(changes) == 2
    number, birth = sorted(changes.values(), key=lambda each: bool(each.came_with))
    assert (number.old, number.new) == (MASKED, "440***********0014")
    assert number.by == "registrar某"
    assert birth.came_with == number.field
    assert client.post(reveal_of(record)).content.decode().count(NUMBER) == 1


def test_a_former_name_and_the_request_that_changed_it_are_shown(office, client):
    case = applied(office, NAME, kinds=("id_card", "household_register"))
    client.force_login(office.clerk)

    answer = client.get(page_of(case.record))

    page = answer.context["page"]
    assert page.former_names() == ["张三"]
    (change,) = page.changes()
    assert (change.old, change.new, change.case) == ("张三", "张叁", case.pk)
    assert case.reference in answer.content.decode()
    (request,) = page.requests()
    assert (request.case, request.old, request.new) == (case.pk, "张三", "张叁")


def test_a_request_of_another_unit_is_not_linked(office, client):
    case = applied(office, ETHNICITY)
    record = StudentRecord.objects.get(pk=case.record_id)
    record.unit = office.other_centre
    record.save()
    client.force_login(office.other_clerk)

    answer = client.get(page_of(record))

    page = answer.context["page"]
    (change,) = page.changes()
    assert (change.case, change.reference) == (None, "")
    assert list(page.requests()) == []
    assert case.reference not in answer.content.decode()


def test_an_id_number_asked_for_is_masked_too_even_in_the_wrong_box(office, client):
    record = student(office.centre)
    drafted(office, Wish("id_number", NUMBER, "entry_error"), record=record)
    CorrectionRequest.objects.filter(field="id_number").update(field="name")
    client.force_login(office.clerk)

    text = client.get(page_of(record)).content.decode()

    assert NUMBER not in text
    assert MASKED in text


@pytest.mark.parametrize(
    ("who", "may"), [("clerk", True), ("registrar", True), ("head", False), ("auditor", False)]
)
def test_who_can_begin_a_correction_from_here(office, client, who, may):
    record = student(office.centre)
    client.force_login(getattr(office, who))

    assert client.get(page_of(record)).context["may_begin"] is may


def test_the_page_takes_as_many_queries_for_many_changes_as_for_one(
    office, client, django_assert_max_num_queries
):
    record = student(office.centre)
    client.force_login(office.registrar)

    def change(gender):
        change_value(record, "gender", gender, cause=ValueChange.Cause.IMPORT, by=office.registrar)

    change("女")
    with django_assert_max_num_queries(40) as few:
        client.get(page_of(record))
    for gender in ("男", "女") * 5:
        change(gender)
    with django_assert_max_num_queries(40) as many:
        client.get(page_of(record))

    assert len(many) == len(few)


def test_levels_are_filtered_the_highest_first(office, client):
    for level in ("专科", "本科", "旁听", "研究生"):
        student(office.centre, level=level)
    student(office.other_centre, level="中专")
    client.force_login(office.clerk)

    page = client.get(reverse("admin:roll_studentrecord_changelist"), {"level": "本科"})

    (spec,) = [
        each
        for each in page.context["cl"].filter_specs
        if getattr(each, "parameter_name", "") == "level"
    ]
    assert [key for key, _name in spec.lookup_choices] == ["研究生", "本科", "专科", "旁听"]
    assert [record.level for record in page.context["cl"].result_list] == ["本科"]


def test_the_history_tells_changes_and_no_reading(office, client):
    record = student(office.centre)
    client.force_login(office.clerk)
    client.post(reveal_of(record))

    page = client.get(reverse("admin:roll_studentrecord_history", args=[record.pk]))

    assert page.status_code == 200
    assert page.context["entries"] == []
