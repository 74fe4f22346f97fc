"""Signed sheets that come back by the code on their pages, without anything typed."""

import re

import numpy as np
import pytest
from builders.documents import picture
from builders.office import again, signed
from builders.returning import BOX_WIDTH, box_corners, jpeg, printed, sealed, turned
from builders.returning import signed as sign_on_paper
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.desk.printing.sheet_paper import sheet_code, sheet_paper
from backoffice.desk.sheets.returning import Warn, compare
from backoffice.evidence.storing import evidence_storage
from backoffice.sheets.models import RequestSheet, SignedScan
from backoffice.workflow.refusals import Refusal, Refused
from statements.rendering import render_pdf
from statements.returned import BoxMarks, FoundCode, PageReading, Returned, Turn

pytestmark = pytest.mark.django_db

DPI = 150
WRITTEN, SEALED, EMPTY = BoxMarks(40.0, 0.0), BoxMarks(0.0, 300.0), BoxMarks(0.0, 0.0)
GREY = BoxMarks(0.0, None)
GOOD = (WRITTEN, WRITTEN, SEALED, WRITTEN)


@pytest.fixture
def clerk(client, office):
    client.force_login(office.branch_clerk)
    return client


def post(client, sheet, *contents, **fields):
    names = [f"{place}.{'pdf' if each[:4] == b'%PDF' else 'jpg'}" for place, each in
             enumerate(contents)]  # fmt: skip
    files = [SimpleUploadedFile(*each) for each in zip(names, contents, strict=True)]
    address = reverse("admin:sheets_requestsheet_file", args=[sheet.pk])
    return client.post(address, {"scans": files, **fields})


def print_of(revision):
    return render_pdf(sheet_paper(revision))


def state(revision):
    return RequestSheet.objects.get(pk=revision.sheet_id).state


def stored():
    return sorted(evidence_storage().listdir("")[1]) if evidence_storage().exists("") else []


def facts():
    entry = AuditEntry.objects.get(act="sheet-file")
    return {name: entry.facts[name] for name in ("code", "pages", "warnings")}


def waiting(answer):
    return re.search(r'name="waiting" value="([^"]+)"', answer.content.decode())[1]


def test_a_signed_and_stamped_scan_is_filed_by_its_code(office, clerk):
    revision = signed(office)
    pdf = print_of(revision)
    (page,) = printed(pdf, DPI)
    left, top = box_corners(pdf, ("经办人（签字）",))[0]
    rng = np.random.default_rng(4)
    for place in (0, 1, 3):
        sign_on_paper(page, DPI, (left + place * BOX_WIDTH, top), rng)
    sealed(page, DPI, (left + 2 * BOX_WIDTH, top), rng)

    done = post(clerk, revision.sheet, jpeg(turned(page, 92), 80))

    assert (done.status_code, state(revision)) == (302, "filed")
    assert facts() == {"code": "read", "pages": 1, "warnings": []}


def test_a_print_that_nobody_signed_is_asked_about_and_filed_all_the_same(office, clerk):
    revision = signed(office)

    asked = post(clerk, revision.sheet, print_of(revision))

    assert (asked.status_code, state(revision)) == (200, "signed")
    assert len(asked.context["said"]) == 3
    assert "经办人（签字）" in asked.context["said"][0]
    token = waiting(asked)
    done = post(clerk, revision.sheet, waiting=token, confirm="yes")
    assert (done.status_code, state(revision)) == (302, "filed")
    assert facts() == {"code": "read", "pages": 1, "warnings": ["ink-missing"] * 3}

    kept = stored()
    twice = post(clerk, revision.sheet, waiting=token, confirm="yes")
    post(clerk, revision.sheet, waiting=token)
    assert (twice.status_code, stored()) == (409, kept)
    assert SignedScan.objects.get().stored in kept


def test_a_no_throws_the_files_away(office, clerk):
    revision = signed(office)
    token = waiting(post(clerk, revision.sheet, print_of(revision)))
    assert stored() != []

    assert post(clerk, revision.sheet, waiting=token).status_code == 302
    assert (stored(), state(revision)) == ([], "signed")
    late = post(clerk, revision.sheet, waiting=token, confirm="yes")
    assert (late.status_code, state(revision)) == (302, "signed")


@pytest.mark.parametrize("change", [lambda token: token + "x", lambda token: "", lambda _: "a:b:c"])
def test_an_answer_that_was_made_up_files_nothing(office, clerk, change):
    revision = signed(office)
    token = waiting(post(clerk, revision.sheet, print_of(revision)))

    answer = post(clerk, revision.sheet, waiting=change(token), confirm="yes")

    assert (answer.status_code, state(revision)) == (302, "signed")


