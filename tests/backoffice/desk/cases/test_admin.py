"""The lists of cases and of requests."""

import pytest
from builders.office import (
    ETHNICITY,
    Wish,
    account,
    approved,
    drafted,
    filed,
    ready,
    request_of,
    student,
    submitted,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.evidence.models import EvidenceCheck, EvidenceFile
from backoffice.workflow.intake import begin_case
from backoffice.workflow.signing import send_back

pytestmark = pytest.mark.django_db
CASES = "admin:corrections_case_changelist"
REQUESTS = "admin:corrections_correctionrequest_changelist"


def listed(client, account, name=CASES, **filters):
    client.force_login(account)
    response = client.get(reverse(name), filters)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def found(client, text, name="case"):
    response = client.post(reverse(f"admin:corrections_{name}_search"), {"text": text}, follow=True)
    return list(response.context["cl"].result_list)


def test_what_waits_for_the_clerk_comes_first(client, office):
    closed = drafted(office)
    CorrectionRequest.objects.filter(case=closed).update(state="rejected")
    on_its_way = submitted(office)
    own_draft = drafted(office)
    begun = begin_case(student(office.centre), by=office.clerk)
    back = submitted(office)
    send_back(request_of(back).pk, by=office.head, code="fault-in-values")

    assert listed(client, office.clerk) == [back, own_draft, begun, on_its_way, closed]


def test_what_waits_for_the_head_comes_first(client, office):
    draft = drafted(office)
    to_sign = submitted(office)

    assert listed(client, office.head) == [to_sign, draft]


def test_what_others_have_taken_does_not_wait_for_a_reviewer(client, office):
    taken = filed(office)
    Case.objects.filter(pk=taken.pk).update(taken_by=office.other_reviewer.person)
    free = filed(office)

    assert listed(client, office.reviewer) == [free, taken]
    assert listed(client, office.reviewer, mine="turn") == [free]
    assert listed(client, office.other_reviewer, mine="desk") == [taken]


def test_what_is_approved_waits_for_the_registrar(client, office):
    draft = drafted(office)
    to_apply = approved(office)

    assert listed(client, office.registrar) == [to_apply, draft]


@pytest.mark.parametrize("name", [CASES, REQUESTS])
def test_other_units_see_none_of_it(client, office, name):
    drafted(office)

    assert listed(client, office.other_clerk, name) == []


@pytest.mark.parametrize(
    ("filters", "fields"),
    [
        pytest.param({"mine": "hands"}, {"ethnicity", "gender"}, id="lies with me"),
        pytest.param({"mine": "clerk"}, {"ethnicity", "gender", "name"}, id="all of mine"),
        pytest.param({"state": "submitted"}, {"name"}, id="state"),
        pytest.param({"field": "gender"}, {"gender"}, id="field"),
        pytest.param({"special": "exceptional"}, {"gender"}, id="exceptional"),
        pytest.param({"special": "conflict"}, {"ethnicity"}, id="conflict"),
        pytest.param({"kind": "correction"}, {"ethnicity", "gender", "name"}, id="kind"),
        pytest.param({"kind": "reversal"}, set(), id="another kind"),
    ],
)
def test_filters_leave_what_they_say(client, office, filters, fields):
    ordinary = drafted(office, ETHNICITY)
    CorrectionRequest.objects.filter(case=ordinary).update(in_conflict=True)
    special = drafted(office, Wish("gender", "女", "change"))
    CorrectionRequest.objects.filter(case=special).update(exceptional=True)
    submitted(office, Wish("name", "张叁", "change"), kinds=("id_card", "household_register"))

    rows = listed(client, office.clerk, **filters)

    assert {each.field for case in rows for each in case.shown} == fields


def test_unit_filter_knows_only_units_in_sight(client, office):
    case = drafted(office)

    assert listed(client, office.registrar, unit=str(office.branch.pk)) == [case]
    assert listed(client, office.registrar, unit=str(office.other_branch.pk)) == []
    client.force_login(office.clerk)
    response = client.get(reverse(CASES), {"unit": office.other_branch.pk})
    assert response.status_code == 404


@pytest.mark.parametrize(
    "lookup",
    ["record__name__startswith", "record__id_digest", "unit__path__startswith", "cause__contains"],
)
def test_addresses_ask_no_questions_of_their_own(client, office, lookup):
    drafted(office)
    client.force_login(office.clerk)

    response = client.get(reverse(CASES), {lookup: "x"})

    assert response.status_code in (302, 400)


def test_cases_are_found_by_reference_student_and_number(client, office):
    case = drafted(office, record=student(office.centre, name="司马相如"))
    drafted(office)
    client.force_login(office.clerk)

    assert found(client, case.reference) == [case]
    assert found(client, f"c{case.pk}") == [case]
    assert found(client, case.record.number) == [case]
    assert found(client, case.record.id_number) == [case]
    assert found(client, "司马") == [case]
    assert found(client, "C" + "9" * 12) == []
    assert found(client, "司马", "correctionrequest") == [request_of(case)]
    assert found(client, case.reference, "correctionrequest") == [request_of(case)]


def test_searches_do_not_reach_other_units(client, office):
    case = drafted(office)
    client.force_login(office.other_clerk)

    assert found(client, case.reference) == found(client, case.record.id_number) == []


def test_marks_tell_faults_of_files_and_exceptions(client, office):
    case = ready(office)
    file = EvidenceFile.objects.get(case=case)
    EvidenceCheck.objects.create(file=file, policy="ouc-2016", policy_version="1", errors=9)
    EvidenceCheck.objects.create(
        file=file, policy="ouc-2016", policy_version="1", errors=2, warnings=1
    )
    CorrectionRequest.objects.filter(case=case).update(exceptional=True)
    client.force_login(office.clerk)

    page = client.get(reverse(CASES)).content.decode()

    for kind in ("exceptional", "error", "warning"):
        assert f"mark-{kind}" in page
    assert "mark-conflict" not in page
    assert "9" not in page.split("mark-error")[1].split("</span>")[0]


@pytest.mark.parametrize("name", [CASES, REQUESTS])
def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(client, office, name):
    client.force_login(office.clerk)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse(name)).status_code == 200
        return len(caught)

    for _each in range(3):
        ready(office)
    few = queries()
    for _each in range(12):
        ready(office)

    assert queries() == few


def test_an_empty_list_says_what_to_do(client, office):
    client.force_login(office.clerk)

    page = client.get(reverse(CASES)).content.decode()

    assert page.count(reverse("admin:corrections_case_begin")) >= 2


def test_adding_leads_to_finding_the_student(client, office):
    client.force_login(office.clerk)

    response = client.get(reverse("admin:corrections_case_add"))

    assert response.url == reverse("admin:corrections_case_begin")


def test_a_request_leads_to_its_case(client, office):
    case = drafted(office)
    client.force_login(office.clerk)
    address = reverse("admin:corrections_correctionrequest_change", args=[request_of(case).pk])

    response = client.get(address)

    target = reverse("admin:corrections_case_change", args=[case.pk])
    assert response.url == f"{target}#request-{request_of(case).pk}"
    assert client.post(address).status_code == 405
    client.force_login(office.other_clerk)
    assert client.get(address).status_code == 404


def test_nothing_is_deleted_by_hand(client, office):
    case = drafted(office)
    client.force_login(account("clerk", office.centre))

    response = client.post(
        reverse("admin:corrections_case_delete", args=[case.pk]), {"post": "yes"}
    )

    assert response.status_code == 403
    assert Case.objects.filter(pk=case.pk).exists()
