"""Sending a package: one mail a part, none twice.

A part is marked before its mail goes and after it went.  Where the program ends between the
two, nobody knows whether it went: such a part is sent again only by somebody who says so, and
then with the same Message-ID.
"""

from dataclasses import dataclass

from django.utils import timezone

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, office_transaction
from backoffice.packages.models import (
    OutgoingPackage,
    OutgoingPart,
    PackageAddress,
    PartState,
)
from backoffice.packages.outgoing_keeping import PartLost, content_of
from backoffice.packages.outgoing_refusals import PackageRefusal, PackageRefused
from backoffice.packages.outgoing_services import (
    SENDABLE_STATES,
    SENDING,
    ask_current,
    keep_state,
)
from backoffice.packages.sending_mail import (
    NotAccepted,
    Unanswered,
    can_mail,
    new_message_id,
    send_part,
)

_WAITING = (PartState.READY, PartState.FAILED)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: how many parts went, how many are left, and why the last did not."""

    sent: int
    left: int
    failure: str = ""


def recipient_of(package):
    """Return where a package is sent to: the address of the nearest unit above, or None."""
    address = PackageAddress.objects.above(package.unit)
    return address.email if address else None


def ask_sendable(package, by):
    """Raise PackageRefused unless *by* may send the package now; return the recipient."""
    if not by.has_perm(SENDING, package):
        raise PackageRefused(PackageRefusal.NOT_PERMITTED)
    if package.state not in SENDABLE_STATES:
        state = package.get_state_display()
        raise PackageRefused(PackageRefusal.NOT_READY, state=state)
    if not can_mail():
        raise PackageRefused(PackageRefusal.NO_MAIL)
    recipient = recipient_of(package)
    if not recipient:
        raise PackageRefused(PackageRefusal.NO_ADDRESS, unit=package.unit.name)
    ask_current(package)
    return recipient


def send(pk, *, by, again=None, progress=None):
    """Send the parts of a package that were not sent, in their order; stops at one that fails.

    *again* is the key of a part that was perhaps sent, to be sent once more.  Raises
    PackageRefused.
    """
    package = OutgoingPackage.objects.select_related("unit").get(pk=pk)
    ask_sendable(package, by)
    _give_up_on_lost(package)
    count, sent, failure = package.parts.count(), 0, ""
    for part in list(package.parts.order_by("number")):
        if progress:
            progress(part.number - 1, count, stage="send")
        taken = _take(part, package, by, again=part.pk == again)
        if taken is None:
            continue
        failure = _deliver(taken, count, by)
        if failure:
            break
        sent += 1
    left = package.parts.exclude(state=PartState.SENT).count()
    return Sent(sent, left, failure)


def _give_up_on_lost(package):
    """Mark what an attempt that ended was about to send: perhaps it did."""
    package.parts.filter(state=PartState.SENDING).update(state=PartState.UNCERTAIN)


def _take(part, package, by, *, again):
    """Mark a part as about to be sent, and return it; None where it is not to be sent."""
    states = (*_WAITING, PartState.UNCERTAIN) if again else _WAITING
    with office_transaction(by):
        held = OutgoingPackage.objects.filter(pk=package.pk).held().select_related("unit").get()
        taken = OutgoingPart.objects.filter(pk=part.pk, state__in=states).first()
        if taken is None:
            return None
        recipient = ask_sendable(held, by)
        taken.package = held
        taken.message_id = taken.message_id or new_message_id()
        taken.state, taken.recipient, taken.failure = PartState.SENDING, recipient, ""
        taken.sent_by = by
        taken.save(update_fields=["message_id", "state", "recipient", "failure", "sent_by"])
    return taken


def _deliver(part, count, by):
    """Send a part that was taken; returns why it did not go, or nothing."""
    try:
        send_part(part, content_of(part), count=count)
    except NotAccepted as fault:
        return _keep(part, PartState.FAILED, by, fault.failure)
    except PartLost:
        return _keep(part, PartState.FAILED, by, "file-lost")
    except Unanswered:
        return _keep(part, PartState.UNCERTAIN, by, "unanswered")
    return _keep(part, PartState.SENT, by)


def _keep(part, state, by, failure=""):
    with office_transaction(by) as log:
        package = OutgoingPackage.objects.filter(pk=part.package_id).held().get()
        part.state, part.failure = state, failure
        part.sent_at = timezone.now() if state == PartState.SENT else None
        part.save(update_fields=["state", "failure", "sent_at"])
        keep_state(package)
        log.add(
            Act.EXPORT,
            chain=chain_of(package.unit_id),
            ref=f"outgoingpackage:{package.pk}",
            digest=part.sha256,
            kind="package-sent" if state == PartState.SENT else "package-not-sent",
            batch=package.batch,
            revision=package.revision,
            part=part.number,
            failure=failure or None,
        )
    return failure
