"""Whole ID numbers: on request, logged, and never before."""

import pytest
from builders.browsing import form_of
from builders.office import Wish, account, drafted, identity_number
from django.urls import reverse

from backoffice.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
NEW = identity_number(495)


@pytest.fixture
def case(office):
    """A draft that asks for another ID number."""
    return drafted(office, Wish("id_number", NEW, "change"))


def reveal(client, account, case, **posted):
    client.force_login(account)
    return client.post(reverse("admin:corrections_case_reveal", args=[case.pk]), posted)


def logged(case):
    entries = AuditEntry.objects.filter(act="record-reveal")
    return [(each.account_id, each.ref, each.facts) for each in entries]


def test_both_numbers_are_shown_and_that_is_logged(client, office, case):
    response = reveal(client, office.head, case)

    shown = response.context["requests"][0].values
    assert "".join(piece.text for piece in shown.new) == NEW
    assert any(piece.differs for piece in shown.new)
    assert case.record.id_number in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert logged(case) == [
        (
            office.head.pk,
            f"studentrecord:{case.record_id}",
            {"fields": ["id_number"], "case": case.pk},
        )
    ]


def test_the_page_before_and_after_holds_them_masked(client, office, case):
    reveal(client, office.clerk, case)

    page = client.get(reverse("admin:corrections_case_change", args=[case.pk])).content.decode()

    assert NEW not in page
    assert case.record.id_number not in page


def test_its_clerk_loses_nothing_typed(client, office, case):
    client.force_login(office.clerk)
    page = client.get(reverse("admin:corrections_case_change", args=[case.pk]))
    typed = form_of(page, "case-form").filled(case__remark="未保存的话")

    response = reveal(client, office.clerk, case, **typed)

    shown = form_of(response, "case-form").values
    assert shown["case-remark"] == ["未保存的话"]
    assert shown["field-id_number-new"] == [NEW]


def test_auditors_state_a_purpose_first(client, office, case):
    refused = reveal(client, office.auditor, case)
    shown = reveal(client, office.auditor, case, purpose="核查个例材料")

    assert (refused.status_code, shown.status_code) == (400, 200)
    assert NEW not in refused.content.decode()
    (request,) = shown.context["requests"]
    assert "".join(piece.text for piece in request.values.new) == NEW
    assert len(logged(case)) == 1
    assert AuditEntry.objects.get(act="record-reveal").digest


def test_roles_without_the_right_are_refused(client, office, case):
    consenting = account("consenting", office.branch)

    assert reveal(client, consenting, case).status_code == 403
    assert logged(case) == []
