"""Prints of request sheets, by HTTP, read back."""

import json
from io import StringIO

import pytest
from builders.office import (
    Wish,
    close,
    closed,
    identity_number,
    sheet_of,
    signed,
    student,
    submitted,
)
from builders.pdf_reading import page_picture, page_texts
from django.core.management import CommandError, call_command
from django.urls import reverse
from zxingcpp import read_barcodes

from backoffice.audit.models import AuditEntry
from backoffice.desk.printing import many, sheets
from backoffice.desk.printing.answers import MissingGlyph
from backoffice.desk.printing.sheet_paper import sheet_paper
from backoffice.sheets.models import RequestSheet
from backoffice.units.models import Unit
from backoffice.workflow.filing import find_revision
from statements.sheet_code import parse

pytestmark = pytest.mark.django_db

LIST = "admin:sheets_requestsheet_changelist"
OLD, NEW = identity_number(7001), identity_number(7002)


@pytest.fixture
def at(client, office):
    def sign_in(who):
        client.force_login(getattr(office, who))
        return client

    return sign_in


@pytest.fixture
def quick(monkeypatch):
    """Print nothing: for tests of who may print, and of what is logged."""
    monkeypatch.setattr(sheets, "render_pdf", lambda paper: b"%PDF one")
    monkeypatch.setattr(sheets, "render_joined", lambda papers, title: b"%%PDF %d" % len(papers))
    monkeypatch.setattr(many, "render_pdf", lambda paper: b"%PDF " + paper.number.encode())


def url(sheet):
    return reverse("printing:sheet", args=[sheet.pk])


def chosen(*keys, **changes):
    return {"action": "print_chosen", "_selected_action": list(keys), "index": "0"} | changes


def prints():
    return [
        (entry.ref, entry.digest, entry.facts)
        for entry in AuditEntry.objects.filter(act="sheet-print").order_by("pk")
    ]


def test_the_print_says_what_was_frozen_and_is_the_same_each_time(office, at):
    record = student(office.centre, id_number=OLD)
    kinds = ("id_card", "id_number_change_certificate")
    revision = closed(office, Wish("id_number", NEW, "change"), record=record, kinds=kinds)
    sheet = revision.sheet

    answer = at("branch_clerk").get(url(sheet))
    # Neither a new name of the unit nor of the student changes what was frozen.
    Unit.objects.filter(pk=sheet.unit_id).update(name="改名分部")
    type(record).objects.filter(pk=record.pk).update(name="李四")
    again = at("head").get(url(sheet))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert again.content == answer.content
    text = page_texts(answer.content)[0]
    for part in ("示例分部", "示例学习中心", "张三", OLD, NEW, record.number, revision.code):
        assert part in text
    found = read_barcodes(page_picture(answer.content))
    code = parse(found[0].text)
    assert (code.number, code.revision) == (sheet.number, 1)
    assert (code.lines_digest, code.chain_head) == (revision.lines_hash, revision.chain_hash)
    # What is printed for eyes is what filing asks for.
    assert find_revision(code.short, by=office.branch_clerk) == revision


def test_each_print_is_logged(office, at, quick):
    revision = signed(office)
    client = at("head")

    client.get(url(revision.sheet))
    client.get(url(revision.sheet))
    client.head(url(revision.sheet))

    entry = (f"requestsheet:{revision.sheet_id}", revision.lines_hash, {"revision": 1})
    assert prints() == [entry, entry]


def test_the_answer_is_kept_nowhere_and_has_a_name_of_ours(office, at, quick):
    revision = closed(office)

    answer = at("reviewer").get(url(revision.sheet))

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("inline; filename*=utf-8''%E5%AD%A6%E7%94%9F")
    assert disposition.endswith(f"-{revision.sheet.number}-R1.pdf")


def test_an_open_sheet_is_not_printed(office, at, quick):
    sheet = sheet_of(submitted(office))

    answer = at("branch_clerk").get(url(sheet))

    assert (answer.status_code, prints()) == (409, [])
    assert sheet.number in answer.content.decode()


def test_a_void_sheet_is_not_printed(office, at, quick):
    sheet = closed(office).sheet
    RequestSheet.objects.filter(pk=sheet.pk).update(state="void")

    assert at("branch_clerk").get(url(sheet)).status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("branch_clerk", 200),
        ("president", 200),
        ("registrar", 200),
        ("auditor", 403),
        ("clerk", 404),
        ("other_head", 404),
        ("administrator", 404),
    ],
)
def test_who_may_print(office, at, quick, who, status):
    sheet = closed(office).sheet

    assert at(who).get(url(sheet)).status_code == status
    assert len(prints()) == (status == 200)
    # Nothing that changes something is asked for by other methods.
    assert at(who).post(url(sheet)).status_code == 405


def test_a_character_that_no_face_has_is_named_with_whose_it_is(office, at, monkeypatch):
    sheet = closed(office, record=student(office.centre, name="张\U0002ffff")).sheet

    answer = at("head").get(url(sheet))

    page = answer.content.decode()
    assert (answer.status_code, prints()) == (409, [])
    assert "U+2FFFF" in page
    assert "张" in page


def test_several_sheets_are_one_file(office, at, quick):
    one, two = closed(office).sheet, signed(office).sheet

    answer = at("head").post(reverse(LIST), chosen(one.pk, two.pk))

    assert (answer.status_code, answer.content) == (200, b"%PDF 2")
    assert sorted(ref for ref, _digest, _facts in prints()) == sorted(
        f"requestsheet:{sheet.pk}" for sheet in (one, two)
    )


def test_really_joined(office, at):
    one, two = closed(office), closed(office)

    answer = at("head").post(reverse(LIST), chosen(one.sheet_id, two.sheet_id))

    texts = page_texts(answer.content)
    assert len(texts) == 2
    assert {one.code in text for text in texts} == {True, False}


