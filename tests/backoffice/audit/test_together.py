"""Real connections, at the same time."""

import threading

import pytest
from django.db import connection

from backoffice.audit.log import head_of, office_transaction
from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 12


def run_together(*works):
    start, failures = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait(timeout=20)
            for number in range(1, EACH + 1):
                work(number)
        except Exception as failure:  # noqa: BLE001 - told to the thread that asks
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert not any(thread.is_alive() for thread in threads)


def appending(*chains, kind):
    def work(number):
        with office_transaction() as log:
            for chain in chains:
                log.add("request-edit", chain=chain, ref=f"{kind}:{number}")

    return work


def test_people_who_append_to_one_chain_leave_no_gap_and_nothing_twice():
    run_together(*(appending("unit-1", kind=kind) for kind in ("a", "b", "c")))
    entries = list(AuditEntry.objects.filter(chain="unit-1"))

    assert [entry.sequence for entry in entries] == list(range(1, 3 * EACH + 1))
    for kind in ("a", "b", "c"):
        assert [entry.ref for entry in entries if entry.ref.startswith(kind)] == [
            f"{kind}:{number}" for number in range(1, EACH + 1)
        ]
    assert list(verify()) == []


def test_people_who_append_to_the_same_chains_in_other_orders_never_wait_in_a_ring():
    run_together(
        appending("unit-1", "unit-2", "office", kind="a"),
        appending("office", "unit-2", "unit-1", kind="b"),
    )

    assert [head_of(chain).sequence for chain in ("office", "unit-1", "unit-2")] == [2 * EACH] * 3
    assert list(verify()) == []


def test_verifying_while_others_append_finds_nothing():
    found = []
    run_together(appending("unit-1", "unit-2", kind="a"), lambda number: found.extend(verify()))

    assert found == []
