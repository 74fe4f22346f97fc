"""Beginning, renewing, discarding and handing over packages; what goes into one."""

from datetime import date, timedelta

import pytest
from builders.office import again, approved, filed, sheet_of, signed, submitted
from builders.sending import begun, kept_files, order, ready_package
from django.utils import timezone

from backoffice.corrections.models import CorrectionRequest
from backoffice.packages.models import OutgoingPackage
from backoffice.packages.outgoing_refusals import PackageRefusal, PackageRefused
from backoffice.packages.outgoing_selection import LeftOut, Selection, select
from backoffice.packages.outgoing_services import discard, hand_over, renew

pytestmark = pytest.mark.django_db


def by(office):
    return again(office.branch_clerk)


def refused(act, *args, **options):
    with pytest.raises(PackageRefused) as caught:
        act(*args, **options)
    return caught.value.refusal


def reasons(selection: Selection):
    return {request.case_id: why for request, why in selection.left}


def taken(selection: Selection):
    return [each.case_id for each in selection.taken]


def test_what_is_signed_off_or_filed_goes_and_every_other_is_told_why(office):
    revision = signed(office)
    ready = revision.frozen_lines.first().request.case
    at_headquarters, decided, sent = filed(office), approved(office), filed(office)
    ready_package(office, sent).parts.update(state="sent")
    waiting, back, gone = submitted(office), submitted(office), submitted(office)
    CorrectionRequest.objects.filter(case=back).update(state="returned")
    CorrectionRequest.objects.filter(case=gone).update(state="withdrawn")

    selection = select(order(office))

    assert sorted(taken(selection)) == sorted([ready.pk, at_headquarters.pk])
    assert reasons(selection) == {
        decided.pk: LeftOut.DECIDED,
        waiting.pk: LeftOut.NOT_SIGNED,
        back.pk: LeftOut.WITH_CLERK,
        gone.pk: LeftOut.WITHDRAWN,
        sent.pk: LeftOut.SENT_BEFORE,
    }


@pytest.mark.parametrize(
    ("state", "expected"),
    [("ready", None), ("failed", None), ("sending", LeftOut.SENT_BEFORE),
     ("uncertain", LeftOut.SENT_BEFORE)],
)  # fmt: skip
def test_a_request_is_free_until_it_may_have_arrived(office, state, expected):
    case = filed(office)
    ready_package(office, case).parts.update(state=state)

    selection = select(order(office))

    assert reasons(selection) == ({case.pk: expected} if expected else {})


def test_requests_of_another_policy_reason_or_unit_stay_out(office):
    mine = filed(office)
    other = filed(office)
    type(other).objects.filter(pk=other.pk).update(policy="ouc-2021")
    error = filed(office)
    CorrectionRequest.objects.filter(case=error).update(reason="entry_error")

    selection = select(order(office, reason="change"))

    assert taken(selection) == [mine.pk]
    assert reasons(selection) == {other.pk: LeftOut.OTHER_POLICY, error.pk: LeftOut.OTHER_REASON}
    assert taken(select(order(office, unit=office.other_branch))) == []


def test_a_name_that_no_folder_can_bear_is_told(office):
    case = filed(office)
    case.record.name = "张|三"
    case.record.save()

    assert reasons(select(order(office))) == {case.pk: LeftOut.FOLDER}


def test_a_period_is_of_local_days_of_submission_with_both_ends(office):
    case = filed(office)
    event = case.requests.get().events.get(event="submit")
    day = timezone.localdate()
    moment = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    type(event).objects.filter(pk=event.pk).update(at=moment)

    before = day - timedelta(days=1)
    assert taken(select(order(office))) == [case.pk]
    assert taken(select(order(office, first=before, last=before))) == []
    type(event).objects.filter(pk=event.pk).update(at=moment - timedelta(microseconds=1))
    assert taken(select(order(office))) == []
    assert taken(select(order(office, first=before, last=before))) == [case.pk]


def test_sheets_instead_of_days_take_the_lines_that_stand_on_them(office):
    case, other = filed(office), filed(office)

    wanted = order(office, first=None, last=None, sheets=(sheet_of(case).pk,))

    assert taken(select(wanted)) == [case.pk]
    assert other.pk not in taken(select(wanted))


def test_beginning_keeps_the_requests_that_were_shown(office):
    case = filed(office)

    package = begun(office)

    assert (package.state, package.year, package.batch, package.revision) == (
        "composing", 2026, 1, 1,
    )  # fmt: skip
    assert [line.request.case_id for line in package.lines.all()] == [case.pk]