@pytest.mark.parametrize("key", ["elsewhere", 987654, "abc", "²", "9" * 30])
def test_one_sheet_out_of_sight_and_none_is_printed(office, at, quick, key):
    mine = closed(office).sheet
    if key == "elsewhere":
        key = RequestSheet.objects.create(
            unit=office.other_branch, kind="correction", day="2020-01-01", number="360-1",
            policy="ouc-2016", state="closed",
        ).pk  # fmt: skip

    answer = at("head").post(reverse(LIST), chosen(mine.pk, key))

    assert (answer.status_code, prints()) == (404, [])


def test_one_open_sheet_and_none_is_printed(office, at, quick):
    mine, today = closed(office).sheet, sheet_of(submitted(office))

    answer = at("head").post(reverse(LIST), chosen(mine.pk, today.pk))

    assert (answer.status_code, prints()) == (409, [])


def test_more_than_one_file_takes_are_refused_in_words(office, at, quick, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_SHEETS", 1)
    one, two = closed(office).sheet, closed(office).sheet

    answer = at("head").post(reverse(LIST), chosen(one.pk, two.pk))

    assert (answer.status_code, prints()) == (409, [])


def test_who_may_not_print_is_offered_no_action(office, at, quick):
    one = closed(office).sheet
    client = at("auditor")

    assert "print_chosen" not in client.get(reverse(LIST)).content.decode()
    client.post(reverse(LIST), chosen(one.pk))
    assert prints() == []


def test_the_page_of_a_sheet_leads_to_its_print(office, at):
    shut, today = closed(office).sheet, sheet_of(submitted(office))
    client = at("head")
    page = {
        sheet: client.get(reverse("admin:sheets_requestsheet_change", args=[sheet.pk]))
        for sheet in (shut, today)
    }

    assert url(shut) in page[shut].content.decode()
    assert url(today) not in page[today].content.decode()


def test_whoever_signs_exceptional_cases_has_a_box_beside(office):
    ordinary = sheet_paper(closed(office))
    late = Wish("ethnicity", "满族", "entry_error")
    kinds = ("id_card", "enrolment_form")
    exceptional = sheet_paper(closed(office, late, kinds=kinds, cause="录入时看错"))

    labels = ["经办人（签字）", "负责人（签字）", "单位（盖章）", "日期"]
    assert [box.label for box in ordinary.boxes] == labels
    assert [box.label for box in exceptional.boxes] == [
        *labels[:2],
        "主管校长（签字）",
        *labels[2:],
    ]
    assert [line.remark for line in exceptional.lines] == ["特殊情况"]


def test_a_number_that_strayed_into_a_remark_is_masked(office):
    case = submitted(office, record=student(office.centre, id_number=OLD))
    type(case).objects.filter(pk=case.pk).update(remark=f"原证件{OLD}")

    (line,) = sheet_paper(close(office, sheet_of(case))).lines

    assert (line.remark, line.number) == (
        f"原证件{OLD[:3]}***********{OLD[-4:]}",
        case.record.number,
    )


@pytest.mark.parametrize(
    ("allowed", "loaded", "setting", "expected"),
    [
        (True, True, None, "样本"),
        (True, False, None, ""),
        (False, True, None, ""),
        (False, False, "作废", "作废"),
        (True, True, "", ""),
    ],
)
def test_the_watermark(office, settings, allowed, loaded, setting, expected):
    settings.OFFICE_ALLOWS_DEMO, settings.OFFICE_WATERMARK = allowed, setting
    if loaded:
        with sheets.office_transaction() as log:
            log.add("demo-load", chain="office", ref="")

    assert sheet_paper(closed(office)).watermark == expected


def run(*arguments):
    out = StringIO()
    code = 0
    try:
        call_command("print_sheets", *arguments, stdout=out)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


def test_the_command_prints_the_sheets_of_a_day(office, quick, tmp_path):
    revision = closed(office)
    day, number = revision.sheet.day, revision.sheet.number
    closed(office)

    code, said = run("--on", day.isoformat(), "--output", str(tmp_path / "out"), "--format", "json")

    report = json.loads(said)
    assert (code, report["counts"]) == (0, {"printed": 1, "faults": 0})
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{number}-R1.pdf"]
    assert report["printed"][0]["code"] == revision.code
    assert [ref for ref, _digest, _facts in prints()] == [f"requestsheet:{revision.sheet_id}"]


def test_the_command_says_what_it_did_not_print(office, quick, tmp_path):
    sheet = sheet_of(submitted(office))

    code, said = run("--on", sheet.day.isoformat(), "--output", str(tmp_path / "out"))

    assert (code, list((tmp_path / "out").iterdir())) == (1, [])
    assert sheet.number in said


def test_a_wrong_call_ends_with_two(office, tmp_path):
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(CommandError) as fault:
        call_command("print_sheets", on="2024-03-11", output=tmp_path / "file")
    assert fault.value.returncode == 2
    with pytest.raises(CommandError):
        call_command("print_sheets", "--on", "yesterday", "--output", str(tmp_path))


def test_one_that_cannot_be_printed_holds_up_no_other(office, monkeypatch):
    revisions = [closed(office), closed(office)]
    bad = revisions[0].sheet.number

    def render(paper):
        if paper.number == bad:
            raise MissingGlyph("\U0002ffff", "张三")
        return b"%PDF"

    monkeypatch.setattr(many, "render_pdf", render)

    done = list(many.rendered(revisions))

    assert [(revision, pdf) for revision, pdf, _why in done] == [
        (revisions[0], None),
        (revisions[1], b"%PDF"),
    ]
    assert "U+2FFFF" in done[0][2]
