from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from backoffice.audit.links import ZERO, is_sealed, is_whole
from backoffice.audit.log import OFFICE, Head, chain_of, head_of, note, office_transaction
from backoffice.audit.models import AuditEntry, AuditHead

pytestmark = pytest.mark.django_db


def test_an_entry_holds_who_did_what_on_what_and_when(clerk):
    before = datetime.now(UTC)
    with office_transaction(clerk) as log:
        log.add(
            "request-submit",
            chain="unit-1",
            ref="correctionrequest:12",
            digest="ab" * 32,
            source="draft",
            revision=2,
            late=False,
            cause=None,
            kinds=["id_card", "diploma"],
        )
    entry = AuditEntry.objects.get()

    assert before <= entry.at <= datetime.now(UTC)
    assert (entry.account_id, entry.person_id) == (7, 70)
    assert (entry.chain, entry.sequence, entry.act) == ("unit-1", 1, "request-submit")
    assert (entry.ref, entry.digest) == ("correctionrequest:12", "ab" * 32)
    assert entry.facts == {
        "source": "draft",
        "revision": 2,
        "late": False,
        "cause": None,
        "kinds": ["id_card", "diploma"],
    }
    assert entry.previous == ZERO
    assert is_whole(entry)


def test_each_entry_follows_from_the_one_before_and_the_head_from_the_last(trail):
    entries = list(AuditEntry.objects.filter(chain="unit-1"))
    head = AuditHead.objects.get(chain="unit-1")

    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert [entry.previous for entry in entries] == [ZERO, *(entry.hash for entry in entries[:-1])]
    assert all(is_whole(entry) for entry in entries)
    assert (head.sequence, head.hash, is_sealed(head)) == (6, entries[-1].hash, True)


def test_the_hash_needs_the_key(trail, settings):
    entry = AuditEntry.objects.first()
    settings.OFFICE_DIGEST_KEY = "another"

    assert not is_whole(entry)


def test_entries_are_written_as_the_last_act(clerk, stored):
    with office_transaction(clerk) as log:
        log.add("sheet-open", chain="unit-1", ref="sheet:1")
        assert stored("unit-1") == ([], None)
        assert head_of("unit-1") == Head(0, ZERO)

    assert stored("unit-1") == ([(1, "sheet-open", "sheet:1", {})], 1)
    assert head_of("unit-1") == Head(1, AuditEntry.objects.get().hash)


