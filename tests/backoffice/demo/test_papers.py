"""The demo's scans: what is drawn for whom, and paper that comes back signed."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image

from backoffice.demo.papers import Papers, signed_sheet
from backoffice.policies.shelf import policy_of
from correctionkit.samples.filings import Filings
from correctionkit.samples.people import make_people

DAY = date(2026, 11, 20)
POLICY = policy_of("ouc-2016")
CARD = "id_card"


@pytest.fixture(scope="module")
def filings():
    dealt = Filings(POLICY, DAY, 7)
    people = [person for person in make_people(60, 7, on=DAY) if person.status == "enrolled"]
    made = (dealt.make(each, fits=lambda filing: CARD in filing.kinds) for each in people)
    return [filing for filing in made if filing][:2]


def content(scans):
    return {scan.kind: scan.upload().read() for scan in scans}


def test_each_kind_is_drawn_and_named_after_itself(filings):
    with Papers(POLICY.vocabulary, 7) as papers:
        scans = papers.of(filings[0])
        drawn = content(scans)

    assert tuple(drawn) == filings[0].kinds
    assert [scan.name for scan in scans] == [
        f"{POLICY.vocabulary.kinds[kind].label.zh}.jpg" for kind in filings[0].kinds
    ]
    assert all(Image.open(BytesIO(each)).info["dpi"] == (200, 200) for each in drawn.values())


def test_a_borrowed_scan_is_byte_for_byte_the_lenders(filings):
    lender, borrower = filings
    with Papers(POLICY.vocabulary, 7) as papers:
        lent = content(papers.of(lender))
        borrowed = content(papers.of(borrower, borrowed=CARD, lender=lender))
        own = content(papers.of(borrower))

    assert borrowed[CARD] == lent[CARD] != own[CARD]


def test_a_second_page_is_another_picture(filings):
    with Papers(POLICY.vocabulary, 7) as papers:
        first = content(papers.of(filings[0]))[CARD]
        second = papers.another_page(filings[0], CARD)

        assert second.upload().read() != first
        assert second.name == "身份证2.jpg"


def test_a_coarse_scan_says_how_coarse_it_is(filings):
    with Papers(POLICY.vocabulary, 7) as papers:
        coarse = content(papers.of(filings[0], coarse=True))[CARD]

    assert Image.open(BytesIO(coarse)).info["dpi"] == (100, 100)


@pytest.mark.parametrize("lines", [1, 9, 10, 40])
def test_a_signed_sheet_is_a_landscape_page_however_many_lines_it_has(lines):
    sheet = SimpleNamespace(unit=SimpleNamespace(name="示例省分部"), day=DAY)
    revision = SimpleNamespace(code="901-20261120-1-R1-ABCDEFGH")
    line = {"number": "2690101400017", "name": "陈拟八", "field": "姓名", "reason": "信息变更"}

    picture = Image.open(BytesIO(signed_sheet(sheet, revision, [line] * lines, DAY)))

    assert picture.size == (2339, 1654)
