"""The table of evidence: what is wanted, what is there, and what may be done with it."""

import pytest
from builders import office as build
from builders.uploads import saved, upload
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.desk.evidence.wanted import wanted_rows
from backoffice.evidence.services import add_evidence
from backoffice.workflow.intake import Wish


def again(case):
    return Case.objects.get(pk=case.pk)


def rows(case, account):
    return [
        (tuple(kind for kind, _label in row.kinds), row.needed, [file.name for file in row.files])
        for row in wanted_rows(again(case), account)
    ]


def add(case, office, kind="id_card", name="身份证.jpg", who=0):
    content = upload(build.scan(who=who), name)
    return add_evidence(case.pk, kind, content, by=office.clerk)


def test_documents_and_choices_are_rows_ticked_off_as_files_arrive(office):
    case = build.drafted(office, build.NAME)
    choice = ("household_register", "police_change_certificate")

    assert rows(case, office.clerk) == [(("id_card",), True, []), (choice, True, [])]
    assert len(wanted_rows(again(case), office.clerk).missing) == 2

    add(case, office)
    add(case, office, "police_change_certificate", "变更证明.jpg", who=1)

    assert rows(case, office.clerk) == [
        (("id_card",), True, ["身份证.jpg"]),
        (choice, True, ["变更证明.jpg"]),
    ]
    assert wanted_rows(again(case), office.clerk).missing == []


def test_a_row_says_for_which_fields_and_by_which_clause(office):
    case = build.drafted(office, build.NAME, build.ETHNICITY)

    card = wanted_rows(again(case), office.clerk).rows[0]

    assert (card.label, card.fields) == ("身份证", "姓名、民族")
    assert card.clause.startswith("《上报材料要求》")


def test_what_nothing_asks_for_is_a_row_of_its_own(office):
    case = build.drafted(office)
    add(case, office, "diploma", "毕业证.jpg")

    assert rows(case, office.clerk) == [
        (("id_card",), True, []),
        ((), False, ["毕业证.jpg"]),
    ]


def test_an_exceptional_case_wants_a_report_and_can_go_without(office):
    error = Wish("ethnicity", "回族", "entry_error")
    case = build.drafted(office, error, cause="录入时看错")

    assert rows(case, office.clerk)[-1] == (("report",), False, [])


def test_a_case_that_asks_for_nothing_wants_nothing(office):
    case = build.drafted(office)
    CorrectionRequest.objects.update(state="withdrawn")

    assert rows(case, office.clerk) == []


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("clerk", "draft", (True, True, True, False)),
        ("clerk", "filed", (False, False, False, False)),
        ("colleague", "draft", (False, False, False, False)),
        ("reviewer", "filed", (False, False, False, True)),
        ("auditor", "filed", (False, False, False, False)),
    ],
)
def test_only_what_may_be_done_is_offered(office, who, state, expected):
    case = build.drafted(office)
    add(case, office)
    CorrectionRequest.objects.update(state=state)

    table = wanted_rows(again(case), getattr(office, who))
    (file,) = table.rows[0].files

    shown = (table.may_add, file.may_remove, file.may_replace, file.may_read_original)
    assert shown == expected
    assert table.rows[0].may_add == expected[0]


def test_a_document_with_errors_is_there_and_to_be_replaced(office, page):
    case = build.drafted(office)
    scan = upload(saved(page, dpi=(150, 150)))
    add_evidence(case.pk, "id_card", scan, by=office.clerk)

    row = wanted_rows(again(case), office.clerk).rows[0]

    assert (row.is_there, row.is_missing, row.is_faulty) == (True, False, True)
    assert [finding.code for finding in row.files[0].findings] == ["scan-resolution"]
    assert "is-faulty" in render(again(case), office.clerk)


def test_a_submitted_file_is_offered_to_be_replaced_alone(office):
    case = build.drafted(office)
    file = add(case, office)
    type(file).objects.update(frozen_at="2026-01-01T00:00Z")

    (shown,) = wanted_rows(again(case), office.clerk).rows[0].files

    assert (shown.is_frozen, shown.may_remove, shown.may_replace) == (True, False, True)


@pytest.mark.parametrize(
    ("who", "stated", "hidden"),
    [("auditor", False, True), ("auditor", True, False), ("reviewer", False, False)],
)
def test_pictures_wait_for_an_auditor_s_purpose(office, who, stated, hidden):
    case = build.drafted(office)
    add(case, office)

    html = render(again(case), getattr(office, who), purpose_stated=stated)

    assert ("/thumbnail" not in html) == hidden


def render(case, account, **changes):
    request = RequestFactory().get("/")
    request.user = account
    context = {"case": case, "wanted": wanted_rows(case, account, **changes)}
    return render_to_string("desk/evidence/_wanted.html", context, request)


def test_forms_are_for_the_clerk_and_carry_their_token(office):
    case = build.drafted(office, build.NAME)
    add(case, office)

    clerk, reviewer = render(again(case), office.clerk), render(again(case), office.reviewer)

    # Two rows, all files at once, replacing, removing.
    assert (clerk.count("<form"), clerk.count("csrfmiddlewaretoken")) == (5, 5)
    assert "<form" not in reviewer
    assert "style=" not in clerk + reviewer
    assert "<script>" not in clerk + reviewer


def test_every_input_of_the_table_has_a_label(office):
    case = build.drafted(office, build.NAME)

    html = render(again(case), office.clerk)

    for part in html.split('<input type="file"')[:-1]:
        assert part.rfind("<label") > part.rfind("</label")


def test_more_files_cost_no_more_queries(office):
    case = build.drafted(office)
    build.give_evidence(case, "id_card")

    def queries():
        fresh = Case.objects.select_related("unit", "record", "handler").get(pk=case.pk)
        with CaptureQueriesContext(connection) as seen:
            render(fresh, build.again(office.clerk))
        return len(seen)

    before = queries()
    build.give_evidence(case, *["id_card"] * 5, "diploma")

    assert queries() == before
