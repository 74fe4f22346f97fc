import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.audit import guards, suspects
from backoffice.audit import verify as verification
from backoffice.audit.faults import Fault, FaultKind
from backoffice.audit.links import ZERO
from backoffice.audit.log import head_of, note, office_transaction
from backoffice.audit.models import AuditEntry, AuditHead
from backoffice.audit.verify import known_chains, verify, verify_head

pytestmark = pytest.mark.django_db

ENTRIES, HEADS = "audit_auditentry", "audit_audithead"
COLUMNS = "chain, sequence, at, account_id, person_id, act, ref, digest, facts, previous, hash"


def setting(column, value, sequence):
    return (
        f"UPDATE {ENTRIES} SET {column} = {value} WHERE chain = 'unit-1' AND sequence = {sequence}"  # noqa: S608 - no input
    )


def moving(sequence, to):
    return setting("sequence", to, sequence)


def removing(*sequences):
    places = ", ".join(map(str, sequences))
    return f"DELETE FROM {ENTRIES} WHERE chain = 'unit-1' AND sequence IN ({places})"  # noqa: S608 - no input


def copying(sequence, to, **changes):
    values = {"chain": "'unit-1'", "sequence": to} | changes
    chosen = ", ".join(str(values.get(name, name)) for name in COLUMNS.split(", "))
    return (
        f"INSERT INTO {ENTRIES} ({COLUMNS}) SELECT {chosen} FROM {ENTRIES}"  # noqa: S608 - no input
        f" WHERE chain = 'unit-1' AND sequence = {sequence}"
    )


def head(**values):
    chosen = ", ".join(f"{name} = {value}" for name, value in values.items())
    return f"UPDATE {HEADS} SET {chosen} WHERE chain = 'unit-1'"  # noqa: S608 - no input


def faults(chains=None):
    return sorted((fault.chain, fault.sequence, str(fault.kind)) for fault in verify(chains))


def in_unit_1(*found):
    return sorted(("unit-1", sequence, kind) for sequence, kind in found)


def test_what_nobody_touched_is_whole(trail):
    assert faults() == []
    assert known_chains() == ["unit-1", "unit-2"]


def test_a_trail_without_entries_is_whole(db):
    assert faults() == []
    assert faults(["unit-1"]) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2026-01-01 00:00:00'"),
        ("account_id", "8"),
        ("account_id", "NULL"),
        ("person_id", "71"),
        ("act", "'request-approve'"),
        ("ref", "'correctionrequest:9'"),
        ("digest", f"'{ZERO}'"),
        ("facts", "'{}'"),
        ("facts", """'{"n": "3"}'"""),
        ("previous", f"'{ZERO}'"),
    ],
)
def test_a_changed_entry_is_found(trail, tamper, column, value):
    tamper(setting(column, value, 3))

    assert faults() == in_unit_1((3, "changed"))


