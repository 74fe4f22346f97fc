"""The register of decisions of a period, by HTTP, read back."""

import pytest
from builders.office import account, approved, filed
from builders.pdf_reading import page_texts
from django.urls import reverse
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import RequestEvent
from backoffice.desk.printing import register

pytestmark = pytest.mark.django_db

URL = reverse("printing:register")


@pytest.fixture
def at(client, office):
    def sign_in(who):
        client.force_login(getattr(office, who) if isinstance(who, str) else who)
        return client

    return sign_in


@pytest.fixture
def papers(monkeypatch):
    """Keep what would be printed."""
    kept = []
    monkeypatch.setattr(register, "render_pdf", lambda paper: kept.append(paper) or b"%PDF")
    return kept


def period(first=None, last=None):
    today = timezone.localdate().isoformat()
    return {"first": first or today, "last": last or today}


def test_the_register_lists_the_decisions_of_the_period(office, at):
    case = approved(office)
    filed(office)

    answer = at("reviewer").post(URL, period())

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = "".join(page_texts(answer.content))
    for part in (case.reference, "示例学习中心", "张三", "民族", "回族", "通过1项", "reviewer某"):
        assert part in text
    assert at("registrar").post(URL, period()).content == answer.content
    facts = AuditEntry.objects.filter(act="export").first().facts
    assert (facts["kind"], facts["lines"]) == ("decision-register", 1)


def test_days_are_local_days_with_both_ends(office, at, papers):
    event = approved(office).requests.get().events.get(event="approve")
    client = at("reviewer")

    for moment in ("2024-03-10T15:59:59.9Z", "2024-03-10T16:00Z", "2024-03-12T15:59Z"):
        RequestEvent.objects.filter(pk=event.pk).update(at=moment)
        client.post(URL, period("2024-03-11", "2024-03-12"))

    assert [len(paper.lines) for paper in papers] == [0, 1, 1]


def test_a_reviewer_of_another_branch_finds_nothing(office, at, papers):
    approved(office)

    at(account("reviewer", office.other_branch)).post(URL, period())

    assert [paper.lines for paper in papers] == [()]


@pytest.mark.parametrize(
    "posted",
    [{}, period(last="2020-01-01"), period("yesterday"), period("2024-01-01", "2025-01-01")],
)
def test_a_period_that_is_none_is_asked_again(office, at, papers, posted):
    answer = at("reviewer").post(URL, posted)

    assert (answer.status_code, papers) == (400, [])


def test_too_many_decisions_are_refused_in_words(office, at, papers, monkeypatch):
    monkeypatch.setattr(register, "MOST_LINES", 0)
    approved(office)

    assert (at("reviewer").post(URL, period()).status_code, papers) == (400, [])


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 200), ("registrar", 200), ("head", 403), ("auditor", 403), ("clerk", 403)],
)
def test_who_may_print_it(office, at, papers, who, status):
    assert at(who).get(URL).status_code == status
    assert at(who).post(URL, period()).status_code == status
    assert len(papers) == (status == 200)
