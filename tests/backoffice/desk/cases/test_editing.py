"""Writing, saving and submitting a case by its page, as its clerk does."""

import pytest
from builders.browsing import form_of
from builders.office import (
    NAME,
    Wish,
    again,
    drafted,
    give_evidence,
    identity_number,
    ready,
    request_of,
    student,
    submitted,
)
from builders.speech import in_chinese, said
from django.urls import reverse

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.desk.cases import editing
from backoffice.workflow.handover import hand_over
from backoffice.workflow.intake import begin_case, write_requests
from backoffice.workflow.signing import send_back
from backoffice.workflow.submission import submit_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, office):
    """The clerk's browser."""
    client.force_login(office.clerk)
    return client


@pytest.fixture
def case(office):
    """A case that was begun and asks for nothing yet."""
    return begin_case(student(office.centre), by=office.clerk)


def page_of(case):
    return reverse("admin:corrections_case_change", args=[case.pk])


def open_form(browser, case):
    return form_of(browser.get(page_of(case)), "case-form")


def ethnicity(value="回族", reason="change", **more):
    return {
        "field__ethnicity__asked": "on",
        "field__ethnicity__new": value,
        "field__ethnicity__reason": reason,
    } | more


def asked_for(case):
    rows = CorrectionRequest.objects.filter(case=case).order_by("field")
    return [(each.field, each.old, each.new, each.reason, each.state) for each in rows]


def test_page_offers_what_the_policy_takes_and_shows_what_the_record_holds(clerk, case):
    response = clerk.get(page_of(case))

    rows = {row.field: row.current for row in response.context["rows"]}
    assert rows == {
        "name": "张三",
        "gender": "男",
        "id_number": case.record.masked_id_number,
        "ethnicity": "汉族",
        "entry_education": "高中毕业",
    }
    assert case.record.id_number not in response.content.decode()


def test_saving_keeps_what_is_ticked_with_the_old_value_from_the_roll(clerk, case):
    form = open_form(clerk, case)

    response = clerk.post(page_of(case), form.filled(**ethnicity(), _save="1"))

    assert response.status_code == 302
    assert asked_for(case) == [("ethnicity", "汉族", "回族", "change", "draft")]


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        pytest.param("name", "张 ?", "name-invalid", id="placeholder in a name"),
        pytest.param("ethnicity", "回回", "value-unknown", id="no such ethnicity"),
        pytest.param("id_number", "110101199408230011", "id-invalid", id="wrong check character"),
        pytest.param("gender", "女", "id-disagrees", id="gender against the number"),
        pytest.param("entry_education", " ", "value-unknown", id="nothing but a space"),
    ],
)
def test_wrong_values_are_kept_as_typed_and_told_beside_their_field(
    clerk, case, field, typed, code
):
    form = open_form(clerk, case)
    wish = {
        f"field__{field}__asked": "on",
        f"field__{field}__new": typed,
        f"field__{field}__reason": "change",
    }

    clerk.post(page_of(case), form.filled(**wish, _save="1"))
    page = clerk.get(page_of(case))

    assert request_of(case).new == typed
    (row,) = [row for row in page.context["rows"] if row.field == field]
    assert [finding.code for finding in row.findings] == [code]
    assert not page.context["ready"].is_ready


def test_typed_spaces_are_shown_with_what_they_are_read_as(clerk, case):
    form = open_form(clerk, case)

    clerk.post(page_of(case), form.filled(**ethnicity("回　族"), _save="1"))
    page = clerk.get(page_of(case))

    (row,) = [row for row in page.context["rows"] if row.field == "ethnicity"]
    assert request_of(case).new == "回　族"
    assert "多余的空格" in row.reading


def test_a_date_that_is_none_saves_nothing_and_loses_nothing_typed(clerk, case):
    form = open_form(clerk, case)
    wish = ethnicity(field__ethnicity__change_date="去年春天", case__remark="加急")

    response = clerk.post(page_of(case), form.filled(**wish, _save="1"))

    assert response.status_code == 400
    assert asked_for(case) == []
    shown = form_of(response, "case-form").values
    assert shown["field-ethnicity-change_date"] == ["去年春天"]
    assert shown["field-ethnicity-new"] == ["回族"]
    assert shown["case-remark"] == ["加急"]


@pytest.mark.parametrize("typed", ["2024-05-31", "2024.5.31", "20240531", "2024年5月31日"])
def test_dates_are_read_as_people_write_them(clerk, case, typed):
    form = open_form(clerk, case)

    clerk.post(
        page_of(case), form.filled(**ethnicity(field__ethnicity__change_date=typed), _save="1")
    )

    assert request_of(case).change_date.isoformat() == "2024-05-31"


