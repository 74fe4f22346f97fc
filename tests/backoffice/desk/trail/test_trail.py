import csv
import io
from datetime import datetime, timedelta

import pytest
from builders.office import PASSWORD, account, student
from django.urls import reverse
from django.utils import timezone

from backoffice.audit import log as audit_log
from backoffice.audit.log import OFFICE, chain_of, note
from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import verify
from backoffice.units.models import Person

LIST = reverse("admin:audit_auditentry_changelist")
EXPORT = reverse("admin:audit_auditentry_export")


@pytest.fixture
def entries(office):
    """Log one act in each of three chains, by three people."""
    made = []
    for by, where in ((office.clerk, office.centre), (office.other_clerk, office.other_centre)):
        note("case-create", by=by, chain=chain_of(where), ref=f"case:{by.pk}", kind="basic")
        made.append(AuditEntry.objects.get(chain=chain_of(where)))
    note("unit-change", by=office.registrar, chain=OFFICE, ref="unit:1")
    return [*made, AuditEntry.objects.get(chain=OFFICE, act="unit-change")]


@pytest.fixture
def branch_auditor(office):
    """Return an auditor of one branch."""
    return account("auditor", office.branch)


def shown(page):
    return {each.pk for each in page.context["cl"].result_list} - signing_in()


def signing_in():
    acts = ("sign-in", "audit-read", "audit-export")
    return set(AuditEntry.objects.filter(act__in=acts).values_list("pk", flat=True))


def page_of(entry):
    return reverse("admin:audit_auditentry_change", args=[entry.pk])


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.mark.parametrize(
    "who", ["clerk", "head", "president", "reviewer", "registrar", "administrator", "other_clerk"]
)
def test_only_auditors_read_the_trail(office, entries, client, who):
    client.force_login(getattr(office, who))

    assert client.get(LIST).status_code == 403
    assert client.get(page_of(entries[0])).status_code == 404
    assert client.post(EXPORT).status_code == 403


def test_an_auditor_of_the_office_reads_all_chains(office, entries, client):
    client.force_login(office.auditor)

    assert shown(client.get(LIST)) == {each.pk for each in entries}


def test_an_auditor_of_a_branch_reads_its_chains_and_the_offices(branch_auditor, entries, client):
    mine, other, offices = entries
    client.force_login(branch_auditor)

    assert shown(client.get(LIST)) == {mine.pk, offices.pk}
    assert client.get(page_of(mine)).status_code == 200
    assert client.get(page_of(other)).status_code == 404
    exported = rows_of(client.post(EXPORT))
    assert other.hash not in {row[-1] for row in exported}


def test_the_list_names_people_accounts_and_units(office, entries, client):
    client.force_login(office.auditor)

    text = client.get(LIST).content.decode()

    assert "clerk某 (clerk)" in text
    assert "示例学习中心" in text
    assert f"case:{office.clerk.pk}" in text


def test_an_entry_whose_person_is_gone_is_still_shown(office, client):
    gone = Person.objects.create(name="走了")
    note("unit-change", by=gone, chain=OFFICE, ref="unit:1")
    entry = AuditEntry.objects.get(act="unit-change")
    Person.objects.filter(pk=gone.pk).delete()
    client.force_login(office.auditor)

    assert client.get(LIST).status_code == 200
    assert client.get(page_of(entry)).status_code == 200


def test_reading_the_trail_is_logged(office, entries, client):
    client.force_login(office.auditor)

    client.get(LIST, {"act": "case-create", "day": "2026-11-21", "account": str(office.clerk.pk)})
    client.get(page_of(entries[0]))

    listed, opened = AuditEntry.objects.filter(act="audit-read").order_by("pk")
    assert (listed.chain, listed.ref, listed.account_id) == ("office", "", office.auditor.pk)
    assert listed.facts == {
        "of_act": "case-create",
        "of_day": "2026-11-21",
        "of_account": str(office.clerk.pk),
        "searched": False,
    }
    assert opened.ref == f"auditentry:{entries[0].pk}"
    assert list(verify()) == []


@pytest.mark.parametrize(
    "query",
    [
        {"act": "张三"},
        {"day": "11010519491231002X"},
        {"account": "11010519491231002X"},
        {"account": "9" * 40},
        {"day": "2026-02-30"},
        {"act": "x" * 300},
    ],
)
def test_an_address_that_makes_no_sense_is_no_fault_and_not_kept(office, entries, client, query):
    client.force_login(office.auditor)

    answer = client.get(LIST, query)

    assert answer.status_code in {200, 302}
    assert not any("11010519491231002X" in str(each.facts) for each in AuditEntry.objects.all())
    assert not any("张三" in str(each.facts) for each in AuditEntry.objects.all())


def test_entries_are_filtered_by_act_and_account(office, entries, client):
    mine, other, offices = entries
    client.force_login(office.auditor)

    assert shown(client.get(LIST, {"act": "case-create"})) == {mine.pk, other.pk}
    assert shown(client.get(LIST, {"account": office.clerk.pk})) == {mine.pk}
    assert shown(client.get(LIST, {"act": "unit-change", "account": office.clerk.pk})) == set()
    assert offices.pk in shown(client.get(LIST))


