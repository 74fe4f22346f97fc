"""Papers of one case, by HTTP, read back."""

from io import BytesIO

import pikepdf
import pytest
from builders.office import (
    NAME,
    NAME_KINDS,
    Wish,
    again,
    approved,
    drafted,
    filed,
    identity_number,
    request_of,
    scan,
    student,
    submitted,
)
from builders.pdf_reading import archive_faults, page_texts
from builders.uploads import stored, upload
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import DecisionReason
from backoffice.corrections.states import Event
from backoffice.desk.printing import archive_paper, cases
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.services import add_evidence
from backoffice.evidence.storing import evidence_storage
from backoffice.workflow.deciding import decide
from statements.rendering import merging

pytestmark = pytest.mark.django_db

NAMES = ("cover", "bundle", "notice", "case_file")
OLD, NEW = identity_number(7001), identity_number(7002)
ID_KINDS = ("id_card", "id_number_change_certificate")


@pytest.fixture
def at(client, office):
    def sign_in(who):
        client.force_login(getattr(office, who))
        return client

    return sign_in


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(cases, "render_pdf", lambda paper: b"%PDF one")
    monkeypatch.setattr(cases, "render_bundle", lambda cover, scans: b"%%PDF %d" % len(scans))


def url(name, case):
    return reverse(f"printing:{name}", args=[case.pk])


def exports():
    rows = AuditEntry.objects.filter(act="export").order_by("pk")
    return [(entry.ref, entry.facts) for entry in rows]


def text(pdf):
    return "".join(page_texts(pdf))


def scanned(office):
    """A draft with one real scan of an identity card."""
    case = drafted(office, Wish("id_number", NEW, "change"), record=student(office.centre))
    add_evidence(case.pk, "id_card", upload(scan()), by=office.clerk)
    return case


def test_cover_and_bundle_list_what_is_enclosed_and_what_is_missing(office, at):
    case = scanned(office)
    file = case.evidence.get()
    client = at("clerk")

    cover = client.get(url("cover", case)).content
    bundle = client.get(url("bundle", case)).content

    said = text(cover)
    for part in ("张三", case.record.number, "身份证", "第1页", file.sha256[:12].upper(), "尚缺"):
        assert part in said
    assert NEW not in said
    assert len(page_texts(bundle)) == 2
    assert client.get(url("bundle", case)).content == bundle
    assert [facts["kind"] for _ref, facts in exports()] == [
        "evidence-cover",
        "evidence-bundle",
        "evidence-bundle",
    ]


def test_a_scan_that_is_gone_is_told(office, at):
    case = scanned(office)
    for name in list(evidence_storage().listdir("")[1]):
        evidence_storage().delete(name)

    answer = at("clerk").get(url("bundle", case))

    assert (answer.status_code, exports()) == (409, [])


def test_the_notice_says_what_was_decided_and_what_to_do(office, at):
    case = filed(
        office,
        NAME,
        Wish("id_number", NEW, "change"),
        record=student(office.centre, id_number=OLD),
        kinds=(*NAME_KINDS, *ID_KINDS),
    )
    reason = DecisionReason.objects.filter(verdict="return", opinion_needed=False).first()
    decide(request_of(case, "name").pk, Event.APPROVE, by=again(office.reviewer))
    decide(
        request_of(case, "id_number").pk,
        Event.RETURN,
        by=again(office.reviewer),
        code=reason.code,
        opinion="请核对原件",
    )

    answer = at("clerk").get(url("notice", case))

    said = text(answer.content)
    for part in ("示例分部：", "张叁", "通过", "退回", reason.words_zh, "请核对原件"):
        assert "".join(part.split()) in said
    assert OLD not in said
    assert NEW not in said
    assert at("head").get(url("notice", case)).content == answer.content


def test_without_a_decision_there_is_no_notice(office, at):
    case = filed(office)

    answer = at("branch_clerk").get(url("notice", case))

    assert (answer.status_code, exports()) == (409, [])


def test_the_case_file_holds_history_and_originals(office, at):
    case = scanned(office)
    original = stored(case.evidence.get().original)

    answer = at("registrar").get(url("case_file", case))

    assert answer["Content-Disposition"].startswith("attachment; ")
    assert archive_faults(answer.content, "3") == []
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        kept = {each.filename: each.get_file().read_bytes() for each in pdf.attachments.values()}
    assert kept == {"01-身份证.jpg": original}
    assert case.evidence.get().sha256 in text(answer.content)
    assert NEW in text(answer.content)
    assert exports() == [(f"case:{case.pk}", {"kind": "case-file", "originals": True})]


def test_an_original_that_does_not_fit_into_the_file_is_told_as_kept_elsewhere(
    office, at, monkeypatch
):
    case = scanned(office)
    add_evidence(case.pk, "household_register", upload(scan("household_register")), by=office.clerk)
    smaller, larger = sorted(case.evidence.all(), key=lambda file: file.size)
    monkeypatch.setattr(archive_paper, "MOST_ATTACHED", larger.size)

    answer = at("registrar").get(url("case_file", case))

    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.attachments) == 1
    for part in ("共1份。另有1份超出本文件容量，另行保存。", smaller.sha256, larger.sha256):
        assert part in text(answer.content)


def test_scans_too_large_for_one_file_are_told(office, at, monkeypatch):
    monkeypatch.setattr(merging, "MOST_BYTES", 10_000)

    answer = at("clerk").get(url("bundle", scanned(office)), headers={"accept-language": "en"})

    assert (answer.status_code, exports()) == (409, [])
    assert "more room than one file may have" in answer.content.decode()


def test_the_case_file_tells_the_steps_in_chinese_whatever_the_page(office, at, settings):
    case = approved(office)
    EvidenceFile.objects.filter(case=case).update(removed_at=case.created_at)
    client = at("registrar")

    answer = client.get(url("case_file", case), headers={"accept-language": "en"})

    said = text(answer.content)
    for part in ("民族：提交", "民族：通过", "reviewer某", "回族"):
        assert part in said


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("clerk", (200, 200, 200, 403)),
        ("reviewer", (200, 200, 200, 403)),
        ("registrar", (200, 200, 200, 200)),
        # Auditors state a purpose first.
        ("auditor", (403, 403, 403, 403)),
        ("other_head", (404, 404, 404, 404)),
        ("administrator", (404, 404, 404, 404)),
    ],
)
def test_who_may_print_what(office, at, quick, who, statuses):
    case = approved(office)
    EvidenceFile.objects.filter(case=case).update(removed_at=case.created_at)
    client = at(who)

    assert tuple(client.get(url(name, case)).status_code for name in NAMES) == statuses
    assert len(exports()) == statuses.count(200)
    assert {client.post(url(name, case)).status_code for name in NAMES} == {405}


def test_an_auditor_prints_for_a_purpose_without_originals(office, at, quick):
    case = submitted(office)
    client = at("auditor")
    client.post(reverse("admin:corrections_case_reveal", args=[case.pk]), {"purpose": "年度抽查"})

    assert client.get(url("case_file", case)).status_code == 200
    (_ref, facts) = exports()[-1]
    assert (facts["kind"], facts["originals"], len(facts["purpose"])) == ("case-file", False, 64)


def test_the_page_of_a_case_offers_its_papers(office, at):
    case = approved(office)
    page = reverse("admin:corrections_case_change", args=[case.pk])

    offered = {
        who: [name for name in NAMES if url(name, case) in at(who).get(page).content.decode()]
        for who in ("clerk", "registrar")
    }

    assert offered == {"clerk": ["cover", "bundle", "notice"], "registrar": list(NAMES)}