def test_unticking_drops_a_draft(clerk, office):
    case = drafted(office)
    form = open_form(clerk, case)

    clerk.post(page_of(case), form.filled(field__ethnicity__asked=None, _save="1"))

    assert asked_for(case) == []


def test_what_is_typed_without_a_tick_is_told_to_be_left_out(clerk, case):
    form = open_form(clerk, case)

    response = clerk.post(page_of(case), form.filled(field__name__new="张叁", _save="1"))

    assert asked_for(case) == []
    assert any("姓名" in each for each in said(response))


def test_a_reason_that_is_not_offered_is_not_stored(clerk, case):
    form = open_form(clerk, case)

    response = clerk.post(page_of(case), form.filled(**ethnicity(reason="bribe"), _save="1"))

    assert response.status_code == 400
    assert asked_for(case) == []


def test_a_missing_reason_is_asked_for(clerk, case):
    form = open_form(clerk, case)

    clerk.post(page_of(case), form.filled(**ethnicity(reason=""), _save="1"))
    page = clerk.get(page_of(case))

    (row,) = [row for row in page.context["rows"] if row.field == "ethnicity"]
    assert (bool(row.problem), row.findings) == (True, ())
    assert not page.context["ready"].is_ready


def test_hidden_fields_of_a_forged_form_change_nothing(clerk, case, office):
    form = open_form(clerk, case)
    forged = {
        "unit": office.other_centre.pk,
        "record": student(office.other_centre).pk,
        "handler": office.other_clerk.person_id,
        "case-unit": office.other_centre.pk,
        "field-ethnicity-old": "藏族",
        "field-birth_date-asked": "on",
        "field-birth_date-new": "1990-01-01",
        "state": "approved",
        "policy": "ouc-2021",
    }

    response = clerk.post(page_of(case), form.filled(**ethnicity(), _save="1") | forged)

    # The policy takes no corrections of birth dates: that one cannot be saved knowingly.
    assert response.status_code == 409
    assert asked_for(case) == []
    clerk.post(
        page_of(case), form.filled(**ethnicity(), _save="1") | dict(list(forged.items())[:5])
    )
    kept = Case.objects.get(pk=case.pk)
    assert (kept.unit, kept.record, kept.handler) == (case.unit, case.record, case.handler)
    assert asked_for(case) == [("ethnicity", "汉族", "回族", "change", "draft")]


def test_submitting_saves_and_puts_the_request_on_the_sheet_of_the_day(clerk, case):
    give_evidence(case, "id_card")
    form = open_form(clerk, case)

    response = clerk.post(page_of(case), form.filled(**ethnicity(), _submit="1"))

    assert response.status_code == 302
    assert asked_for(case) == [("ethnicity", "汉族", "回族", "change", "submitted")]


def test_a_double_click_on_submit_is_told_and_does_nothing_more(clerk, case):
    give_evidence(case, "id_card")
    form = open_form(clerk, case)
    sent = form.filled(**ethnicity(), _submit="1")
    clerk.post(page_of(case), sent)

    response = clerk.post(page_of(case), sent)

    assert (response.status_code, said(response)[-1]) == (
        302,
        in_chinese("This case is submitted already."),
    )
    assert [event.event for event in request_of(case).events.all()] == ["submit"]


def test_a_double_click_with_a_kept_number_is_no_conflict(clerk, office):
    number = identity_number(470)
    case = drafted(office, Wish("id_number", number, "change"))
    give_evidence(case, "id_card", "id_number_correction_notice")
    sent = open_form(clerk, case).filled(_submit="1")
    clerk.post(page_of(case), sent)

    response = clerk.post(page_of(case), sent)

    assert (response.status_code, request_of(case).state) == (302, "submitted")


def test_a_blocked_submission_is_saved_and_says_what_is_missing(clerk, case):
    form = open_form(clerk, case)

    response = clerk.post(page_of(case), form.filled(**ethnicity(), _submit="1"))
    page = clerk.get(page_of(case))

    assert response.status_code == 302
    assert asked_for(case) == [("ethnicity", "汉族", "回族", "change", "draft")]
    assert page.context["ready"].missing == (
        in_chinese("still to upload: %(kinds)s", kinds="身份证"),
    )


def test_an_exceptional_request_asks_for_the_cause(clerk, case):
    give_evidence(case, "id_card", "enrolment_form")
    form = open_form(clerk, case)
    wish = ethnicity(reason="entry_error")

    clerk.post(page_of(case), form.filled(**wish, _submit="1"))
    page = clerk.get(page_of(case))

    (row,) = [row for row in page.context["rows"] if row.field == "ethnicity"]
    assert row.exceptional
    assert page.context["ready"].cause_needed
    assert asked_for(case)[0][-1] == "draft"
    again_form = form_of(page, "case-form")
    clerk.post(page_of(case), again_form.filled(case__cause="录入时看错", _submit="1"))
    assert asked_for(case)[0][-1] == "submitted"


