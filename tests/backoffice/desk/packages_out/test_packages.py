"""Packages by HTTP: shown, begun, composed, sent, handed over, discarded, downloaded."""

from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from builders.browsing import forms_of
from builders.office import again, filed, signed
from builders.sending import ready_package, sign, submitted_with_scans
from builders.speech import said
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.desk.packages_out.work import send_package, start_sending
from backoffice.jobs.models import Job
from backoffice.packages.models import OutgoingPackage, PackageAddress
from backoffice.packages.outgoing_keeping import package_storage
from backoffice.packages.outgoing_selection import LeftOut

pytestmark = pytest.mark.django_db

COMPOSE = reverse("admin:packages_outgoingpackage_compose")
LIST = reverse("admin:packages_outgoingpackage_changelist")


def page_of(package, act="change", *more):
    return reverse(f"admin:packages_outgoingpackage_{act}", args=[package.pk, *more])


@pytest.fixture
def at(client, office):
    def sign_in(who):
        client.force_login(again(getattr(office, who)))
        return client

    return sign_in


@pytest.fixture
def package(office):
    PackageAddress.objects.create(unit=office.headquarters, email="roll@example.org")
    return ready_package(office, filed(office), filed(office))


def asked(office, **changes):
    today = timezone.localdate().isoformat()
    return {"unit": office.branch.pk, "first": today, "last": today, "sheets": ""} | changes


def shown(client, office, **changes):
    return client.post(COMPOSE, asked(office, **changes))


def test_what_would_go_is_shown_with_what_is_left_out_and_why(at, office):
    going = filed(office)
    year = timezone.localdate().year
    ready_package(office, filed(office), year=year).parts.update(state="sent")

    page = shown(at("branch_clerk"), office)

    text = page.content.decode()
    assert page.status_code == 200
    assert going.reference in text
    assert page.context["counts"] == [(LeftOut.SENT_BEFORE.label, 1)]
    form = terms_form(page)
    assert form.values["batch"] == ["2"]
    assert OutgoingPackage.objects.count() == 1


def test_a_package_is_composed_by_a_job_and_its_page_shows_what_came_of_it(
    at, office, django_capture_on_commit_callbacks
):
    case = submitted_with_scans(office, who=3)
    sign(office, case)
    client = at("branch_clerk")
    terms = terms_form(shown(client, office))

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(COMPOSE, terms.filled(compose="yes"))

    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job", args=[job.pk])
    assert (job.kind, job.state, job.outcome) == (
        "package-compose", "done", {"state": "ready", "parts": 1},
    )  # fmt: skip
    package = OutgoingPackage.objects.get()
    page = client.get(page_of(package)).content.decode()
    assert package.parts.get().sha256 in page
    assert case.reference in page


def test_what_changed_since_it_was_shown_is_shown_again(at, office):
    filed(office)
    client = at("branch_clerk")
    terms = terms_form(shown(client, office))
    filed(office)

    page = client.post(COMPOSE, terms.filled(compose="yes"))

    assert page.status_code == 409
    assert page.context["form"].non_field_errors()
    assert len(page.context["selection"].taken) == 2
    assert not OutgoingPackage.objects.exists()


def test_a_taken_number_is_told_at_its_field(at, office):
    filed(office)
    ready_package(office, filed(office))
    client = at("branch_clerk")
    terms = terms_form(shown(client, office))

    year = timezone.localdate().year
    OutgoingPackage.objects.update(year=year)
    page = client.post(COMPOSE, terms.filled(compose="yes", batch="1"))

    assert page.status_code == 409
    assert list(page.context["form"].errors) == ["batch"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": "", "last": ""}, "first"),
        ({"first": "2026-11-20", "last": "2026-11-19"}, "last"),
        ({"first": "2020-01-01"}, "last"),
        ({"first": "0001-01-01", "last": "0001-01-02"}, "first"),
        ({"sheets": "350-19990101-1"}, "sheets"),
        ({"unit": "987654"}, "unit"),
        ({"unit": "x"}, "unit"),
    ],
)
def test_what_cannot_be_asked_for_is_told_at_its_field(at, office, changes, field):
    page = shown(at("branch_clerk"), office, **changes)

    assert page.status_code == 400
    assert field in page.context["form"].errors


