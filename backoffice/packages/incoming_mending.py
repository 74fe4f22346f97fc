"""What somebody says of a package so that it can be taken in: kept with it, judged with it."""

import json

from django.db import transaction

from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.models.incoming import IncomingPackage, IncomingState
from correctionkit.packages.mending import Mending

# More answers than a package has files come from no page.
_MOST = 5_000


def mending_of(package):
    """Return what was said of a package so far."""
    said = json.loads(package.mending)
    return Mending(
        kinds=said.get("kinds", {}),
        students=said.get("students", {}),
        left_out=frozenset(said.get("left_out", ())),
        without=frozenset(said.get("without", ())),
    )


def mend(package_pk, *, shown, kinds=None, students=None, left_out=(), without=()):
    """Add answers to what was said of a package; it has to be judged anew then.

    *shown* is the digest of what was answered.  Raises IncomingRefused: CHANGED where the
    package is another by now, and where it waits for nothing.
    """
    with transaction.atomic():
        package = _open_package(package_pk)
        if shown != package.digest:
            raise IncomingRefused(IncomingRefusal.CHANGED)
        said = mending_of(package)
        merged = {
            "kinds": {**said.kinds, **(kinds or {})},
            "students": {**said.students, **(students or {})},
            "left_out": sorted(said.left_out | set(left_out)),
            "without": sorted(said.without | set(without)),
        }
        if sum(map(len, merged.values())) > _MOST:
            raise IncomingRefused(IncomingRefusal.STATE, state=package.get_state_display())
        _keep(package, merged)
    return package


def mend_nothing(package_pk):
    """Take back all that was said of a package; raises IncomingRefused."""
    with transaction.atomic():
        package = _open_package(package_pk)
        _keep(package, {})
    return package


def _keep(package, said):
    package.mending = json.dumps(said, ensure_ascii=False, sort_keys=True)
    package.state = IncomingState.RECEIVED
    package.digest = ""
    package.save(update_fields=["mending", "state", "digest", "changed_at"])


def _open_package(pk):
    package = IncomingPackage.objects.select_for_update().get(pk=pk)
    if package.state != IncomingState.JUDGED:
        raise IncomingRefused(IncomingRefusal.STATE, state=package.get_state_display())
    return package