def test_next_student_follows_a_save(clerk, case):
    form = open_form(clerk, case)

    response = clerk.post(page_of(case), form.filled(**ethnicity(), _next="1"))

    assert response.url == reverse("admin:corrections_case_begin")
    assert asked_for(case) == [("ethnicity", "汉族", "回族", "change", "draft")]


def test_a_stored_id_number_stands_masked_and_is_kept_when_nothing_is_typed(clerk, office):
    number = identity_number(471)
    case = drafted(office, Wish("id_number", number, "change"))
    page = clerk.get(page_of(case))

    form = form_of(page, "case-form")
    clerk.post(page_of(case), form.filled(case__remark="说明", _save="1"))

    assert number not in page.content.decode()
    assert request_of(case).new == number


def test_fields_with_an_open_request_elsewhere_are_blocked_with_the_case_named(clerk, office):
    record = student(office.centre)
    other = drafted(office, record=record)
    case = begin_case(record, by=office.clerk)

    (row,) = [row for row in clerk.get(page_of(case)).context["rows"] if row.field == "ethnicity"]

    assert (row.form, row.blocked) == (
        None,
        in_chinese(
            "Open request in %(case)s: %(state)s.", case=other.reference, state=in_chinese("Draft")
        ),
    )


def test_open_requests_out_of_sight_are_not_named(clerk, office):
    record = student(office.centre)
    other = drafted(office, record=record)
    Case.objects.filter(pk=other.pk).update(unit=office.other_centre)
    case = begin_case(record, by=office.clerk)

    page = clerk.get(page_of(case))

    (row,) = [row for row in page.context["rows"] if row.field == "ethnicity"]
    assert row.blocked == in_chinese("Another unit has an open request for this.")
    assert other.reference not in page.content.decode()


def test_a_field_that_was_taken_meanwhile_is_refused_with_what_was_typed(clerk, office):
    record = student(office.centre)
    case = begin_case(record, by=office.clerk)
    form = open_form(clerk, case)
    drafted(office, record=record)

    response = clerk.post(page_of(case), form.filled(**ethnicity("满族"), _save="1"))

    assert response.status_code == 409
    assert asked_for(case) == []
    assert "满族" in [each.yours for each in response.context["disagreements"]]


def test_a_record_that_moved_on_is_shown_and_taken_over(clerk, office):
    case = drafted(office)
    case.record.ethnicity = "满族"
    case.record.save()
    page = clerk.get(page_of(case))

    (row,) = [row for row in page.context["rows"] if row.field == "ethnicity"]
    form = form_of(page, "case-form")
    clerk.post(page_of(case), form.filled(take_over="ethnicity"))

    assert (row.moved, row.current) == ("汉族", "满族")
    assert request_of(case).old == "满族"


def test_saving_alone_does_not_take_the_new_old_value_over(clerk, office):
    case = drafted(office)
    case.record.ethnicity = "满族"
    case.record.save()

    clerk.post(page_of(case), open_form(clerk, case).filled(_save="1"))

    assert request_of(case).old == "汉族"


def test_what_came_back_is_told_with_reason_and_opinion(clerk, office):
    case = submitted(office)
    send_back(request_of(case).pk, by=office.head, code="fault-in-values", opinion="请核对民族")

    page = clerk.get(page_of(case)).content.decode()

    assert "填写内容有误" in page
    assert "请核对民族" in page
    assert office.head.person.name in page


def test_students_that_the_policy_does_not_know_can_be_asked_nothing_for(clerk, office):
    case = drafted(office)
    case.record.status = "withdrawn"
    case.record.save()

    page = clerk.get(page_of(case))
    response = clerk.post(page_of(case), form_of(page, "case-form").filled(_submit="1"))

    assert page.status_code == 200
    assert page.context["draft"].trouble in page.context["ready"].missing
    assert (response.status_code, request_of(case).state) == (409, "draft")


def test_a_draft_is_judged_by_what_the_student_is_when_it_is_submitted(clerk, office):
    case = ready(office)
    case.record.status = "graduated"
    case.record.certificate_number = "511618201705981300"
    case.record.save()

    clerk.post(page_of(case), open_form(clerk, case).filled(_submit="1"))
    page = clerk.get(page_of(case))

    assert request_of(case).state == "draft"
    assert page.context["ready"].cause_needed


