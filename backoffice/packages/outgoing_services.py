"""Beginning, renewing, discarding packages, and noting that one was handed over."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import RequestEvent
from backoffice.corrections.states import Event
from backoffice.packages.models import OutgoingLine, OutgoingPackage, PackageState, PartState
from backoffice.packages.outgoing_keeping import remove
from backoffice.packages.outgoing_refusals import PackageRefusal, PackageRefused
from backoffice.packages.outgoing_selection import (
    MOST_REQUESTS,
    SENDABLE,
    Order,
    TooMany,
    select,
    sent_before,
)

ADDING = "packages.add_outgoingpackage"
SENDING = "packages.send_outgoingpackage"
DISCARDING = "packages.delete_outgoingpackage"
SENDABLE_STATES = frozenset({PackageState.READY, PackageState.PARTLY_SENT})


def begin(order, *, batch, day, platform, limit_mb, expected, by):
    """Begin the package of *order*, to be composed, and return it.

    *expected* is the digest of the selection that was shown.  Raises PackageRefused.
    """
    if not by.has_perm(ADDING, order.unit):
        raise PackageRefused(PackageRefusal.NOT_PERMITTED)
    with office_transaction(by):
        selection = _selected(order)
        if selection.digest != expected:
            raise PackageRefused(PackageRefusal.CHANGED)
        fields = {"unit": order.unit, "year": day.year, "batch": batch}
        try:
            with transaction.atomic():
                package = _create(order, selection, by, day, platform, limit_mb, **fields)
        except IntegrityError as fault:
            free = OutgoingPackage.objects.next_batch(order.unit, day.year)
            raise PackageRefused(
                PackageRefusal.BATCH_TAKEN, batch=batch, year=day.year, next=free
            ) from fault
    return package


def renew(pk, *, by, day=None):
    """Begin a package anew as the next revision of its batch, of what can be sent now.

    What an earlier revision sent counts as not sent.  Raises PackageRefused.
    """
    with office_transaction(by):
        old = _held(pk, by, ADDING)
        if old.state == PackageState.COMPOSING:
            raise _not_ready(old)
        batch = OutgoingPackage.objects.of_year(old.unit, old.year).filter(batch=old.batch)
        if OutgoingPackage.objects.is_renewed(old):
            raise PackageRefused(PackageRefusal.RENEWED)
        order = order_of(old, anew=tuple(batch.values_list("pk", flat=True)))
        fields = {"unit": old.unit, "year": old.year, "batch": old.batch}
        fields["revision"] = old.revision + 1
        day = day or old.day
        return _create(order, _selected(order), by, day, old.platform, old.limit_mb, **fields)


def discard(pk, *, by):
    """Remove a package of which nothing was sent, with its files; raises PackageRefused."""
    with office_transaction(by) as log:
        package = _held(pk, by, DISCARDING)
        if package.was_sent:
            raise PackageRefused(PackageRefusal.SENT)
        names = list(package.parts.values_list("stored", flat=True))
        _log(log, package, "package-discarded", parts=len(names))
        package.delete()
        transaction.on_commit(lambda: remove(names))


def hand_over(pk, *, by):
    """Note that the parts not sent yet were handed over otherwise; raises PackageRefused."""
    with office_transaction(by) as log:
        package = _held(pk, by, SENDING)
        ask_ready(package)
        ask_current(package)
        parts = list(package.parts.exclude(state__in=[PartState.SENT, PartState.SENDING]))
        for part in parts:
            part.state, part.sent_at, part.sent_by = PartState.SENT, timezone.now(), by
            part.recipient = part.failure = ""
            part.save(update_fields=["state", "sent_at", "sent_by", "recipient", "failure"])
            _log(log, package, "package-handed-over", digest=part.sha256, part=part.number)
        keep_state(package)
    return package


def order_of(package, *, anew=()):
    """Return what a package was asked to be of."""
    return Order(
        unit=package.unit,
        policy=package.policy,
        overlays=tuple(package.overlays),
        reason=package.reason,
        first=package.first,
        last=package.last,
        sheets=tuple(package.sheets),
        anew=anew,
    )


def ask_ready(package):
    """Raise PackageRefused unless the package can be sent, as far as it is concerned."""
    if package.state not in SENDABLE_STATES:
        raise _not_ready(package)
    if package.parts.filter(state=PartState.SENDING).exists():
        raise PackageRefused(PackageRefusal.UNDER_WAY)


def ask_current(package):
    """Raise PackageRefused where the office holds something else by now than the package."""
    unsent = package.lines.exclude(part__state=PartState.SENT)
    requests = [line.request for line in unsent.select_related("request")]
    moved = {each.pk for each in requests if each.state not in SENDABLE}
    events = RequestEvent.objects.filter(request__in=requests, at__gt=package.composed_at)
    moved |= set(events.exclude(event=Event.FILE).values_list("request_id", flat=True))
    # What a later revision sent would go twice.
    moved |= sent_before(requests, but=OutgoingPackage.objects.until_revision(package))
    if moved:
        raise PackageRefused(PackageRefusal.MOVED, count=len(moved))


def keep_state(package):
    """Put the package's state in step with its parts."""
    states = set(package.parts.values_list("state", flat=True))
    if states == {PartState.SENT}:
        package.state, package.sent_at = PackageState.SENT, timezone.now()
    elif PartState.SENT in states:
        package.state = PackageState.PARTLY_SENT
    package.save(update_fields=["state", "sent_at"])


def _selected(order):
    try:
        selection = select(order)
    except TooMany as fault:
        raise PackageRefused(PackageRefusal.TOO_MANY, most=MOST_REQUESTS) from fault
    if not selection.taken:
        raise PackageRefused(PackageRefusal.NOTHING)
    return selection


def _create(order, selection, by, day, platform, limit_mb, **fields):
    package = OutgoingPackage.objects.create(
        policy=order.policy,
        overlays=list(order.overlays),
        reason=order.reason,
        platform=platform,
        day=day,
        first=order.first,
        last=order.last,
        sheets=list(order.sheets),
        limit_mb=limit_mb,
        account=by,
        students=len({each.record_id for each in selection.taken}),
        **fields,
    )
    lines = (OutgoingLine(package=package, request=each) for each in selection.taken)
    OutgoingLine.objects.bulk_create(lines, batch_size=500)
    return package


def _held(pk, by, permission):
    rows = OutgoingPackage.objects.filter(pk=pk).held()
    package = rows.select_related("unit").get()
    if not by.has_perm(permission, package):
        raise PackageRefused(PackageRefusal.NOT_PERMITTED)
    return package


def _not_ready(package):
    return PackageRefused(PackageRefusal.NOT_READY, state=package.get_state_display())


def _log(log, package, kind, *, digest="", **facts):
    log.add(
        Act.EXPORT,
        chain=chain_of(package.unit_id),
        ref=f"outgoingpackage:{package.pk}",
        digest=digest,
        kind=kind,
        batch=package.batch,
        revision=package.revision,
        **facts,
    )
