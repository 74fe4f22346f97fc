"""Pictures of one student that were used for another: found, told, and never too much of it."""

import pytest
from builders import office as build
from builders.uploads import saved, upload
from django.utils import translation
from PIL import Image

from backoffice.evidence import reuse
from backoffice.evidence.models import EvidenceFile, EvidenceReuse
from backoffice.evidence.receiving import receive
from backoffice.evidence.reuse import keep_reuses, look_for_saved_anew, reuse_findings, reuses_of
from backoffice.evidence.services import add_evidence, remove_evidence, replace_evidence


@pytest.fixture
def first(office):
    """Return a case with a scan."""
    case = build.drafted(office)
    add(case, office, build.scan())
    return case


def add(case, office, content, *, kind="id_card", by=None):
    by = by or office.clerk
    return add_evidence(case.pk, kind, upload(content), by=by)


def pairs():
    return list(EvidenceReuse.objects.values_list("file__case_id", "other__case_id", "how"))


def both(one, other, how):
    return [(other.pk, one.pk, how), (one.pk, other.pk, how)]


def test_the_same_file_is_found(office, first):
    second = build.drafted(office)

    add(second, office, build.scan())

    assert pairs() == both(first, second, "same-bytes")


def test_the_same_pixels_in_another_file_are_found(office, first):
    second = build.drafted(office)

    add(second, office, build.scan() + b"more")

    assert pairs() == both(first, second, "same-pixels")


@pytest.mark.parametrize(
    "anew",
    [
        pytest.param(lambda page: saved(page, quality=40), id="at another quality"),
        pytest.param(lambda page: saved(page, "PNG"), id="as PNG"),
        pytest.param(lambda page: saved(page.resize((1324, 1872))), id="smaller"),
        pytest.param(lambda page: saved(page.rotate(180)), id="upside down"),
        pytest.param(lambda page: saved(page.rotate(90, expand=True)), id="on its side"),
    ],
)
def test_what_was_saved_anew_is_found(office, first, page, anew):
    second = build.drafted(office)

    add(second, office, anew(page))

    assert pairs() == both(first, second, "saved-anew")


@pytest.mark.parametrize(("kind", "who"), [("id_card", 1), ("household_register", 0)])
def test_other_documents_are_none_of_it(office, first, kind, who):
    add(build.drafted(office), office, build.scan(kind, who))

    assert pairs() == []


def test_blank_pages_prove_nothing(office):
    blank = saved(Image.new("RGB", (1654, 2339), "white"))

    for _ in range(2):
        add(build.drafted(office), office, saved(Image.new("L", (1654, 2339), 255)))
        file = add(build.drafted(office), office, blank)

    assert (file.pixel_digest, file.fingerprint) == ("", b"")
    assert {how for _one, _other, how in pairs()} == {"same-bytes"}


def test_a_student_s_own_earlier_case_is_no_reuse(office, first):
    again = build.drafted(office, build.NAME, record=first.record)

    add(again, office, build.scan())

    assert pairs() == []


def test_a_file_that_came_while_another_was_looked_for_is_found_all_the_same(office, first, page):
    second = build.drafted(office)
    mine = add(second, office, build.scan(who=1))
    received = receive(saved(page, quality=50), "身份证.jpg", first.rules.scan_bounds)
    EvidenceFile.objects.filter(pk=mine.pk).update(fingerprint=received.fingerprint)
    before = reuse.SavedAnew((), 0)

    keep_reuses(mine, received, before)

    assert pairs() == both(first, second, "saved-anew")


def test_the_search_looks_no_further_back_than_asked(office, first):
    received = receive(build.scan(), "身份证.jpg", first.rules.scan_bounds)
    record, newest = build.student(office.centre), EvidenceFile.objects.latest("pk").pk

    assert look_for_saved_anew(received, record).files == (newest,)
    assert look_for_saved_anew(received, record, beyond=newest).files == ()
    assert look_for_saved_anew(received, first.record).files == ()


def test_removed_and_replaced_files_are_not_told(office, first):
    second, third = build.drafted(office), build.drafted(office)
    removed, replaced = add(second, office, build.scan()), add(third, office, build.scan())
    remove_evidence(removed.pk, by=office.clerk)
    EvidenceFile.objects.filter(pk=replaced.pk).update(frozen_at="2026-01-01T00:00Z")
    replace_evidence(replaced.pk, upload(build.scan(who=1)), by=office.clerk)

    assert list(reuses_of(first)) == []
    assert list(reuses_of(third)) == []
    fourth = build.drafted(office)
    add(fourth, office, build.scan())
    assert [row.other.case_id for row in reuses_of(first)] == [fourth.pk]


def test_a_picture_that_many_used_is_told_of_its_first_uses(office, first, monkeypatch):
    monkeypatch.setattr(reuse, "MOST_TOLD", 2)
    cases = [build.drafted(office) for _ in range(3)]
    for case in cases:
        add(case, office, build.scan())

    told = [row.other.case_id for row in reuses_of(cases[2])]

    assert told == [first.pk, cases[0].pk]


def test_whose_it_is_is_said_of_cases_in_sight_only(office, first):
    record = build.student(office.other_centre, name="李四")
    other = build.drafted(office, record=record, by=office.other_clerk)
    add(other, office, build.scan(), by=office.other_clerk)

    def others(case, account):
        (finding,) = reuse_findings(case, account)
        assert (finding.code, finding.location.path) == ("evidence-reused", "身份证.jpg")
        return finding.params["other"]

    assert others(first, office.reviewer) == [f"{other.reference} 李四"]
    assert others(other, office.reviewer) == [f"{first.reference} 张三"]
    with translation.override("en"):
        assert others(first, office.clerk) == ["a case of another unit"]


def test_a_case_without_reuse_has_no_finding(office, first):
    assert reuse_findings(first, office.reviewer) == []