def test_somebody_elses_case_is_not_written(client, office):
    case = drafted(office)
    client.force_login(office.colleague)

    response = client.post(page_of(case), {"case-version": 1, "_save": "1"})

    assert (response.status_code, said(response)) == (
        302,
        [
            in_chinese(
                "This lies with %(person)s. Have it handed over to you first.",
                person=office.clerk.person.name,
            )
        ],
    )
    assert asked_for(case) == [("ethnicity", "汉族", "回族", "change", "draft")]


@pytest.mark.parametrize("role", ["head", "reviewer", "registrar", "auditor"])
def test_whoever_may_not_write_cases_is_refused(client, office, role):
    case = drafted(office)
    client.force_login(getattr(office, role))

    response = client.post(page_of(case), {"case-version": 1, "_save": "1"})

    assert response.status_code == 403


class TestStaleForms:
    """Two browsers at one draft."""

    def test_the_second_sees_what_differs_and_loses_nothing(self, clerk, office):
        case = drafted(office)
        form = open_form(clerk, case)
        write_requests(
            case.pk, [Wish("ethnicity", "满族", "change")], by=again(office.clerk), remark="他人"
        )

        sent = form.filled(**ethnicity("藏族"), case__remark="我的", _save="1")
        response = clerk.post(page_of(case), sent)

        assert response.status_code == 409
        told = [
            (each.before, each.theirs, each.yours, each.both)
            for each in response.context["disagreements"]
        ]
        assert told == [("回族", "满族", "藏族", True), ("", "他人", "我的", True)]
        assert request_of(case).new == "满族"
        assert form_of(response, "case-form").values["field-ethnicity-new"] == ["藏族"]

    def test_saving_again_from_the_page_of_differences_overwrites_knowingly(self, clerk, office):
        case = drafted(office)
        form = open_form(clerk, case)
        write_requests(case.pk, [Wish("ethnicity", "满族", "change")], by=again(office.clerk))
        refused = clerk.post(page_of(case), form.filled(**ethnicity("藏族"), _save="1"))

        response = clerk.post(page_of(case), form_of(refused, "case-form").filled(_save="1"))

        assert (response.status_code, request_of(case).new) == (302, "藏族")

    def test_a_case_without_requests_can_be_stale_too(self, clerk, case, office):
        form = open_form(clerk, case)
        write_requests(case.pk, [], by=again(office.clerk), remark="他人")

        response = clerk.post(page_of(case), form.filled(case__remark="我的", _save="1"))

        assert response.status_code == 409
        assert Case.objects.get(pk=case.pk).remark == "他人"

    def test_the_same_content_twice_is_no_conflict(self, clerk, office):
        case = drafted(office)
        form = open_form(clerk, case)
        sent = form.filled(**ethnicity("藏族"), _save="1")
        clerk.post(page_of(case), sent)

        response = clerk.post(page_of(case), sent)

        assert (response.status_code, request_of(case).new) == (302, "藏族")

    def test_id_numbers_are_compared_and_never_shown(self, clerk, office):
        first, second, mine = (identity_number(serial) for serial in (480, 481, 482))
        case = drafted(office, Wish("id_number", first, "change"))
        form = open_form(clerk, case)
        write_requests(case.pk, [Wish("id_number", second, "change")], by=again(office.clerk))

        response = clerk.post(page_of(case), form.filled(field__id_number__new=mine, _save="1"))

        (told,) = response.context["disagreements"]
        assert (told.before[:3], told.theirs[:3], told.both) == (first[:3], second[:3], True)
        assert "*" in told.before
        assert first not in response.content.decode()
        assert second not in response.content.decode()

    def test_a_form_from_before_the_submission_is_told_so(self, clerk, office):
        case = ready(office)
        form = open_form(clerk, case)
        submit_case(case.pk, by=again(office.clerk))

        response = clerk.post(page_of(case), form.filled(**ethnicity("藏族"), _submit="1"))

        assert response.status_code == 409
        assert [(each.theirs, each.yours) for each in response.context["disagreements"]] == [
            ("回族", "藏族")
        ]
        assert request_of(case).new == "回族"

    def test_a_case_that_was_handed_over_is_not_written_any_more(self, clerk, office):
        case = drafted(office)
        form = open_form(clerk, case)
        hand_over(case.pk, office.colleague, by=again(office.clerk))

        response = clerk.post(page_of(case), form.filled(**ethnicity("藏族"), _save="1"))

        assert response.status_code == 302
        assert request_of(case).new == "回族"

    def test_whoever_is_faster_by_a_moment_is_not_overwritten(self, clerk, office, monkeypatch):
        case = drafted(office)
        sent = open_form(clerk, case).filled(**ethnicity("藏族"), _save="1")
        judged = editing.is_stale

        def overtaken(draft):
            # Between reading the case and writing it, somebody else writes.
            monkeypatch.setattr(editing, "is_stale", judged)
            found = judged(draft)
            write_requests(case.pk, [Wish("ethnicity", "满族", "change")], by=again(office.clerk))
            return found

        monkeypatch.setattr(editing, "is_stale", overtaken)
        response = clerk.post(page_of(case), sent)

        assert (response.status_code, request_of(case).new) == (409, "满族")
        assert [(each.theirs, each.yours) for each in response.context["disagreements"]] == [
            ("满族", "藏族")
        ]

    @pytest.mark.parametrize("way", ["a wrong date", "revealing"])
    def test_a_page_in_between_does_not_hide_that_it_is_stale(self, clerk, office, way):
        case = drafted(office)
        form = open_form(clerk, case)
        write_requests(case.pk, [Wish("ethnicity", "满族", "change")], by=again(office.clerk))
        address = page_of(case)
        typed = ethnicity("藏族", field__ethnicity__change_date="x", _save="1")
        if way == "revealing":
            address = reverse("admin:corrections_case_reveal", args=[case.pk])
            typed = ethnicity("藏族")
        between = form_of(clerk.post(address, form.filled(**typed)), "case-form")

        sent = between.filled(field__ethnicity__change_date="", _save="1")
        response = clerk.post(page_of(case), sent)

        assert (response.status_code, request_of(case).new) == (409, "满族")

    def test_without_its_version_nothing_is_saved(self, clerk, office):
        case = drafted(office)
        form = open_form(clerk, case)

        response = clerk.post(
            page_of(case), form.filled(**ethnicity("藏族"), case__version=None, _save="1")
        )

        assert (response.status_code, request_of(case).new) == (400, "回族")