def test_what_has_changed_since_it_was_shown_is_not_begun(office):
    filed(office)
    shown = select(order(office)).digest
    filed(office)

    assert refused(begun, office, expected=shown) is PackageRefusal.CHANGED


def test_a_batch_is_taken_once_a_unit_and_year(office):
    filed(office)
    begun(office)

    with pytest.raises(PackageRefused) as caught:
        begun(office)
    assert (caught.value.refusal, caught.value.params["next"]) == (PackageRefusal.BATCH_TAKEN, 2)
    assert begun(office, day=date(2027, 1, 2)).batch == 1
    assert OutgoingPackage.objects.next_batch(office.branch, 2026) == 2
    assert OutgoingPackage.objects.next_batch(office.centre, 2026) == 1


def test_an_empty_package_is_not_begun(office):
    assert refused(begun, office) is PackageRefusal.NOTHING


def test_a_clerk_composes_for_the_own_unit_alone(office):
    filed(office)

    assert refused(begun, office, by=again(office.other_clerk)) is PackageRefusal.NOT_PERMITTED
    assert refused(begun, office, by=again(office.reviewer)) is PackageRefusal.NOT_PERMITTED


def test_a_new_revision_takes_what_the_earlier_one_sent_too(office):
    old = ready_package(
        office, filed(office), first=timezone.localdate(), last=timezone.localdate()
    )
    hand_over(old.pk, by=by(office))

    new = renew(old.pk, by=by(office))

    assert (new.batch, new.revision, new.state) == (1, 2, "composing")
    assert [line.request_id for line in new.lines.all()] == [
        line.request_id for line in old.lines.all()
    ]
    old.refresh_from_db()
    assert old.state == "sent"


def test_what_was_never_sent_can_be_discarded_with_its_files(
    office, django_capture_on_commit_callbacks
):
    package = ready_package(office, filed(office))

    with django_capture_on_commit_callbacks(execute=True):
        discard(package.pk, by=by(office))

    assert not OutgoingPackage.objects.exists()
    assert kept_files() == []


@pytest.mark.parametrize("state", ["sent", "sending", "uncertain"])
def test_what_may_have_arrived_stays(office, state):
    package = ready_package(office, filed(office))
    package.parts.update(state=state)

    assert refused(discard, package.pk, by=by(office)) is PackageRefusal.SENT
    assert len(kept_files()) == 1


def test_the_head_sends_and_does_not_discard(office):
    package = ready_package(office, filed(office))

    assert refused(discard, package.pk, by=again(office.head)) is PackageRefusal.NOT_PERMITTED
    assert hand_over(package.pk, by=again(office.head)).state == "sent"


def test_a_package_that_was_handed_over_counts_as_sent_without_a_recipient(office):
    package = hand_over(ready_package(office, filed(office)).pk, by=by(office))

    part = package.parts.get()
    assert (package.state, part.state, part.recipient, part.sent_by) == (
        "sent", "sent", "", office.branch_clerk,
    )  # fmt: skip
    assert refused(hand_over, package.pk, by=by(office)) is PackageRefusal.NOT_READY


@pytest.mark.parametrize("state", ["composing", "faulty", "blocked"])
def test_a_package_that_did_not_pass_is_not_handed_over(office, state):
    package = ready_package(office, filed(office), state=state)

    assert refused(hand_over, package.pk, by=by(office)) is PackageRefusal.NOT_READY


def test_an_older_revision_does_not_go_once_a_later_one_went(office):
    case = filed(office)
    old, new = (ready_package(office, case, revision=number) for number in (1, 2))
    hand_over(new.pk, by=by(office))

    assert refused(hand_over, old.pk, by=by(office)) is PackageRefusal.MOVED


def test_a_later_revision_goes_whatever_an_older_one_sent(office):
    case = filed(office)
    old, new = (ready_package(office, case, revision=number) for number in (1, 2))
    hand_over(old.pk, by=by(office))
    hand_over(new.pk, by=by(office))

    assert list(new.parts.values_list("state", flat=True)) == ["sent"]


def test_what_was_handed_over_is_not_said_to_have_been_mailed(office):
    package = ready_package(office, filed(office))
    package.parts.update(state="failed", recipient="roll@example.org", failure="refused")
    hand_over(package.pk, by=by(office))

    assert package.parts.values_list("state", "recipient", "failure").get() == ("sent", "", "")


def test_a_second_click_makes_no_second_revision(office):
    today = timezone.localdate()
    old = ready_package(office, filed(office), first=today, last=today)
    renew(old.pk, by=by(office))

    assert refused(renew, old.pk, by=by(office)) is PackageRefusal.RENEWED
    assert list(OutgoingPackage.objects.order_by("pk").values_list("revision", flat=True)) == [1, 2]