@pytest.mark.parametrize(
    "changes",
    [{"batch": "0"}, {"batch": "x"}, {"day": "2001-01-01"}, {"limit_mb": "0"}, {"policy": "none"},
     {"reason": "none"}],
)  # fmt: skip
def test_terms_that_cannot_be_are_told(at, office, changes):
    filed(office)
    client = at("branch_clerk")
    terms = terms_form(shown(client, office))

    page = client.post(COMPOSE, terms.filled(compose="yes", **changes))

    assert page.status_code == 400
    assert list(page.context["form"].errors) == list(changes)
    assert not OutgoingPackage.objects.exists()


def test_sheets_are_named_by_their_numbers(at, office):
    revision = signed(office)
    filed(office)

    page = shown(at("branch_clerk"), office, first="", last="", sheets=revision.sheet.number)

    case = revision.frozen_lines.first().request.case
    assert [each.case_id for each in page.context["selection"].taken] == [case.pk]


def test_a_package_is_sent_after_a_question(
    at, office, package, django_capture_on_commit_callbacks
):
    client = at("branch_clerk")

    question = client.post(page_of(package, "send"))
    assert (question.status_code, mail.outbox) == (200, [])
    assert "roll@example.org" in question.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page_of(package, "send"), {"confirm": "yes"})

    assert answer.status_code == 302
    assert len(mail.outbox) == 2
    assert Job.objects.get().outcome == {"sent": 2, "left": 0}


def test_a_part_that_was_perhaps_sent_is_sent_again_on_somebodys_word(
    at, office, package, django_capture_on_commit_callbacks
):
    package.parts.filter(number=2).update(state="uncertain", failure="unanswered")
    package.parts.filter(number=1).update(state="sent")
    client = at("branch_clerk")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of(package, "send"), {"confirm": "yes"})
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of(package, "send_again", 2), {"confirm": "yes"})

    assert len(mail.outbox) == 1
    assert client.post(page_of(package, "send_again", 1)).status_code == 409
    assert client.post(page_of(package, "send_again", 3)).status_code == 409


def test_the_word_to_send_again_is_for_one_attempt(office, package):
    package.parts.filter(number=2).update(state="uncertain")
    package.parts.filter(number=1).update(state="sent")
    part = package.parts.get(number=2)
    attempt = SimpleNamespace(
        job=SimpleNamespace(attempts=2),
        account=again(office.branch_clerk),
        progress=lambda *_, stage: None,
    )

    assert send_package(attempt, package=package.pk, again=part.pk) == {"sent": 0, "left": 1}
    assert mail.outbox == []
    attempt.job.attempts = 1
    assert send_package(attempt, package=package.pk, again=part.pk) == {"sent": 1, "left": 0}