class TestCheckWhileTyping:
    """The answer of the address that the page asks as somebody types."""

    def check(self, browser, case, **typed):
        form = open_form(browser, case)
        address = reverse("admin:corrections_case_check", args=[case.pk])
        return browser.post(address, form.filled(**typed))

    def test_findings_evidence_and_cause_follow_what_is_typed(self, clerk, case):
        answer = self.check(clerk, case, **ethnicity("回回", "entry_error")).json()

        assert "回族" in answer["rows"]["ethnicity"] or "民族" in answer["rows"]["ethnicity"]
        assert "报名登记表" in answer["parts"]["wanted"]
        assert in_chinese("give the cause of the exceptional case") in answer["parts"]["ready"]
        assert answer["cause"] is True

    def test_nothing_is_kept(self, clerk, case):
        self.check(clerk, case, **ethnicity())

        assert asked_for(case) == []
        assert Case.objects.get(pk=case.pk).version == case.version

    def test_a_wrong_date_is_no_fault_of_the_check(self, clerk, case):
        response = self.check(clerk, case, **ethnicity(field__ethnicity__change_date="x"))

        assert response.status_code == 200

    def test_typed_markup_comes_back_as_text(self, clerk, case):
        wish = {
            "field__name__asked": "on",
            "field__name__new": "<img src=x onerror=alert(1)>",
            "field__name__reason": "change",
        }

        answer = self.check(clerk, case, **wish).json()

        assert "<img" not in answer["rows"]["name"]
        assert "&lt;img" in answer["rows"]["name"]

    def test_others_are_refused(self, client, office, case):
        address = reverse("admin:corrections_case_check", args=[case.pk])
        client.force_login(office.colleague)

        assert client.post(address, {}).status_code == 403


def test_evidence_that_is_wanted_is_listed_once(clerk, office):
    case = drafted(office, NAME)

    page = clerk.get(page_of(case))

    assert page.context["wanted_lines"] == []
    assert [[label for _kind, label in row.kinds] for row in page.context["wanted"]] == [
        ["身份证"],
        ["户口本", "公安主项信息变更更正证明"],
    ]


def test_evidence_for_what_is_not_saved_yet_is_told_apart(clerk, case):
    address = reverse("admin:corrections_case_check", args=[case.pk])
    give_evidence(case, "id_card")
    wish = {
        "field__name__asked": "on",
        "field__name__new": "张叁",
        "field__name__reason": "change",
    }

    told = clerk.post(address, open_form(clerk, case).filled(**wish)).json()["parts"]["wanted"]

    assert "✓ 身份证" in told
    assert (
        "○ " + in_chinese("%(kinds)s (any one)", kinds="户口本 / 公安主项信息变更更正证明") in told
    )