def test_the_answer_of_another_account_or_for_another_sheet_files_nothing(office, clerk):
    revision, other = signed(office), signed(office)
    token = waiting(post(clerk, revision.sheet, print_of(revision)))

    post(clerk, other.sheet, waiting=token, confirm="yes")

    assert (state(revision), state(other)) == ("signed", "signed")


def test_without_a_code_on_the_pictures_one_is_typed(office, clerk):
    revision = signed(office)

    answer = post(clerk, revision.sheet, picture())
    assert (answer.status_code, stored()) == (200, [])
    assert answer.context["filing"].errors == {"code": [str(Refusal.CODE_UNREAD.value)]}

    done = post(clerk, revision.sheet, picture(), code=revision.code)
    assert (done.status_code, state(revision)) == (302, "filed")
    assert facts() == {"code": "typed", "pages": 1, "warnings": ["code-typed"]}


def test_the_print_of_another_sheet_is_refused_naming_it(office, clerk):
    mine, other = signed(office), signed(office)

    answer = post(clerk, mine.sheet, print_of(other))

    words = Refusal.OTHER_SHEET.value % {"sheet": other.sheet.number}
    assert answer.context["filing"].errors == {"code": [words]}
    assert (state(mine), state(other), stored()) == ("signed", "signed", [])


def came(revision, *pages, boxes=GOOD, of=3):
    """Readings of pages of a print; 0 for a picture without a code."""
    corners = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    readings = []
    for page in pages:
        code = sheet_code(revision).on_page(page, of) if page else None
        found = (FoundCode(code, corners, Turn(0, 0.0)),) if page else ()
        readings.append(PageReading(found, boxes if page == of else ()))
    return tuple(readings)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((1, 2, 3), []),
        ((3, 1, 2), []),
        ((1, 2, 2, 3), [(Warn.PAGES_DOUBLED, "2")]),
        ((1, 0, 3), [(Warn.PAGES_UNREAD, "2")]),
        ((1, 2, 3, 0), [(Warn.PAGES_UNREAD, "4")]),
    ],
)
def test_pages_that_may_all_be_there_are_filed_with_a_word(office, pages, said):
    revision = signed(office)

    found = compare(Returned(came(revision, *pages)), "", revision.sheet, office.branch_clerk)

    assert (found.revision, found.came) == (revision, "read")
    assert [(each.warn, each.what) for each in found.said] == said


@pytest.mark.parametrize(
    ("pages", "missing"), [((1, 2), "3"), ((3,), "1、2"), ((3, 0), "1、2"), ((1, 1, 3), "2")]
)
def test_a_page_that_cannot_be_there_is_refused_with_its_number(office, pages, missing):
    revision = signed(office)

    with pytest.raises(Refused) as caught:
        compare(Returned(came(revision, *pages)), "", revision.sheet, office.branch_clerk)

    assert caught.value.refusal is Refusal.PAGES_MISSING
    assert caught.value.params == {"whole": 3, "pages": missing}


def test_a_page_of_another_sheet_among_them_is_refused_with_its_place(office):
    mine, other = signed(office), signed(office)
    pages = (*came(other, 2), *came(mine, 1, 2, 3))

    with pytest.raises(Refused) as caught:
        compare(Returned(pages), "", mine.sheet, again(office.branch_clerk))

    assert caught.value.refusal is Refusal.PAGES_FOREIGN
    assert (caught.value.params["pictures"], caught.value.params["other"]) == ("1", other.code)
    assert caught.value.params["sheet"] == mine.sheet.number


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ((WRITTEN, WRITTEN, GREY, WRITTEN), []),
        ((WRITTEN, WRITTEN, EMPTY, WRITTEN), [(Warn.SEAL_MISSING, "单位（盖章）")]),
        ((WRITTEN, EMPTY, SEALED, WRITTEN), [(Warn.INK_MISSING, "负责人（签字）")]),
        ((WRITTEN, WRITTEN, SEALED), [(Warn.BOXES_UNFOUND, "")]),
        ((), [(Warn.BOXES_UNFOUND, "")]),
    ],
)
def test_what_lacks_in_the_boxes_is_told_with_their_names(office, boxes, said):
    revision = signed(office)
    pages = Returned(came(revision, 1, boxes=boxes, of=1))

    found = compare(pages, "", revision.sheet, office.branch_clerk)

    assert [(each.warn, each.what) for each in found.said] == said
    assert [each.is_asked for each in found.said] == [
        warn is not Warn.BOXES_UNFOUND for warn, _ in said
    ]
