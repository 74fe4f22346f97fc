"""People who act at the same time, each with a connection of their own; what must hold after."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import verify
from backoffice.corrections.models import CorrectionRequest, RequestEvent
from backoffice.corrections.states import CLOSED, ON_ITS_WAY, State
from backoffice.sheets.models import RequestSheet, SheetLine, SheetState
from backoffice.sheets.services import active_lines, hash_of_lines
from backoffice.workflow.refusals import Refused

# Long enough for everybody to come as far as the row that is held.
_GATHERING = 0.3
_PAUSE = 0.3


def at_once(*works: Callable[[], Any], held: QuerySet | None = None) -> list[str]:
    """Let people do *works* at once, and return what came of each: done, or the refusal's name.

    While rows are *held* nobody gets past them, so that all have looked before one acts.
    """
    outcomes: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def act(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=20)
            work()
            outcomes[place] = "done"
        except Refused as refused:
            outcomes[place] = refused.refusal.name
        except BaseException as fault:  # noqa: BLE001 - raised again by the thread that asks
            outcomes[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=each) for each in enumerate(works)]
    if held is None:
        _start(threads)
    else:
        with transaction.atomic():
            list(held.order_by("pk").select_for_update(no_key=True))
            _start(threads)
            time.sleep(_GATHERING)
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes


def late(work: Callable[[], Any]) -> Callable[[], Any]:
    """Return *work*, begun a moment later: of those who wait at a row, the last in the queue."""

    def act() -> None:
        time.sleep(_GATHERING / 2)
        work()

    return act


def slowly(work: Callable[[], Any]) -> Callable[[], Any]:
    """Return *work* with a pause after each row that it adds."""

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = run(sql, *rest)
        if sql.startswith("INSERT"):
            time.sleep(_PAUSE)
        return result

    def act() -> None:
        with connection.execute_wrapper(execute):
            work()

    return act


def row(thing: Model) -> QuerySet:
    """Return the row of *thing*, to be held."""
    return type(thing)._default_manager.filter(pk=thing.pk)


def assert_office_is_whole() -> None:
    """Assert that states, events, sheets and the audit trail tell one story."""
    assert list(verify()) == []
    for request in CorrectionRequest.objects.order_by("pk"):
        _assert_told(request)
    for sheet in RequestSheet.objects.order_by("pk"):
        _assert_frozen(sheet)
    open_ones = CorrectionRequest.objects.exclude(state__in=sorted(CLOSED))
    counted = Counter(open_ones.values_list("record", "field"))
    assert set(counted.values()) <= {1}


def _start(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()


def _assert_told(request: CorrectionRequest) -> None:
    events = list(RequestEvent.objects.filter(request=request).order_by("pk"))
    stood = State.DRAFT
    for event in events:
        assert event.source == stood, f"{event.event} of {request.pk} came from {stood}"
        stood = event.target
    assert request.state == stood
    logged = AuditEntry.objects.filter(
        ref=f"correctionrequest:{request.pk}", facts__has_key="target"
    )
    assert Counter(logged.values_list("act", flat=True)) == Counter(
        f"request-{event.event}" for event in events
    )
    lines = SheetLine.objects.filter(request=request, removed_at=None, voided_at=None)
    if request.state in ON_ITS_WAY and request.case.kind_rules.sheet:
        assert lines.count() == 1


def _assert_frozen(sheet: RequestSheet) -> None:
    on_it = {line.request.state for line in active_lines(sheet)}
    allowed = {
        SheetState.OPEN: {State.SUBMITTED},
        SheetState.CLOSED: {State.SUBMITTED, State.SIGNED_OFF},
        SheetState.SIGNED: {State.SIGNED_OFF},
        SheetState.VOID: set(),
    }
    if sheet.state != SheetState.FILED:
        assert on_it <= allowed[SheetState(sheet.state)]
    if sheet.state in (SheetState.CLOSED, SheetState.SIGNED):
        assert on_it
        revision = sheet.revision_in_force
        frozen = list(revision.frozen_lines.all())
        assert [line.request_id for line in frozen] == [
            line.request_id for line in active_lines(sheet)
        ]
        contents = [json.loads(line.content) for line in frozen]
        assert revision.lines_hash == hash_of_lines(sheet, contents)
