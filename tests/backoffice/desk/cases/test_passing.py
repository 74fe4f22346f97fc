"""Handing cases over, singly and all of a person."""

import pytest
from builders.browsing import form_of, forms_of
from builders.office import account, again, drafted, join, student, submitted
from builders.speech import counted_in_chinese, in_chinese, said
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case
from backoffice.workflow.intake import begin_case

pytestmark = pytest.mark.django_db
ALL = "admin:corrections_case_hand_over_all"


def page_of(case):
    return reverse("admin:corrections_case_change", args=[case.pk])


def handlers():
    return list(Case.objects.order_by("pk").values_list("handler__name", flat=True))


@pytest.mark.parametrize("giver", ["clerk", "head", "registrar"])
def test_a_case_goes_into_other_hands_from_its_page(client, office, giver):
    case = drafted(office)
    client.force_login(getattr(office, giver))

    form = form_of(client.get(page_of(case)), "hand-over/")
    typed = form.filled() | {"hand-over-receiver": office.colleague.person_id}
    client.post(form.action, typed)

    assert handlers() == [office.colleague.person.name]
    entry = AuditEntry.objects.get(act="case-hand-over")
    assert entry.facts == {
        "giver": office.clerk.person_id,
        "receiver": office.colleague.person_id,
    }


@pytest.mark.parametrize("receiver", ["head", "other_clerk", "reviewer"])
def test_only_who_may_keep_it_can_be_chosen(client, office, receiver):
    case = drafted(office)
    client.force_login(office.clerk)
    form = form_of(client.get(page_of(case)), "hand-over/")

    response = client.post(
        form.action,
        form.filled() | {"hand-over-receiver": getattr(office, receiver).person_id},
    )

    assert handlers() == [office.clerk.person.name]
    assert said(response) == [in_chinese("Choose who takes the case over.")]


@pytest.mark.parametrize("role", ["colleague", "reviewer", "auditor"])
def test_who_neither_has_it_nor_leads_its_clerk_is_refused(client, office, role):
    case = drafted(office)
    client.force_login(getattr(office, role))

    response = client.post(
        reverse("admin:corrections_case_hand_over", args=[case.pk]),
        {"hand-over-receiver": office.colleague.person_id},
    )

    assert response.status_code == 403
    assert handlers() == [office.clerk.person.name]


def test_a_case_that_changed_since_it_was_opened_stays(client, office):
    case = drafted(office)
    client.force_login(office.head)
    form = form_of(client.get(page_of(case)), "hand-over/")
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)

    client.post(form.action, form.filled() | {"hand-over-receiver": office.colleague.person_id})

    assert handlers() == [office.clerk.person.name]


class TestAllOfAPerson:
    """The page for heads, when somebody leaves."""

    def choose(self, client, giver, receiver):
        return client.post(reverse(ALL), {"giver": giver.person_id, "receiver": receiver.person_id})

    def test_drafts_and_begun_cases_go_after_a_confirmation_with_their_number(self, client, office):
        drafted(office)
        begin_case(student(office.centre), by=office.clerk)
        submitted(office)
        client.force_login(office.head)

        asked = self.choose(client, office.clerk, office.colleague)
        before = handlers()
        (form,) = [each for each in forms_of(asked) if "giver" in each.values]
        response = client.post(reverse(ALL), form.filled(confirm="1"))

        giver, receiver = office.clerk.person.name, office.colleague.person.name
        assert len(asked.context["fit"]) == 2
        assert before == [giver] * 3
        assert handlers() == [receiver, receiver, giver]
        assert said(response) == [
            counted_in_chinese(
                "%(count)d case of %(giver)s lies with %(receiver)s now.",
                "%(count)d cases of %(giver)s lie with %(receiver)s now.",
                2,
                giver=giver,
                receiver=receiver,
            )
        ]

    def test_what_the_receiver_may_not_keep_is_counted_and_stays(self, client, office):
        join(office.clerk.person, "clerk", office.branch)
        drafted(office)
        drafted(office, record=student(office.branch), by=again(office.clerk))
        client.force_login(office.head)

        asked = self.choose(client, office.clerk, office.colleague)

        assert (len(asked.context["fit"]), asked.context["unfit"]) == (1, 1)

    def test_cases_out_of_sight_are_neither_counted_nor_named(self, client, office):
        join(office.clerk.person, "clerk", office.other_centre)
        near = drafted(office)
        far = drafted(office, record=student(office.other_centre), by=again(office.clerk))
        client.force_login(office.head)

        asked = self.choose(client, office.clerk, office.colleague)

        assert (asked.context["fit"], asked.context["unfit"]) == ([near], 0)
        assert far.reference not in asked.content.decode()

    def test_heads_of_other_units_see_nobody_to_give_from(self, client, office):
        drafted(office)
        client.force_login(office.other_head)

        page = client.get(reverse(ALL))
        response = self.choose(client, office.clerk, office.other_clerk)

        assert office.clerk.person.name not in page.content.decode()
        assert response.status_code == 400
        assert handlers() == [office.clerk.person.name]

    def test_clerks_give_away_their_own_alone(self, client, office):
        drafted(office)
        client.force_login(office.colleague)
        refused = self.choose(client, office.clerk, office.colleague)
        client.force_login(office.clerk)
        asked = self.choose(client, office.clerk, office.colleague)

        assert (refused.status_code, asked.status_code) == (400, 200)

    def test_nobody_gives_to_themselves(self, client, office):
        drafted(office)
        client.force_login(office.head)

        assert self.choose(client, office.clerk, office.clerk).status_code == 400

    @pytest.mark.parametrize("role", ["reviewer", "auditor", "administrator"])
    def test_others_have_no_such_page(self, client, office, role):
        client.force_login(getattr(office, role))

        assert client.get(reverse(ALL)).status_code == 403

    def test_accounts_that_sign_in_no_more_cannot_receive(self, client, office):
        drafted(office)
        gone = account("clerk", office.centre, username="gone")
        gone.is_active = False
        gone.save()
        client.force_login(office.head)

        assert self.choose(client, office.clerk, gone).status_code == 400
