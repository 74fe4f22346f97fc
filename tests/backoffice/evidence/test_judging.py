"""What the rules say of files: told for each, once for two sides of a card, anew by new rules."""

import pytest
from builders import office as build
from builders.uploads import saved, upload

from backoffice.evidence.judging import checked_files
from backoffice.evidence.models import EvidenceCheck, EvidenceFile
from backoffice.evidence.services import add_evidence, current_findings
from backoffice.evidence.storing import evidence_storage
from correctionkit.samples.drawing import draw_scan, encode_jpeg
from correctionkit.samples.people import make_people

LOW = {"dpi": (150, 150)}


@pytest.fixture
def case(office):
    return build.drafted(office)


@pytest.fixture
def faulty(case, office, page):
    """Return a stored file of too low a resolution."""
    return add_evidence(case.pk, "id_card", upload(saved(page, **LOW)), by=office.clerk)


def codes(case):
    return [finding.code for finding in current_findings(case)]


def test_findings_name_the_file_and_the_student(case, faulty):
    (finding,) = current_findings(case)

    assert (finding.code, finding.location.path) == ("scan-resolution", "身份证.jpg")
    assert finding.student == case.record.shown_number
    assert dict(finding.params) == {"dpi": 150, "limit": 200, "basis": "dpi-stated"}


def test_stored_findings_stand_without_another_look_at_the_file(case, faulty):
    evidence_storage().delete(faulty.original)

    assert codes(case) == ["scan-resolution"]
    assert EvidenceCheck.objects.count() == 1


def test_other_rules_judge_a_file_anew_and_are_kept_with_it(case, faulty):
    EvidenceCheck.objects.update(policy="ouc-2015", findings="[]", errors=0)

    assert codes(case) == ["scan-resolution"]
    assert codes(case) == ["scan-resolution"]
    assert list(EvidenceCheck.objects.values_list("policy", "errors")) == [
        ("ouc-2016", 1),
        ("ouc-2015", 0),
    ]


def test_another_overlay_is_another_set_of_rules(case, faulty):
    case.overlays = ["no-double-correction"]
    case.save()

    current_findings(case)

    check = EvidenceCheck.objects.first()
    assert check.policy == "ouc-2016+no-double-correction"


def test_a_long_row_of_overlays_still_fits(case, faulty):
    case.overlays = ["no-double-correction", "hubei-2019", "jilin-2018", "form-for-change-2024"]
    case.overlays += ["windows-guangdong", "sichuan-top-up"]
    case.save()

    assert codes(case) == codes(case) == ["scan-resolution"]
    assert EvidenceCheck.objects.count() == 2
    assert len(EvidenceCheck.objects.first().policy) == 80


def test_a_code_that_nobody_knows_is_judged_anew(case, faulty):
    EvidenceCheck.objects.update(findings='[{"code": "scan-haunted"}]')

    assert codes(case) == ["scan-resolution"]


def test_a_file_that_is_lost_stops_the_case_once_it_must_be_judged_anew(case, faulty):
    evidence_storage().delete(faulty.original)
    EvidenceCheck.objects.update(policy="ouc-2015")

    assert codes(case) == ["scan-damaged"]


def test_files_without_a_check_have_no_findings(case):
    build.give_evidence(case, "id_card")

    assert [row.findings for row in checked_files(case)] == [()]


def side(kind, office, case, name):
    person = make_people(1, 7)[0]
    content = encode_jpeg(draw_scan(kind, person, seed=7))
    return add_evidence(case.pk, "id_card", upload(content, name), by=office.clerk)


def test_two_sides_of_a_card_as_two_files_are_told_once(case, office):
    front = side("id_card_front", office, case, "身份证正面.jpg")
    assert codes(case) == ["scan-one-side"]
    side("id_card_back", office, case, "身份证反面.jpg")

    (finding,) = current_findings(case)

    assert finding.code == "scan-one-side"
    assert finding.location.path == front.received_as
    assert finding.params["files"] == ["身份证正面.jpg", "身份证反面.jpg"]


def test_many_files_cost_no_more_queries_than_one(case, office, django_assert_num_queries):
    build.give_evidence(case, "id_card")
    with django_assert_num_queries(2):
        checked_files(case)
    build.give_evidence(case, *["household_register"] * 5)
    EvidenceFile.objects.get(kind="id_card")

    with django_assert_num_queries(2):
        checked_files(case)
