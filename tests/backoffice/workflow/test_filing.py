"""The signed sheet comes back: by its code, with its scan, all lines or none."""

from dataclasses import replace

import pytest
from builders.office import (
    again,
    close,
    closed,
    filed,
    request_of,
    sheet_of,
    signed,
    signed_page,
    student,
    submitted,
)

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import CorrectionRequest
from backoffice.sheets.models import RequestSheet, SignedScan
from backoffice.workflow.filing import file_sheet, find_printed, find_revision
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.sheeting import close_sheet
from backoffice.workflow.signing import sign_sheet, withdraw
from statements.sheet_code import SheetCode

pytestmark = pytest.mark.django_db


def refused(refusal):
    return pytest.raises(Refused, match=f"^{refusal.name}$")


def test_all_lines_are_filed_and_the_scan_is_kept(office):
    first = submitted(office)
    second = submitted(office)
    revision = close(office, sheet_of(first))
    sign_sheet(revision.sheet_id, by=again(office.head), revision=1)
    pages = [signed_page(), signed_page()]

    sheet = file_sheet(revision.code, pages, by=again(office.branch_clerk))

    assert (sheet.state, sheet.filed_at is not None) == ("filed", True)
    assert {request_of(first).state, request_of(second).state} == {"filed"}
    kept = SignedScan.objects.filter(revision=revision)
    assert [(scan.position, scan.stored, scan.uploaded_by) for scan in kept] == [
        (1, pages[0].original, office.branch_clerk.person),
        (2, pages[1].original, office.branch_clerk.person),
    ]
    entry = AuditEntry.objects.get(act="sheet-file")
    assert entry.digest == revision.lines_hash
    assert entry.facts == {
        "revision": 1,
        "scans": [page.sha256 for page in pages],
        "code": "typed",
        "pages": 2,
        "warnings": [],
    }


def lower(code):
    return code.lower()


def spaced(code):
    return f"  {' '.join(code)}\t"


def wide(code):
    return "".join(chr(ord(letter) + 0xFEE0) for letter in code)


def dashed(code):
    return code.replace("-", "—")


@pytest.mark.parametrize("typed", [str, lower, spaced, wide, dashed])
def test_a_code_is_found_however_it_is_typed(office, typed):
    revision = signed(office)

    assert find_revision(typed(revision.code), by=again(office.branch_clerk)) == revision


@pytest.mark.parametrize(
    "change", [lambda code: code[:-1], lambda code: code + "A", lambda code: ""]
)
def test_a_code_that_is_not_whole_is_unknown(office, change):
    revision = signed(office)

    with refused(Refusal.CODE_UNKNOWN):
        find_revision(change(revision.code), by=again(office.branch_clerk))


def test_the_code_of_another_unit_is_as_unknown_as_one_that_does_not_exist(office):
    theirs = submitted(office, record=student(office.other_centre), by=again(office.other_clerk))
    sheet = close_sheet(sheet_of(theirs).pk, by=again(office.other_head))
    revision = sheet.revision_in_force

    messages = []
    for code in (revision.code, "350-20261121-9-R1-AAAAAAAA"):
        with refused(Refusal.CODE_UNKNOWN) as caught:
            file_sheet(code, [signed_page()], by=again(office.branch_clerk))
        messages.append(caught.value.message)
    assert messages[0] == messages[1]


def test_a_print_of_other_lines_than_the_frozen_ones_is_refused(office):
    revision = signed(office)
    code = SheetCode(
        revision.sheet.number, revision.number, revision.lines_hash, revision.chain_hash
    )
    # The short form has the beginning of the lines' digest alone.
    lines = replace(code, lines_digest=code.lines_digest[:-1] + other(code.lines_digest[-1]))
    chain = replace(code, chain_head=other(code.chain_head[0]) + code.chain_head[1:])

    assert find_printed(code, by=again(office.branch_clerk)) == revision
    for foreign in (lines, chain):
        with refused(Refusal.PRINT_UNKNOWN) as caught:
            find_printed(foreign, by=again(office.branch_clerk))
        assert caught.value.params == {"sheet": revision.sheet.number, "revision": 1}


def other(digit):
    return "0" if digit != "0" else "1"


def test_an_older_print_is_refused_naming_the_revision_in_force(office):
    leaving, staying = submitted(office), submitted(office)
    first = close(office, sheet_of(staying))
    withdraw(request_of(leaving).pk, by=again(office.clerk))
    sign_sheet(first.sheet_id, by=again(office.head), revision=2)

    with refused(Refusal.REVISION_LAPSED) as caught:
        file_sheet(first.code, [signed_page()], by=again(office.branch_clerk))
    assert caught.value.params == {"revision": 2, "sheet": first.sheet.number}
    assert request_of(staying).state == "signed_off"

    second = RequestSheet.objects.get(pk=first.sheet_id).revision_in_force
    file_sheet(second.code, [signed_page()], by=again(office.branch_clerk))
    assert request_of(staying).state == "filed"


def test_the_code_of_another_sheet_is_refused_naming_it(office):
    mine, other = signed(office), signed(office)

    with refused(Refusal.OTHER_SHEET) as caught:
        file_sheet(
            other.code, [signed_page()], by=again(office.branch_clerk), sheet_pk=mine.sheet_id
        )
    assert caught.value.params == {"sheet": other.sheet.number}
    assert SignedScan.objects.count() == 0


def test_a_void_sheet_is_not_filed(office):
    revision = signed(office)
    withdraw(revision.frozen_lines.get().request_id, by=again(office.clerk))

    with refused(Refusal.SHEET_STATE):
        file_sheet(revision.code, [signed_page()], by=again(office.branch_clerk))


def test_a_sheet_without_all_signatures_is_not_filed(office):
    revision = closed(office)

    with refused(Refusal.SHEET_STATE):
        file_sheet(revision.code, [signed_page()], by=again(office.branch_clerk))
    assert CorrectionRequest.objects.get().state == "submitted"


def test_a_sheet_is_filed_once(office):
    case = filed(office)
    code = sheet_of(case).revision_in_force.code

    with refused(Refusal.SHEET_STATE):
        file_sheet(code, [signed_page()], by=again(office.branch_clerk))
    assert SignedScan.objects.count() == 1


def test_without_a_scan_nothing_is_filed(office):
    revision = signed(office)

    with refused(Refusal.SCAN_MISSING):
        file_sheet(revision.code, [], by=again(office.branch_clerk))
    assert CorrectionRequest.objects.get().state == "signed_off"


@pytest.mark.parametrize("who", ["head", "president", "reviewer", "registrar", "auditor"])
def test_only_the_clerk_of_the_unit_files(office, who):
    revision = signed(office)

    with refused(Refusal.NOT_PERMITTED):
        file_sheet(revision.code, [signed_page()], by=getattr(office, who))


@pytest.mark.parametrize("who", ["clerk", "other_clerk", "administrator"])
def test_who_cannot_see_a_sheet_does_not_learn_that_there_is_one(office, who):
    revision = signed(office)

    with refused(Refusal.CODE_UNKNOWN):
        file_sheet(revision.code, [signed_page()], by=getattr(office, who))
