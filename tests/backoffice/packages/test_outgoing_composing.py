"""Composing: what lies in a package, that it passes the check, and that it is always the same."""

import hashlib
import json

import openpyxl
import pytest
from builders.office import ETHNICITY, NAME, NAME_KINDS, again, scan, student
from builders.sending import (
    begun,
    composed,
    kept_files,
    members_of,
    no_report,
    order,
    sign,
    submitted_with_scans,
)
from django.core.files.base import ContentFile

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import CorrectionRequest
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.storing import evidence_storage
from backoffice.kept_findings import from_json
from backoffice.packages.models import OutgoingPackage
from backoffice.packages.outgoing_composing import compose
from backoffice.packages.outgoing_keeping import content_of
from backoffice.packages.outgoing_services import renew
from correctionkit.packages.manifest import MANIFEST_NAME, read_manifest

pytestmark = pytest.mark.django_db

TABLE = "附表2在籍生基本信息修改情况统计表.xlsx"
A, B = "2535001299011", "2535001299022"


def two_students(office):
    """Two enrolled students on a signed sheet: one changes the name, the other the ethnicity."""
    first = student(office.centre, number=A, name="张三")
    second = student(office.centre, number=B, name="李四")
    submitted_with_scans(office, NAME, kinds=NAME_KINDS, record=first, who=1)
    case = submitted_with_scans(office, ETHNICITY, record=second, who=2)
    return sign(office, case)


def test_a_package_holds_tables_folders_originals_and_manifest_and_passes_the_check(office):
    two_students(office)

    package = composed(office)

    (part,) = package.parts.all()
    files = members_of(part)
    assert (package.state, package.subject) == (
        "ready",
        "示例分部学生基本信息修改材料 第1批 2人 20261120",
    )
    assert sorted(files) == sorted(
        [
            TABLE,
            f"{A}张三/身份证.jpg",
            f"{A}张三/户口本.jpg",
            f"{B}李四/身份证.jpg",
            MANIFEST_NAME,
        ]
    )
    assert files[f"{B}李四/身份证.jpg"] == scan("id_card", 2)
    assert [each.code for each in from_json(part.findings)] == []
    assert (part.students, part.scans, part.errors) == (2, 3, 0)
    assert part.sha256 == hashlib.sha256(content_of(part)).hexdigest()
    named = read_manifest(files.pop(MANIFEST_NAME))
    assert named == {name: hashlib.sha256(each).hexdigest() for name, each in files.items()}
    assert set(part.lines.values_list("request", flat=True)) == set(
        CorrectionRequest.objects.values_list("pk", flat=True)
    )


def test_the_table_has_the_policys_columns_sorted_and_as_text(office, tmp_path):
    two_students(office)

    (part,) = composed(office).parts.all()

    (tmp_path / TABLE).write_bytes(members_of(part)[TABLE])
    sheet = openpyxl.load_workbook(tmp_path / TABLE).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] == "序号")
    assert [row[:9] for row in rows[head : head + 3]] == [
        ["序号", "分部", "学习中心", "学号", "姓名", "更正内容", "更正前", "更正后", "更正原因"],
        ["1", "示例分部", "示例学习中心", A, "张三", "姓名", "张三", "张叁", "信息变更"],
        ["2", "示例分部", "示例学习中心", B, "李四", "民族", "汉族", "回族", "信息变更"],
    ]


def test_the_same_content_gives_the_same_bytes(office):
    two_students(office)
    first = composed(office)

    second = compose(renew(first.pk, by=again(office.branch_clerk)).pk, report=no_report)

    assert (first.revision, second.revision) == (1, 2)
    assert first.parts.get().sha256 == second.parts.get().sha256
    assert first.parts.get().stored != second.parts.get().stored


