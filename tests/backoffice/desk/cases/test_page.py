"""The page of a case, for those who read it."""

import pytest
from builders.office import (
    NAME,
    NAME_KINDS,
    Wish,
    again,
    applied,
    drafted,
    filed,
    identity_number,
    ready,
    request_of,
    sheet_of,
    student,
    submitted,
)
from django.urls import reverse

from backoffice.corrections.models import Case
from backoffice.corrections.states import Event
from backoffice.workflow.deciding import decide
from backoffice.workflow.reversing import ask_reversal

pytestmark = pytest.mark.django_db
READERS = ["head", "president", "reviewer", "registrar", "auditor", "colleague", "branch_clerk"]
CHANGING = ("check", "submit", "report", "reveal", "withdraw", "hand_over")
EVIL = '"><script>alert(1)</script>'


def to(name, case):
    return reverse(f"admin:corrections_case_{name}", args=[case.pk])


def page_of(case):
    return reverse("admin:corrections_case_change", args=[case.pk])


def look(client, account, case):
    client.force_login(account)
    return client.get(page_of(case))


@pytest.mark.parametrize("role", READERS)
def test_others_read_the_case_and_cannot_write_it(client, office, role):
    response = look(client, getattr(office, role), submitted(office))

    assert response.status_code == 200
    assert 'id="case-form"' not in response.content.decode()
    assert [each.label for each in response.context["requests"]] == ["民族"]


@pytest.mark.parametrize("role", ["other_clerk", "other_head", "administrator"])
def test_out_of_sight_is_as_if_it_did_not_exist(client, office, role):
    case = submitted(office)

    out_of_sight = look(client, getattr(office, role), case)
    missing = client.get(reverse("admin:corrections_case_change", args=[case.pk + 1000]))

    assert out_of_sight.status_code == missing.status_code == 404
    assert out_of_sight.content == missing.content


def test_differing_characters_of_a_name_are_marked(client, office):
    case = submitted(office, NAME, kinds=NAME_KINDS)

    page = look(client, office.reviewer, case).content.decode()

    assert "张<mark>三</mark>" in page
    assert "张<mark>叁</mark>" in page


def test_id_numbers_stand_masked_with_the_kind_of_difference(client, office):
    case = filed(
        office,
        Wish("id_number", identity_number(490), "change"),
        kinds=("id_card", "id_number_correction_notice"),
        record=student(office.centre, id_number=identity_number(12)),
    )

    response = look(client, office.reviewer, case)

    (shown,) = response.context["requests"]
    assert shown.values.words == "顺序码部分不同"
    assert identity_number(490) not in response.content.decode()
    assert case.record.id_number not in response.content.decode()


def test_history_tells_who_did_what_with_reason_and_opinion(client, office):
    case = filed(office)
    decide(
        request_of(case).pk,
        Event.RETURN,
        by=again(office.reviewer),
        code="evidence-missing",
        opinion="缺少第二页",
    )

    response = look(client, office.head, case)

    latest = response.context["events"][0]
    assert (latest.person, latest.opinion) == (office.reviewer.person.name, "缺少第二页")
    assert latest.reason


def test_sheet_is_linked_where_it_may_be_seen(client, office):
    case = submitted(office)

    assert sheet_of(case).number in look(client, office.head, case).content.decode()


def test_policy_is_named_with_its_version(client, office):
    page = look(client, office.reviewer, submitted(office)).content.decode()

    assert "ouc-2016 / 1" in page


def test_reversal_names_what_it_takes_back(client, office):
    case = applied(office)
    back = ask_reversal(request_of(case).pk, by=again(office.registrar), cause="录入有误")

    response = look(client, office.reviewer, Case.objects.get(pk=back.case_id))

    (shown,) = response.context["requests"]
    assert shown.reverses.case_id == case.pk
    assert case.reference in response.content.decode()


def test_what_people_typed_is_shown_as_text(client, office):
    case = drafted(office, Wish("name", EVIL, "change"), cause=EVIL)
    case.record.name = EVIL
    case.record.save()
    Case.objects.filter(pk=case.pk).update(remark=EVIL)

    for account in (office.clerk, office.head):
        page = look(client, account, case).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
    client.force_login(office.clerk)
    for name in ("case", "correctionrequest"):
        page = client.get(reverse(f"admin:corrections_{name}_changelist")).content.decode()
        assert "<script>alert" not in page


def test_numbers_that_strayed_into_free_text_are_masked(client, office):
    case = ready(office, cause=f"原号码 {identity_number(491)}")

    assert identity_number(491) not in look(client, office.head, case).content.decode()


def test_what_changes_something_takes_no_get(client, office):
    case = drafted(office)
    client.force_login(office.clerk)

    assert {name: client.get(to(name, case)).status_code for name in CHANGING} == dict.fromkeys(
        CHANGING, 405
    )


def test_every_address_of_a_case_is_closed_to_other_units(client, office):
    case = drafted(office)
    before = Case.objects.get(pk=case.pk)
    client.force_login(office.other_clerk)
    names = ("change", "history", *CHANGING)

    answers = {name: client.post(to(name, case), {"confirm": "1"}).status_code for name in names}

    assert answers == dict.fromkeys(names, 404)
    assert Case.objects.get(pk=case.pk).version == before.version


def test_addresses_that_are_none_do_not_exist(client, office):
    client.force_login(office.clerk)

    for key in ("x", "9" * 40, "-1", "1_2F"):
        assert client.get(f"/office/corrections/case/{key}/change/").status_code == 404