OTHER = f"'{'1' * 64}'"
TAMPERINGS = [
    pytest.param(
        [setting("hash", OTHER, 3)], [(3, "changed"), (4, "link-broken")], id="a hash changed"
    ),
    pytest.param(
        [setting("hash", OTHER, 6)], [(6, "changed")], id="the last hash changed"
    ),
    pytest.param([removing(1)], [(1, "removed")], id="the first removed"),
    pytest.param([removing(3)], [(3, "removed")], id="one removed"),
    pytest.param([removing(3, 4)], [(3, "removed")], id="neighbours removed"),
    pytest.param([removing(2, 4)], [(2, "removed"), (4, "removed")], id="two removed"),
    pytest.param([removing(6)], [(6, "tail-cut")], id="the last removed"),
    pytest.param([removing(5, 6)], [(5, "tail-cut")], id="the tail removed"),
    pytest.param([removing(1, 2, 3, 4, 5, 6)], [(1, "tail-cut")], id="all removed"),
    pytest.param(
        [
            removing(6),
            head(
                sequence=5,
                hash=f"(SELECT hash FROM {ENTRIES} WHERE chain = 'unit-1' AND sequence = 5)",  # noqa: S608 - no input
            ),
        ],
        [(5, "head-changed")],
        id="the last removed and the head set back",
    ),
    pytest.param([head(sequence=5)], [(5, "head-changed")], id="the head set back"),
    pytest.param([head(sequence=7)], [(7, "head-changed")], id="the head set forth"),
    pytest.param([head(hash=OTHER)], [(6, "head-changed")], id="the hash of the head changed"),
    pytest.param([head(seal="''")], [(6, "head-changed")], id="the seal of the head changed"),
    pytest.param(
        [f"DELETE FROM {HEADS} WHERE chain = 'unit-1'"],  # noqa: S608 - no input
        [(6, "head-missing")],
        id="the head removed",
    ),
    pytest.param(
        [moving(3, 99), moving(4, 3), moving(99, 4)],
        [(3, "reordered"), (4, "reordered"), (5, "link-broken")],
        id="neighbours swapped",
    ),
    pytest.param(
        [moving(1, 99), moving(6, 1), moving(99, 6)],
        [(1, "reordered"), (6, "reordered"), (2, "link-broken")],
        id="first and last swapped",
    ),
    pytest.param(
        [moving(2, 99), moving(3, 2), moving(4, 3), moving(99, 4)],
        [(2, "reordered"), (3, "reordered"), (4, "reordered"), (5, "link-broken")],
        id="three turned round",
    ),
    pytest.param(
        [removing(3), moving(5, 3)],
        [(3, "reordered"), (4, "link-broken"), (5, "removed")],
        id="one put in the place of another",
    ),
    pytest.param(
        [removing(3), moving(6, 3)],
        [(3, "reordered"), (4, "link-broken"), (6, "tail-cut")],
        id="the last put in the place of another",
    ),
    pytest.param([copying(6, 7)], [(7, "inserted")], id="one put in at the end"),
    pytest.param(
        [copying(3, 0)],
        [(0, "inserted"), (1, "link-broken")],
        id="one put in before the first",
    ),
    pytest.param(
        [copying(6, 9)], [(7, "removed"), (9, "inserted")], id="one put in beyond the end"
    ),
    pytest.param(
        [moving(6, 7), moving(5, 6), moving(4, 5), copying(3, 4, act="'request-approve'")],
        [(4, "inserted"), (5, "reordered"), (6, "reordered"), (7, "reordered")],
        id="one put in between and the rest moved on",
    ),
    pytest.param(
        [removing(3), moving(4, 3), moving(5, 4), moving(6, 5)],
        [(3, "reordered"), (4, "reordered"), (5, "reordered"), (6, "tail-cut")],
        id="one removed and the rest closed up",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "expected"), TAMPERINGS)
def test_tampering_is_found_and_named(trail, tamper, statements, expected):
    tamper(*statements)

    assert faults() == in_unit_1(*expected)


def test_an_entry_moved_to_another_chain_is_missed_here_and_found_there(trail, tamper):
    tamper(
        f"UPDATE {ENTRIES} SET chain = 'unit-2' WHERE chain = 'unit-1' AND sequence = 3"  # noqa: S608 - no input
    )

    assert faults() == [("unit-1", 3, "removed"), ("unit-2", 3, "inserted")]


def test_two_entries_of_one_number_are_found(trail, tamper):
    tamper(
        f"CREATE TABLE copied AS SELECT * FROM {ENTRIES}",  # noqa: S608 - no input
        f"DROP TABLE {ENTRIES}",
        f"ALTER TABLE copied RENAME TO {ENTRIES}",
        f"INSERT INTO {ENTRIES} SELECT * FROM {ENTRIES} WHERE chain = 'unit-1' AND sequence = 3",  # noqa: S608 - no input
    )

    assert faults() == in_unit_1((3, "duplicate"))


