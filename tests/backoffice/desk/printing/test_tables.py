"""Summary tables and the report of a unit and period, by HTTP, read back."""

from datetime import date

import pytest
from builders.office import (
    ETHNICITY,
    Wish,
    drafted,
    identity_number,
    request_of,
    student,
    submitted,
)
from builders.pdf_reading import page_texts
from django.urls import reverse
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import CorrectionRequest, RequestEvent
from backoffice.desk.printing import tables
from backoffice.policies.models import PolicyInForce

pytestmark = pytest.mark.django_db

TABLE, REPORT = reverse("printing:table"), reverse("printing:report")
OLD, NEW = identity_number(7001), identity_number(7002)
ID_KINDS = ("id_card", "id_number_change_certificate")


@pytest.fixture
def at(client, office):
    def sign_in(who):
        client.force_login(getattr(office, who))
        return client

    return sign_in


@pytest.fixture
def papers(monkeypatch):
    """Keep what would be printed."""
    kept = []
    monkeypatch.setattr(tables, "render_pdf", lambda paper: kept.append(paper) or b"%PDF")
    return kept


def asked(office, **changes):
    today = timezone.localdate().isoformat()
    fields = {"unit": office.branch.pk, "status": "enrolled", "first": today, "last": today}
    return fields | changes


def exports():
    return [entry.facts for entry in AuditEntry.objects.filter(act="export").order_by("pk")]


def identity_case(office, number="2535001299999"):
    record = student(office.centre, id_number=OLD, number=number)
    return submitted(office, Wish("id_number", NEW, "change"), record=record, kinds=ID_KINDS)


def exceptional(office):
    """A submitted request that the rules hold for exceptional, with its cause."""
    case = submitted(office)
    CorrectionRequest.objects.filter(case=case).update(exceptional=True)
    type(case).objects.filter(pk=case.pk).update(cause="注册时登记表字迹不清")
    return case


def test_the_table_has_the_columns_of_the_policy_and_whole_numbers(office, at):
    identity_case(office)

    answer = at("head").post(TABLE, asked(office))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    said = "".join(page_texts(answer.content))
    for part in (
        "附表2",
        "在籍生基本信息修改情况统计表",
        "更正前",
        OLD,
        NEW,
        "示例分部",
        "信息变更",
    ):
        assert part in said
    assert at("branch_clerk").post(TABLE, asked(office)).content == answer.content
    facts = exports()[0]
    assert (facts["kind"], facts["status"], facts["lines"]) == ("summary-table", "enrolled", 1)


def test_rows_are_sorted_by_number_and_are_of_one_status(office, at, papers):
    identity_case(office, "2535001299999")
    submitted(office, ETHNICITY, record=student(office.centre, number="2535001200005"))
    graduate = student(
        office.centre, status="graduated", certificate_number="511615201805123456",
        graduated_on=date(2018, 1, 1),
    )  # fmt: skip
    drafted(office, ETHNICITY, record=graduate)

    at("head").post(TABLE, asked(office))

    numbers = [line.cells[3] for line in papers[0].lines]
    assert numbers == ["2535001200005", "2535001299999"]
    assert [line.cells[0] for line in papers[0].lines] == ["1", "2"]


@pytest.mark.parametrize("state", ["draft", "returned", "withdrawn"])
def test_what_does_not_stand_as_submitted_is_left_out(office, at, papers, state):
    case = submitted(office)
    CorrectionRequest.objects.filter(case=case).update(state=state)

    at("head").post(TABLE, asked(office))

    assert papers[0].lines == ()


def test_days_are_local_days_with_both_ends(office, at, papers):
    event = request_of(submitted(office)).events.get(event="submit")
    client = at("head")

    for moment in ("2024-03-10T15:59:59.9Z", "2024-03-10T16:00Z", "2024-03-12T15:59Z"):
        RequestEvent.objects.filter(pk=event.pk).update(at=moment)
        client.post(TABLE, asked(office, first="2024-03-11", last="2024-03-12"))

    assert [len(paper.lines) for paper in papers] == [0, 1, 1]


def test_the_report_begins_with_words_that_can_be_changed(office, at, papers):
    identity_case(office)
    exceptional(office)
    client = at("head")

    page = client.post(REPORT, asked(office))
    texts = page.context["form"].initial

    assert (page.status_code, exports()) == (200, [])
    assert "共申请修改2项，其中信息变更2项" in texts["opening"]
    words = {name: texts[name] for name in ("causes", "closing")} | {"opening": "一\n\n二 "}
    client.post(REPORT, asked(office) | words)
    assert papers[0].opening == ("一", "二")
    assert [(line.number, line.cause) for line in papers[0].lines] == [
        (CorrectionRequest.objects.get(exceptional=True).record.number, "注册时登记表字迹不清")
    ]
    assert [(row.status, row.numbers) for row in papers[0].counts] == [("在籍生", (2, 0))]
    assert [box.label for box in papers[0].boxes] == ["主管校长（签字）", "学校公章"]
    assert [facts["kind"] for facts in exports()] == ["correction-report"]


def test_an_ordinary_report_is_signed_by_the_head_of_student_records(office, at):
    identity_case(office)

    answer = at("head").post(REPORT, asked(office, opening="报告如下。", closing="请予审批。"))

    said = "".join(page_texts(answer.content))
    for part in ("报告如下。", "请予审批。", "分部学籍主管处长（签字）", "附表2"):
        assert part in said
    assert NEW not in said


@pytest.mark.parametrize("address", [TABLE, REPORT])
def test_of_another_unit_nothing_is_printed(office, at, papers, address):
    answer = at("other_head").post(address, asked(office, opening="甲"))

    assert (answer.status_code, papers) == (400, [])


@pytest.mark.parametrize("address", [TABLE, REPORT])
@pytest.mark.parametrize(
    "changes",
    [{"unit": "x"}, {"unit": ""}, {"first": "yesterday"}, {"last": "1999-01-01"}],
)
def test_what_is_no_unit_or_period_is_asked_again(office, at, papers, address, changes):
    answer = at("head").post(address, asked(office, opening="甲") | changes)

    assert (answer.status_code, papers) == (400, [])


def test_without_a_policy_or_a_table_of_the_status_it_is_said(office, at, papers):
    client = at("head")
    assert client.post(TABLE, asked(office, status="withdrawn")).status_code == 400
    PolicyInForce.objects.all().delete()

    assert client.post(TABLE, asked(office)).status_code == 400
    assert papers == []


def test_too_many_requests_are_refused_in_words(office, at, papers, monkeypatch):
    monkeypatch.setattr(tables, "MOST_LINES", 0)
    submitted(office)

    assert (at("head").post(TABLE, asked(office)).status_code, papers) == (400, [])


@pytest.mark.parametrize(
    ("who", "status"), [("head", 200), ("clerk", 200), ("auditor", 403), ("administrator", 403)]
)
def test_who_may_print_them(office, at, papers, who, status):
    client = at(who)

    assert {client.get(address).status_code for address in (TABLE, REPORT)} == {status}


def test_the_list_of_sheets_leads_there(office, at):
    place = reverse("admin:sheets_requestsheet_changelist")

    assert TABLE in at("head").get(place).content.decode()
    assert TABLE not in at("auditor").get(place).content.decode()
