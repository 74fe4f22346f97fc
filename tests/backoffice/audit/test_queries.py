import pytest

from backoffice.audit.log import note, office_transaction
from backoffice.audit.queries import entries_about, entries_of_chains

pytestmark = pytest.mark.django_db


def test_the_history_of_a_thing_goes_through_all_chains_oldest_first(clerk):
    note("case-create", by=clerk, chain="unit-2", ref="case:1")
    note("case-create", by=clerk, chain="unit-2", ref="case:11")
    note("case-hand-over", by=clerk, chain="unit-1", ref="case:1")
    note("case-take", by=clerk, chain="unit-2", ref="case:1")

    assert [entry.act for entry in entries_about("case:1")] == [
        "case-create",
        "case-hand-over",
        "case-take",
    ]


def test_what_one_transaction_did_to_a_thing_keeps_its_order(clerk):
    acts = ["request-create", "request-edit", "request-submit", "request-withdraw"]
    with office_transaction(clerk) as log:
        for act in acts:
            log.add(act, chain="unit-1", ref="correctionrequest:1")

    assert [entry.act for entry in entries_about("correctionrequest:1")] == acts


def test_entries_of_chains_are_those_of_no_other(trail, clerk):
    note("sign-in", by=clerk, chain="office", ref="account:7")

    assert [(entry.chain, entry.sequence) for entry in entries_of_chains(["unit-2", "office"])] == [
        ("office", 1),
        ("unit-2", 1),
        ("unit-2", 2),
    ]
    assert list(entries_of_chains([])) == []