def test_exceptional_cases_bring_a_report_and_the_signed_reports_of_their_causes(office):
    case = submitted_with_scans(office, record=student(office.centre, number=A, name="张三"))
    sign(office, case)
    CorrectionRequest.objects.update(exceptional=True)
    signed = b"%PDF-1.4 signed"
    name = evidence_storage().save("signed.original", ContentFile(signed))
    EvidenceFile.objects.create(
        case=case, kind="report", received_as="报告.pdf", original=name, format="PDF",
        size=len(signed), sha256=hashlib.sha256(signed).hexdigest(), uploaded_by=case.handler,
    )  # fmt: skip

    (part,) = composed(office).parts.all()

    files = members_of(part)
    assert files["学生信息修改报告.pdf"] == b"%PDF-1.7 report"
    assert files[f"特殊情况报告-{case.reference}.pdf"] == signed
    assert not any(finding.code == "file-unexpected" for finding in from_json(part.findings))


def test_evidence_that_is_not_what_was_received_is_told_and_nothing_is_kept(office):
    two_students(office)
    file = EvidenceFile.objects.first()
    evidence_storage().delete(file.original)
    evidence_storage().save(file.original, ContentFile(b"something else"))

    package = composed(office)

    assert (package.state, json.loads(package.faults)[0]["what"]) == ("faulty", "evidence-changed")
    assert kept_files() == []


def test_evidence_that_is_gone_is_told(office):
    two_students(office)
    evidence_storage().delete(EvidenceFile.objects.first().original)

    package = composed(office)

    assert json.loads(package.faults)[0]["what"] == "evidence-missing"


def test_a_request_that_was_sent_back_meanwhile_is_told(office):
    two_students(office)
    package = begun(office)
    CorrectionRequest.objects.filter(record__number=A).update(state="returned")

    package = compose(package.pk, report=no_report)

    assert json.loads(package.faults) == [{"what": "requests-moved", "params": {"count": 1}}]


def test_composing_again_does_nothing_more(office):
    two_students(office)
    package = composed(office)

    compose(package.pk, report=no_report)

    assert package.parts.count() == 1
    assert len(kept_files()) == 1


def test_what_fails_leaves_no_file_behind(office):
    two_students(office)
    package = begun(office)

    with pytest.raises(KeyboardInterrupt):
        compose(package.pk, report=no_report, hold=_interrupt)

    assert OutgoingPackage.objects.get().state == "composing"
    assert kept_files() == []


def test_parts_keep_the_limit_and_are_packages_of_their_own(office):
    for place in range(4):
        record = student(office.centre, number=f"25350012990{place}1", name="张三")
        case = submitted_with_scans(office, record=record, who=place)
    sign(office, case)
    limit = 1
    each = EvidenceFile.objects.first().size

    package = composed(office, limit_mb=limit)

    parts = list(package.parts.all())
    assert [part.subject for part in parts] == [
        f"示例分部学生基本信息修改材料 第1批 {part.students}人 20261120"
        f"（第{part.number}部分，共{len(parts)}部分）"
        for part in parts
    ]
    assert len(parts) > 1, each
    assert sum(part.students for part in parts) == 4
    for part in parts:
        assert part.size * 78 / 57 < limit * 1024**2
        assert part.errors == 0
        files = members_of(part)
        assert {TABLE, MANIFEST_NAME} <= set(files)
        assert part.lines.count() == part.students
    assert package.state == "ready"


def test_a_student_beyond_the_limit_is_told(office, monkeypatch):
    two_students(office)
    monkeypatch.setattr("backoffice.packages.outgoing_composing.most_bytes", lambda _mb: 100_000)

    package = composed(office)

    (fault,) = json.loads(package.faults)
    assert (fault["what"], fault["params"]["student"]) == ("student-too-large", f"{A}张三")


def test_composing_is_logged_without_names(office):
    two_students(office)

    package = composed(office)

    entry = AuditEntry.objects.get(ref=f"outgoingpackage:{package.pk}")
    assert (entry.act, entry.chain) == ("export", f"unit-{office.branch.pk}")
    assert entry.facts == {
        "kind": "package-composed", "batch": 1, "revision": 1, "lines": 2, "parts": 1, "errors": 0,
    }  # fmt: skip


def test_a_set_of_sheets_takes_their_lines_alone(office):
    sheet = two_students(office)
    case = submitted_with_scans(office, who=5)
    sign(office, case)

    package = composed(office, order(office, first=None, last=None, sheets=(sheet.pk,)))

    assert package.parts.get().students == 2


def _interrupt():
    raise KeyboardInterrupt