def test_without_a_server_the_page_says_download_only(at, office, package, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    client = at("branch_clerk")

    page = client.get(page_of(package))

    assert page.context["can_mail"] is False
    assert reverse("admin:packages_outgoingpackage_send", args=[package.pk]) not in (
        page.content.decode()
    )
    assert client.post(page_of(package, "send"), {"confirm": "yes"}).status_code == 409


def test_a_package_is_noted_as_handed_over_composed_anew_and_discarded(at, office, package):
    client = at("branch_clerk")

    for act in ("hand_over", "renew", "discard"):
        assert client.post(page_of(package, act)).status_code == 200
        assert client.get(page_of(package, act)).status_code == 405
    assert OutgoingPackage.objects.get().state == "ready"
    answer = client.post(page_of(package, "discard"), {"confirm": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert len(said(answer)) == 1
    assert not OutgoingPackage.objects.exists()


def test_composing_that_was_stopped_is_begun_again(at, office, package):
    OutgoingPackage.objects.update(state="composing")
    client = at("branch_clerk")
    assert client.get(page_of(package)).context["may_renew"]

    answer = client.post(page_of(package, "renew"))

    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job", args=[job.pk])
    assert (job.kind, job.parameters) == ("package-compose", {"package": package.pk})
    assert not client.get(page_of(package)).context["may_renew"]
    assert client.post(page_of(package, "renew"), {"confirm": "yes"}).status_code == 409


def test_what_was_sent_is_not_discarded(at, office, package):
    client = at("branch_clerk")
    client.post(page_of(package, "hand_over"), {"confirm": "yes"})

    assert client.post(page_of(package, "discard"), {"confirm": "yes"}).status_code == 409
    assert OutgoingPackage.objects.get().state == "sent"


def test_a_part_is_downloaded_by_its_subject_and_logged(at, office, package):
    part = package.parts.get(number=1)
    place = reverse("admin:packages_outgoingpackage_download", args=[part.pk])

    answer = at("branch_clerk").get(place)

    assert b"".join(answer) == f"{package.pk} 1".encode()
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "application/zip", "no-store, private",
    )  # fmt: skip
    assert unquote(answer["Content-Disposition"]) == (
        f"attachment; filename*=utf-8''{part.subject}.zip"
    )
    entry = AuditEntry.objects.get(facts__kind="package-download")
    assert (entry.digest, entry.facts["part"]) == (part.sha256, 1)
    package_storage().delete(part.stored)
    assert at("branch_clerk").get(place).status_code == 404


@pytest.mark.parametrize("who", ["reviewer", "registrar", "auditor"])
def test_headquarters_looks_and_neither_sends_nor_downloads(at, office, package, who):
    client = at(who)

    page = client.get(page_of(package))

    assert page.status_code == 200
    part = package.parts.get(number=1)
    download = reverse("admin:packages_outgoingpackage_download", args=[part.pk])
    assert download not in page.content.decode()
    assert client.get(download).status_code == 403
    for act in ("send", "hand_over", "renew", "discard"):
        assert client.post(page_of(package, act), {"confirm": "yes"}).status_code == 403
    assert client.get(COMPOSE).status_code == 403


def test_the_administrator_sees_no_packages_and_keeps_addresses(at, office, package):
    client = at("administrator")

    assert client.get(LIST).status_code == 403
    assert client.get(page_of(package)).status_code in (403, 404)
    add = reverse("admin:packages_packageaddress_add")
    answer = client.post(add, {"unit": office.branch.pk, "email": "branch@example.org"})
    assert answer.status_code == 302
    address = PackageAddress.objects.get(unit=office.branch)
    entry = AuditEntry.objects.get(ref=f"packageaddress:{address.pk}")
    assert (entry.act, entry.facts["added"]) == ("setting-change", True)


def test_the_list_is_searched_by_batch_and_subject(at, office, package):
    ready_package(office, filed(office), batch=27, subject="另一主题")
    client = at("branch_clerk")
    search = reverse("admin:packages_outgoingpackage_search")

    found = {
        text: [
            each.batch
            for each in client.post(search, {"text": text}, follow=True).context["cl"].result_list
        ]
        for text in ("27", "另一", "示例分部", "无")
    }

    assert found == {"27": [27], "另一": [27], "示例分部": [1], "无": []}


def test_faults_of_composing_are_worded(at, office, package):
    OutgoingPackage.objects.filter(pk=package.pk).update(state="faulty")
    told = OutgoingPackage.objects.get(pk=package.pk)
    told.faults = (
        '[{"what": "student-too-large", "params": {"student": "2535001299011张三", '
        '"size": 31457280, "most": 15000000}}, {"what": "of-tomorrow", "params": {}}]'
    )
    told.save()

    page = at("branch_clerk").get(page_of(package))

    assert "30.0 MB" in page.context["faults"][0]
    assert "2535001299011张三" in page.context["faults"][0]
    assert page.context["faults"][1] == "of-tomorrow"


def terms_form(page):
    return next(form for form in forms_of(page) if "expected" in form.values)


@pytest.mark.parametrize("act", ["renew", "discard"])
def test_a_package_that_is_worked_on_is_neither_renewed_nor_discarded(at, office, package, act):
    start_sending(package, office.branch_clerk)
    client = at("branch_clerk")

    assert client.post(page_of(package, act), {"confirm": "yes"}).status_code == 409
    assert not client.get(page_of(package)).context[f"may_{act}"]
    assert [each.pk for each in OutgoingPackage.objects.all()] == [package.pk]