def test_a_sequence_number_that_is_none_is_found(trail, tamper):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps anything anywhere")
    tamper(setting("sequence", "'x'", 6), head(sequence="'y'"))

    assert faults() == in_unit_1((0, "changed"), (0, "head-changed"))


def test_only_the_chains_asked_for_are_verified(trail, tamper):
    tamper(removing(3))

    assert faults(["unit-2"]) == []
    assert faults(["unit-1"]) == in_unit_1((3, "removed"))


def test_a_value_of_another_type_is_a_changed_entry(trail, tamper):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps anything anywhere")
    tamper(
        setting("at", "'2026-13-41 00:00:00'", 2),
        setting("at", "7", 3),
        setting("at", "'never'", 5),
        setting("act", "x'00ff'", 6),
    )

    assert faults() == in_unit_1((2, "changed"), (3, "changed"), (5, "changed"), (6, "changed"))


def test_without_the_key_everything_is_at_fault(trail, settings):
    settings.OFFICE_DIGEST_KEY = "another"

    assert faults() == [
        *(("unit-1", number, "changed") for number in range(1, 6)),
        ("unit-1", 6, "changed"),
        ("unit-1", 6, "head-changed"),
        ("unit-2", 1, "changed"),
        ("unit-2", 2, "changed"),
        ("unit-2", 2, "head-changed"),
    ]


@pytest.mark.parametrize(("most", "kind"), [(2, "reordered"), (1, "changed")])
def test_beyond_the_bound_suspects_are_called_changed(trail, tamper, monkeypatch, most, kind):
    monkeypatch.setattr(suspects, "_MOST", most)
    tamper(moving(3, 99), moving(4, 3), moving(99, 4))

    assert faults() == in_unit_1((3, kind), (4, kind), (5, "link-broken"))


def printed(chain="unit-1"):
    end = head_of(chain)
    return chain, end.sequence, end.hash


def test_a_trail_put_back_to_an_older_state_shows_against_a_printed_head_only(trail, tamper):
    older = AuditHead.objects.get(chain="unit-1")
    note("sheet-close", by=None, chain="unit-1", ref="sheet:1")
    on_paper = printed()
    tamper(
        removing(7),
        head(sequence=6, hash=f"'{older.hash}'", seal=f"'{older.seal}'"),
    )

    assert faults() == []
    assert list(verify_head(*on_paper)) == [Fault("unit-1", 7, "tail-cut")]


def test_a_trail_that_went_on_from_an_older_state_shows_against_a_printed_head(trail, tamper):
    older = AuditHead.objects.get(chain="unit-1")
    note("sheet-close", by=None, chain="unit-1", ref="sheet:1")
    on_paper = printed()
    tamper(removing(7), head(sequence=6, hash=f"'{older.hash}'", seal=f"'{older.seal}'"))
    note("sheet-open", by=None, chain="unit-1", ref="sheet:2")

    assert faults() == []
    assert list(verify_head(*on_paper)) == [Fault("unit-1", 7, "changed")]


def test_an_older_head_put_back_is_found_by_the_entries_beyond_it(trail, tamper):
    older = AuditHead.objects.get(chain="unit-1")
    note("sheet-close", by=None, chain="unit-1", ref="sheet:1")
    tamper(head(sequence=6, hash=f"'{older.hash}'", seal=f"'{older.seal}'"))

    assert faults() == in_unit_1((6, "head-changed"))


@pytest.mark.parametrize("chain", ["unit-1", "unit-9"], ids=["that is there", "that is opened"])
def test_entries_appended_to_a_chain_while_it_is_read_are_no_fault(trail, monkeypatch, chain):
    read = verification._entries

    def append_and_read(chain):
        note("sheet-close", by=None, chain=chain, ref="sheet:1")
        yield from read(chain)
        note("sheet-open", by=None, chain=chain, ref="sheet:2")

    monkeypatch.setattr(verification, "_entries", append_and_read)

    assert faults([chain]) == []