def test_a_day_is_a_local_one(office, monkeypatch, client):
    midnight = datetime(2026, 3, 2, tzinfo=timezone.get_current_timezone())
    for shift in (-1, 0, 24 * 3600 - 1, 24 * 3600):
        at = midnight + timedelta(seconds=shift)
        monkeypatch.setattr(audit_log.timezone, "now", lambda at=at: at)
        note("unit-change", by=None, chain=OFFICE, ref=f"unit:{shift % 1000 + 1}")
    monkeypatch.undo()
    client.force_login(office.auditor)

    page = client.get(LIST, {"day": "2026-03-02"})

    assert [each.at - midnight for each in page.context["cl"].result_list] == [
        timedelta(seconds=24 * 3600 - 1),
        timedelta(0),
    ]


@pytest.mark.parametrize(
    ("typed", "found"), [("clerk", [0]), ("clerk某", [0]), ("unit:1", [2]), ("nobody", [])]
)
def test_entries_are_found_by_account_person_and_reference(office, entries, client, typed, found):
    client.force_login(office.auditor)

    page = client.post(reverse("admin:audit_auditentry_search"), {"text": typed}, follow=True)

    assert shown(page) == {entries[each].pk for each in found}


def test_a_failed_sign_in_is_found_by_the_name_that_was_tried(office, client):
    client.login(username="nobody-here", password=PASSWORD)
    client.force_login(office.auditor)

    page = client.post(
        reverse("admin:audit_auditentry_search"), {"text": "nobody-here"}, follow=True
    )

    assert [each.act for each in page.context["cl"].result_list] == ["sign-in-failed"]


def test_facts_that_say_nothing_are_left_out(office, client):
    note("unit-change", by=None, chain=OFFICE, ref="unit:1", reason=None, fields=["code", "name"])
    client.force_login(office.auditor)

    page = client.get(page_of(AuditEntry.objects.get(act="unit-change")))

    assert page.context["shown"].facts == (("fields", "code, name"),)


def test_an_entry_says_whether_it_is_as_it_was_written(office, entries, client):
    from django.db import connection

    from backoffice.audit.guards import lifted

    client.force_login(office.auditor)
    assert client.get(page_of(entries[0])).context["is_whole"]

    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_auditentry SET act = 'case-take' WHERE id = %s", [entries[0].pk]
        )

    assert not client.get(page_of(entries[0])).context["is_whole"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nobody_writes_to_the_trail(office, entries, client, method):
    client.force_login(office.auditor)

    assert getattr(client, method)(page_of(entries[0]), {"act": "x"}).status_code == 403
    assert client.get(reverse("admin:audit_auditentry_add")).status_code == 403
    delete = reverse("admin:audit_auditentry_delete", args=[entries[0].pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_the_trail_is_exported_by_posting_only(office, client):
    client.force_login(office.auditor)

    assert client.get(EXPORT).status_code == 405


def test_what_is_exported_is_what_the_list_shows(office, entries, client):
    client.force_login(office.auditor)

    answer = client.post(f"{EXPORT}?act=case-create")
    rows = rows_of(answer)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="audit-2')
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1
    mine = entries[0]
    (row,) = [row for row in rows if row[0] == mine.chain]
    assert row[1] == "1"
    assert row[3:8] == [
        str(office.clerk.pk),
        "clerk",
        str(office.clerk.person_id),
        "clerk某",
        "case-create",
    ]
    assert row[9:] == [mine.ref, "", '{"kind": "basic"}', mine.previous, mine.hash]
    (entry,) = AuditEntry.objects.filter(act="audit-export")
    assert entry.facts == {"entries": 2, "of_act": "case-create", "searched": False}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_becomes_a_formula(office, client, sign):
    Person.objects.filter(pk=office.clerk.person_id).update(name=f"{sign}1+1")
    note("case-create", by=office.clerk, chain=chain_of(office.centre), ref="case:1")
    client.force_login(office.auditor)

    rows = rows_of(client.post(f"{EXPORT}?act=case-create"))

    assert rows[1][6] == f"'{sign}1+1"


def test_a_long_export_is_whole(office, client):
    with audit_log.office_transaction(office.clerk) as log:
        for place in range(1001):
            log.add("case-create", chain=chain_of(office.centre), ref=f"case:{place + 1}")
    client.force_login(office.auditor)

    rows = rows_of(client.post(f"{EXPORT}?act=case-create"))

    assert [row[9] for row in rows[1:]] == [f"case:{place + 1}" for place in range(1001)]


def test_the_list_takes_as_many_queries_for_few_rows_as_for_many(
    office, client, django_assert_max_num_queries
):
    note("case-create", by=office.clerk, chain=chain_of(office.centre), ref="case:1")
    client.force_login(office.auditor)
    client.get(LIST)
    with django_assert_max_num_queries(40) as few:
        client.get(LIST)
    for by in (office.clerk, office.head, office.reviewer, office.registrar):
        for where in (office.centre, office.branch, office.headquarters):
            note("case-create", by=by, chain=chain_of(where), ref="case:1")
    with django_assert_max_num_queries(40) as many:
        client.get(LIST)

    assert len(many) == len(few)


def test_no_page_of_the_trail_holds_a_number_of_a_student(office, client):
    record = student(office.centre, id_number="11010519491231002X")
    client.force_login(office.clerk)
    client.post(reverse("admin:roll_studentrecord_reveal", args=[record.pk]))
    client.force_login(office.auditor)

    text = client.get(LIST).content.decode()

    assert f"studentrecord:{record.pk}" in text
    assert "11010519491231002X" not in text
    assert record.number not in text
