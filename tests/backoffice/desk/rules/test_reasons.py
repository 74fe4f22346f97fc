import pytest
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import DecisionReason

ADD = "admin:corrections_decisionreason_add"
LIST = "admin:corrections_decisionreason_changelist"
FORM = {
    "code": "scan-upside-down",
    "verdict": "return",
    "words_zh": "图片倒置",
    "words_en": "The scan is upside down",
    "in_use": "on",
    "position": "7",
}


def change_of(reason):
    return reverse("admin:corrections_decisionreason_change", args=[reason.pk])


def test_a_reason_is_added_and_that_is_logged(office, client):
    client.force_login(office.registrar)

    assert client.post(reverse(ADD), FORM).status_code == 302

    made = DecisionReason.objects.get(code="scan-upside-down")
    assert (made.verdict, made.opinion_needed, made.in_use) == ("return", False, True)
    (entry,) = AuditEntry.objects.filter(act="setting-change")
    assert (entry.chain, entry.ref) == ("office", f"decisionreason:{made.pk}")
    assert entry.facts["added"] is True


def test_a_reason_is_reworded_and_taken_out_of_use(office, client):
    reason = DecisionReason.objects.filter(verdict="return").first()
    code = reason.code
    client.force_login(office.registrar)

    answer = client.post(
        change_of(reason),
        {"words_zh": "改后", "words_en": "Anew", "position": "3", "code": "x", "verdict": "reject"},
    )

    assert answer.status_code == 302
    reason.refresh_from_db()
    assert (reason.code, reason.verdict, reason.words_zh, reason.in_use) == (
        code,
        "return",
        "改后",
        False,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "no spaces"}, "code"),
        ({"words_zh": ""}, "words_zh"),
        ({"verdict": "apply"}, "verdict"),
    ],
)
def test_a_reason_that_cannot_be_is_refused_at_its_field(office, client, changes, field):
    client.force_login(office.registrar)

    answer = client.post(reverse(ADD), FORM | changes)

    assert list(answer.context["adminform"].form.errors) == [field]


def test_reasons_are_never_deleted(office, client):
    reason = DecisionReason.objects.first()
    client.force_login(office.registrar)

    answer = client.post(
        reverse("admin:corrections_decisionreason_delete", args=[reason.pk]), {"post": "yes"}
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("who", "sees", "adds"),
    [
        ("registrar", 200, 200),
        ("auditor", 200, 403),
        ("clerk", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_who_sees_and_who_keeps_the_list(office, client, who, sees, adds):
    client.force_login(getattr(office, who))

    assert client.get(reverse(LIST)).status_code == sees
    assert client.get(reverse(ADD)).status_code == adds