def test_an_entry_of_a_branch_that_was_cut_off_is_linked_to_nothing(trail, tamper):
    older = AuditHead.objects.get(chain="unit-1")
    back = head(sequence=6, hash=f"'{older.hash}'", seal=f"'{older.seal}'")
    with office_transaction() as log:
        log.add("sheet-open", chain="unit-1", ref="sheet:1")
        log.add("sheet-close", chain="unit-1", ref="sheet:1")
    tamper(moving(8, 900), removing(7), back)
    with office_transaction() as log:
        log.add("sheet-open", chain="unit-1", ref="sheet:2")
        log.add("sheet-close", chain="unit-1", ref="sheet:2")
    tamper(removing(8), moving(900, 8))

    assert faults() == in_unit_1((8, "head-changed"), (8, "link-broken"))


def test_a_printed_head_stands_when_the_trail_went_on(trail):
    on_paper = printed()
    note("sheet-open", by=None, chain="unit-1", ref="sheet:2")

    assert list(verify_head(*on_paper)) == []
    assert list(verify_head(*on_paper[:2], on_paper[2][:8])) == []


def test_the_printed_head_of_an_empty_chain_is_zero(db):
    assert list(verify_head(*printed("unit-9"))) == []
    assert list(verify_head("unit-9", 0, "1" * 64)) == [Fault("unit-9", 0, "changed")]


def test_an_entry_removed_from_the_middle_shows_against_its_printed_head(trail, tamper):
    on_paper = ("unit-1", 3, AuditEntry.objects.get(chain="unit-1", sequence=3).hash)
    tamper(removing(3))

    assert list(verify_head(*on_paper)) == [Fault("unit-1", 3, "removed")]


def test_a_fault_is_told_in_words():
    with translation.override("en"):
        message = Fault("unit-1", 3, FaultKind.CHANGED).message

    assert message == "unit-1, no. 3: this entry was changed"


@pytest.mark.parametrize("count", [1, 40])
def test_verifying_takes_as_many_statements_however_many_entries(
    trail, clerk, count, django_assert_num_queries
):
    with office_transaction(clerk) as log:
        for _each in range(count):
            log.add("case-take", chain="unit-1", ref="case:1")

    with django_assert_num_queries(2 + 2 * 3):
        assert faults() == []


PLACES = st.integers(1, 8)
VALUES = {
    "account_id": st.sampled_from(["7", "8", "NULL"]),
    "act": st.sampled_from(["'request-edit'", "'request-approve'"]),
    "ref": st.sampled_from(["'correctionrequest:3'", "'correctionrequest:4'"]),
    "facts": st.sampled_from(["""'{"n": 3}'""", """'{"n":4}'""", "'{}'"]),
    "previous": st.sampled_from([OTHER, f"'{ZERO}'"]),
    "hash": st.sampled_from([OTHER, f"'{ZERO}'"]),
}
STEPS = st.one_of(
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda column: st.builds(setting, st.just(column), VALUES[column], PLACES)
    ),
    st.builds(removing, PLACES),
    st.builds(moving, PLACES, PLACES),
    st.builds(copying, PLACES, PLACES),
    st.builds(lambda number: head(sequence=number), PLACES),
    st.builds(lambda value: head(hash=value), st.sampled_from([OTHER, f"'{ZERO}'"])),
)


def content():
    columns = COLUMNS.split(", ")
    return (
        list(AuditEntry.objects.order_by("chain", "sequence").values_list(*columns)),
        list(AuditHead.objects.order_by("chain").values_list()),
    )


@settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=1, max_size=5))
def test_whatever_is_done_behind_the_log_is_found_unless_it_was_undone(trail, steps):
    before = content()
    with transaction.atomic():
        with guards.lifted(connection), connection.cursor() as cursor:
            for step in steps:
                run_if_there_is_room(cursor, step)
        assert bool(faults()) == (content() != before)
        transaction.set_rollback(True)


def run_if_there_is_room(cursor, statement):
    try:
        with transaction.atomic():
            cursor.execute(statement)
    except IntegrityError:
        pass
