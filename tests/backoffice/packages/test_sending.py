"""Sending: one mail a part, none twice, and what becomes of those that fail."""

import smtplib

import pytest
from builders.office import again, filed
from builders.sending import ready_package
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import override_settings

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.packages.models import OutgoingPart, PackageAddress
from backoffice.packages.outgoing_keeping import package_storage
from backoffice.packages.outgoing_refusals import PackageRefusal, PackageRefused
from backoffice.packages.sending import Sent, recipient_of, send
from backoffice.packages.sending_mail import can_mail
from backoffice.workflow.deciding import decide

pytestmark = pytest.mark.django_db

TO = "roll@example.org"


class Failing(EmailBackend):
    """A mail server that takes the first mails and then raises what it was told to."""

    takes = 0
    fault: Exception = OSError("gone")
    at_opening = False

    def open(self):
        if Failing.at_opening:
            raise Failing.fault
        return True

    def send_messages(self, messages):
        if Failing.takes == 0:
            raise Failing.fault
        Failing.takes -= 1
        return super().send_messages(messages)


@pytest.fixture
def failing(monkeypatch):
    """Have mails fail; returns how to say when and with what."""
    monkeypatch.setattr("backoffice.packages.sending_mail.get_connection", Failing)

    def told(fault, *, takes=0, at_opening=False):
        Failing.fault, Failing.takes, Failing.at_opening = fault, takes, at_opening

    return told


@pytest.fixture
def package(office):
    PackageAddress.objects.create(unit=office.headquarters, email=TO)
    return ready_package(office, filed(office), filed(office))


def states(package):
    return list(package.parts.order_by("number").values_list("state", "failure"))


def by(office):
    return again(office.branch_clerk)


def test_each_part_goes_in_a_mail_of_its_own_to_the_unit_above(office, package):
    came = send(package.pk, by=by(office))

    assert came == Sent(2, 0)
    parts = list(package.parts.order_by("number"))
    assert [each.subject for each in mail.outbox] == [each.subject for each in parts]
    assert [each.to for each in mail.outbox] == [[TO], [TO]]
    assert [each.extra_headers["Message-ID"] for each in mail.outbox] == [
        each.message_id for each in parts
    ]
    assert mail.outbox[0].attachments[0] == (
        f"{parts[0].subject}.zip",
        f"{package.pk} 1".encode(),
        "application/zip",
    )
    package.refresh_from_db()
    assert (package.state, package.sent_at is not None) == ("sent", True)
    assert [each.recipient for each in parts] == [TO, TO]
    assert [each.sent_by for each in parts] == [office.branch_clerk, office.branch_clerk]


def test_the_words_of_a_mail_name_no_student(office, package):
    send(package.pk, by=by(office))

    names = CorrectionRequest.objects.values_list("record__name", "record__number")
    for each in mail.outbox:
        assert not any(word in each.body for row in names for word in row)
        assert "2026 年第 1 批" in each.body or "batch 1 of 2026" in each.body
    assert OutgoingPart.objects.get(number=1).sha256 in mail.outbox[0].body


def test_nothing_is_sent_twice(office, package):
    send(package.pk, by=by(office))

    with pytest.raises(PackageRefused) as refused:
        send(package.pk, by=by(office))

    assert refused.value.refusal is PackageRefusal.NOT_READY
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("fault", "at_opening", "state", "failure"),
    [
        pytest.param(OSError("no route"), True, "failed", "connection", id="no server"),
        pytest.param(
            smtplib.SMTPAuthenticationError(535, b"no"),
            True,
            "failed",
            "credentials",
            id="password",
        ),
        pytest.param(
            smtplib.SMTPDataError(552, b"too large"), False, "failed", "refused", id="too large"
        ),
        pytest.param(
            smtplib.SMTPRecipientsRefused({}), False, "failed", "refused", id="no such box"
        ),
        pytest.param(
            smtplib.SMTPServerDisconnected("gone"), False, "uncertain", "unanswered", id="cut off"
        ),
        pytest.param(TimeoutError(), False, "uncertain", "unanswered", id="no answer"),
    ],
)
def test_what_fails_is_kept_with_its_reason_and_the_rest_waits(
    office, package, failing, fault, at_opening, state, failure
):
    failing(fault, at_opening=at_opening)

    came = send(package.pk, by=by(office))

    assert came == Sent(0, 2, failure)
    assert states(package) == [(state, failure), ("ready", "")]
    package.refresh_from_db()
    assert package.state == "ready"