def test_heads_are_locked_ascending_whatever_the_order_of_logging(clerk):
    with CaptureQueriesContext(connection) as queries, office_transaction(clerk) as log:
        for chain in ("unit-2", "office", "unit-10"):
            log.add("unit-change", chain=chain, ref="unit:1")
    opened = [
        chain
        for query in queries.captured_queries
        for chain in ("unit-10", "unit-2", "office")
        if "INTO" in query["sql"] and "audithead" in query["sql"] and f"'{chain}'" in query["sql"]
    ]

    assert opened == ["office", "unit-10", "unit-2"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_chain_costs_three_statements_however_many_entries_it_gets(
    trail, clerk, django_assert_num_queries, count
):
    savepoint_and_release = 2
    with (
        django_assert_num_queries(savepoint_and_release + 2 * 3),
        office_transaction(clerk) as log,
    ):
        for number in range(count):
            log.add("case-take", chain="unit-1", ref=f"case:{number}")
            log.add("case-take", chain="unit-2", ref=f"case:{number}")


def open_sheet_and_fail(clerk):
    with office_transaction(clerk) as log:
        log.add("sheet-open", chain="unit-1", ref="sheet:1")
        raise LookupError


def test_what_raises_leaves_nothing(clerk, stored):
    with pytest.raises(LookupError):
        open_sheet_and_fail(clerk)

    assert stored("unit-1") == ([], None)


def test_what_is_rolled_back_without_raising_leaves_nothing(clerk, stored):
    with office_transaction(clerk) as log:
        log.add("sheet-open", chain="unit-1", ref="sheet:1")
        transaction.set_rollback(True)

    assert stored("unit-1") == ([], None)


def test_an_entry_that_cannot_be_written_undoes_the_act(clerk, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("no space left")

    AuditHead.objects.create(chain="unit-9")
    monkeypatch.setattr("backoffice.audit.log._append", full)

    def change_and_log():
        with office_transaction(clerk) as log:
            AuditHead.objects.create(chain="unit-8")
            log.add("sheet-open", chain="unit-1", ref="sheet:1")

    with pytest.raises(OSError, match="no space left"):
        change_and_log()

    assert [head.chain for head in AuditHead.objects.all()] == ["unit-9"]


def test_an_inner_transaction_is_written_with_the_outer_one_in_order(clerk, stored):
    with office_transaction(clerk) as outer:
        outer.add("sheet-open", chain="unit-1", ref="sheet:1")
        with office_transaction() as inner:
            inner.add("sheet-close", chain="unit-1", ref="sheet:1")
        assert stored("unit-1") == ([], None)
        outer.add("sheet-file", chain="unit-1", ref="sheet:1")

    assert [row[:2] for row in stored("unit-1")[0]] == [
        (1, "sheet-open"),
        (2, "sheet-close"),
        (3, "sheet-file"),
    ]
    assert set(AuditEntry.objects.values_list("account_id", flat=True)) == {7}


def test_an_inner_transaction_may_be_somebody_elses(clerk):
    with (
        office_transaction(clerk),
        office_transaction(SimpleNamespace(pk=8, person_id=80)) as inner,
    ):
        inner.add("case-take", chain="unit-1", ref="case:1")

    assert list(AuditEntry.objects.values_list("account_id", "person_id")) == [(8, 80)]


@pytest.mark.parametrize("quietly", [False, True], ids=["raised and caught", "rolled back"])
def test_an_inner_transaction_that_is_undone_takes_its_entries_along(clerk, stored, quietly):
    with office_transaction(clerk) as outer:
        outer.add("sheet-open", chain="unit-1", ref="sheet:1")
        try:
            with office_transaction() as inner:
                AuditHead.objects.create(chain="unit-8")
                with office_transaction() as innermost:
                    innermost.add("case-take", chain="unit-1", ref="case:1")
                inner.add("sheet-close", chain="unit-2", ref="sheet:1")
                if not quietly:
                    raise LookupError
                transaction.set_rollback(True)
        except LookupError:
            pass
        outer.add("sheet-file", chain="unit-1", ref="sheet:1")

    assert [row[:2] for row in stored("unit-1")[0]] == [(1, "sheet-open"), (2, "sheet-file")]
    assert stored("unit-2") == ([], None)
    assert not AuditHead.objects.filter(chain="unit-8").exists()


def test_an_outer_transaction_that_raises_drops_what_inner_ones_logged(clerk, stored):
    def read_and_fail():
        with office_transaction(clerk):
            note("evidence-read", by=clerk, chain="unit-1", ref="evidence:1")
            raise LookupError

    with pytest.raises(LookupError):
        read_and_fail()

    assert stored("unit-1") == ([], None)


def test_a_transaction_after_one_that_raised_is_a_new_one(clerk, stored):
    with pytest.raises(LookupError):
        open_sheet_and_fail(clerk)
    note("evidence-read", by=clerk, chain="unit-1", ref="evidence:1")

    assert stored("unit-1") == ([(1, "evidence-read", "evidence:1", {})], 1)


def test_a_log_takes_nothing_after_its_transaction(clerk):
    with office_transaction(clerk) as log:
        pass

    with pytest.raises(RuntimeError, match="end of its transaction"):
        log.add("sheet-open", chain="unit-1", ref="sheet:1")


@pytest.mark.parametrize(
    "change",
    [
        {"act": "request-guess"},
        {"chain": "unit-x"},
        {"ref": "12"},
        {"digest": "ab"},
        {"name": "张三"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_must_not_be_logged_is_refused_at_once_and_undoes_the_act(clerk, change):
    entry = {"act": "request-edit", "chain": "unit-1", "ref": "correctionrequest:1"} | change
    taken = []

    def change_and_log():
        with office_transaction(clerk) as log:
            AuditHead.objects.create(chain="unit-8")
            log.add(**entry)
            taken.append(entry)

    with pytest.raises(ValueError):  # noqa: PT011 - its words are tested with facts and acts
        change_and_log()
    assert taken == []
    assert not AuditHead.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("nobody", [None, AnonymousUser()], ids=["none", "anonymous"])
def test_an_act_may_be_nobodys(clerk, nobody):
    with office_transaction(clerk) as log:
        log.add("sheet-close", chain="unit-1", ref="sheet:1", by=nobody)
    note("sheet-close", by=nobody, chain="unit-1", ref="sheet:2")

    assert list(AuditEntry.objects.values_list("account_id", "person_id")) == [(None, None)] * 2


def test_a_note_is_a_transaction_of_its_own(clerk, stored):
    note("audit-read", by=clerk, chain=OFFICE, ref="", rows=40)

    assert stored(OFFICE) == ([(1, "audit-read", "", {"rows": 40})], 1)


def test_a_chain_belongs_to_a_unit_or_to_the_office():
    assert chain_of(12) == chain_of(SimpleNamespace(pk=12)) == "unit-12"
    assert OFFICE == "office"


def test_a_unit_that_is_not_stored_has_no_chain():
    with pytest.raises(ValueError, match="a chain is"):
        chain_of(SimpleNamespace(pk=None))


def test_more_entries_than_one_statement_takes(clerk, stored):
    with office_transaction(clerk) as log:
        for number in range(1, 1102):
            log.add("request-edit", chain="unit-1", ref=f"correctionrequest:{number}")

    rows, last = stored("unit-1")
    assert [row[0] for row in rows] == list(range(1, 1102))
    assert last == 1101