def test_a_failed_part_is_sent_again_and_those_that_went_are_not(office, package, failing):
    failing(smtplib.SMTPDataError(552, b"too large"), takes=1)
    assert send(package.pk, by=by(office)) == Sent(1, 1, "refused")
    package.refresh_from_db()
    assert package.state == "partly-sent"
    first = mail.outbox[0].extra_headers["Message-ID"]
    failing(None, takes=5)

    assert send(package.pk, by=by(office)) == Sent(1, 0)

    parts = package.parts.order_by("number")
    assert [each.subject for each in mail.outbox] == [each.subject for each in parts]
    assert mail.outbox[1].extra_headers["Message-ID"] != first
    assert states(package) == [("sent", ""), ("sent", "")]


def test_a_part_that_was_being_sent_when_the_program_ended_waits_for_a_word(office, package):
    package.parts.filter(number=1).update(state="sending", message_id="<1@example.org>")

    assert send(package.pk, by=by(office)) == Sent(1, 1)

    assert states(package) == [("uncertain", ""), ("sent", "")]
    assert len(mail.outbox) == 1
    part = package.parts.get(number=1)

    assert send(package.pk, by=by(office), again=part.pk) == Sent(1, 0)
    assert mail.outbox[1].extra_headers["Message-ID"] == "<1@example.org>"


def test_a_file_that_was_changed_is_not_sent(office, package):
    part = package.parts.get(number=1)
    package_storage().delete(part.stored)

    assert send(package.pk, by=by(office)) == Sent(0, 2, "file-lost")
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["clerk", "reviewer", "auditor", "registrar", "other_head"])
def test_those_without_the_right_send_nothing(office, package, who):
    with pytest.raises(PackageRefused) as refused:
        send(package.pk, by=again(getattr(office, who)))

    assert refused.value.refusal is PackageRefusal.NOT_PERMITTED
    assert mail.outbox == []


def test_the_nearest_address_above_is_taken_and_never_that_of_the_unit_itself(office, package):
    PackageAddress.objects.create(unit=office.branch, email="own@example.org")
    assert recipient_of(package) == TO

    package.unit = office.centre
    assert recipient_of(package) == "own@example.org"


def test_without_an_address_nothing_is_sent(office, package):
    PackageAddress.objects.all().delete()

    with pytest.raises(PackageRefused) as refused:
        send(package.pk, by=by(office))

    assert refused.value.refusal is PackageRefusal.NO_ADDRESS


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="")
def test_without_a_server_nothing_is_sent(office, package):
    assert not can_mail()
    with pytest.raises(PackageRefused) as refused:
        send(package.pk, by=by(office))

    assert refused.value.refusal is PackageRefusal.NO_MAIL


def test_a_package_that_the_office_has_moved_on_from_is_not_sent(office, package):
    request = package.lines.first().request
    decide(request.pk, Event.APPROVE, by=again(office.reviewer))

    with pytest.raises(PackageRefused) as refused:
        send(package.pk, by=by(office))

    assert (refused.value.refusal, refused.value.params) == (PackageRefusal.MOVED, {"count": 1})


def test_what_went_in_another_batch_is_not_sent_again(office, package):
    case = package.lines.first().request.case
    other = ready_package(office, case, batch=2)
    send(other.pk, by=by(office))

    with pytest.raises(PackageRefused) as refused:
        send(package.pk, by=by(office))

    assert refused.value.refusal is PackageRefusal.MOVED
    assert len(mail.outbox) == 1


def test_every_part_is_logged_with_its_hash(office, package):
    send(package.pk, by=by(office))

    entries = AuditEntry.objects.filter(ref=f"outgoingpackage:{package.pk}").order_by("sequence")
    assert [(each.act, each.facts["kind"], each.facts["part"]) for each in entries] == [
        ("export", "package-sent", 1),
        ("export", "package-sent", 2),
    ]
    assert [each.digest for each in entries] == list(
        package.parts.order_by("number").values_list("sha256", flat=True)
    )
