"""Students brought in by a table: judged beside what the office holds, written as drafts once."""

import pytest
from builders.office import ETHNICITY, Wish, again, applied, drafted, student, submitted
from builders.summary_rows import POLICY, line, table

from backoffice.audit.log import office_transaction
from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.policies.shelf import policy_of
from backoffice.workflow.handover import hand_over
from backoffice.workflow.intake import begin_case, write_requests
from backoffice.workflow.refusals import Refused
from backoffice.workflow.taking_in import Outdated, judge_rows, note_import, take_in

pytestmark = pytest.mark.django_db

OTHER = {"更正内容": "姓名", "更正前": "张三", "更正后": "张叁"}


def judged(office, *lines, by=None, unit=None):
    by = again(by or office.clerk)
    return judge_rows(table(*lines).rows, unit or office.centre, by, policy_of(POLICY))


def verdict(office, *lines, **changes):
    (one,) = judged(office, *lines, **changes)
    return one.verdict, [each.code for each in one.findings]


def taken(office, *lines, by=None, **how):
    by = again(by or office.clerk)
    return take_in(judged(office, *lines, by=by), by, **how)


def asked():
    rows = CorrectionRequest.objects.order_by("record", "pk")
    return list(rows.values_list("record", "field", "old", "new", "reason", "state"))


def test_a_row_becomes_a_draft_in_the_hands_of_who_brings_it_in(office):
    record = student(office.centre)
    (outcome,) = taken(office, line(record))

    case = Case.objects.get(pk=outcome.case)
    assert (outcome.became, case.record, case.unit) == ("made", record, office.centre)
    assert case.handler == office.clerk.person
    assert asked() == [(record.pk, "ethnicity", "汉族", "回族", "change", "draft")]


def test_many_drafts_are_what_each_by_itself_would_be(office):
    one, other = student(office.centre), student(office.centre)
    case = begin_case(one, by=office.clerk)
    wishes = [Wish("ethnicity", "回族", "change"), Wish("name", "张叁", "change")]
    write_requests(case.pk, wishes, by=office.clerk)
    taken(office, line(other), line(other, **OTHER))

    def shape(record):
        skipped = {"id", "record_id", "case_id", "changed_at", "created_at", "state_since"}
        case = Case.objects.filter(record=record).values().get()
        rows = CorrectionRequest.objects.filter(record=record).order_by("pk").values()
        return [
            {name: value for name, value in each.items() if name not in skipped}
            for each in (case, *rows)
        ]

    assert shape(one) == shape(other)
    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts[:3]) == list(acts[3:]) == ["case-create", "request-create", "request-create"]


def test_the_same_again_changes_nothing_whatever_became_of_it(office):
    records = [student(office.centre) for _ in range(3)]
    drafted(office, ETHNICITY, record=records[0])
    submitted(office, ETHNICITY, record=records[1])
    applied(office, ETHNICITY, record=records[2])
    before = asked()
    verdicts = judged(office, *(line(each) for each in records))

    assert [(each.verdict, each.findings) for each in verdicts] == [("same", ())] * 3
    outcomes = take_in(verdicts, again(office.clerk))
    assert [each.became for each in outcomes] == ["same"] * 3
    assert asked() == before


def test_a_draft_in_my_hands_gets_more_and_keeps_what_it_has(office):
    case = drafted(office, ETHNICITY)
    (outcome,) = taken(office, line(case.record, **OTHER))

    assert (outcome.became, outcome.case) == ("added", case.pk)
    assert [each[1:4] for each in asked()] == [
        ("ethnicity", "汉族", "回族"),
        ("name", "张三", "张叁"),
    ]


def test_another_value_takes_the_place_of_the_drafts(office):
    case = drafted(office, ETHNICITY)
    taken(office, line(case.record, 更正后="满族"))

    assert [each[1:4] for each in asked()] == [("ethnicity", "汉族", "满族")]


@pytest.mark.parametrize("where", ["on its way", "in other hands", "of another unit"])
def test_a_field_that_is_asked_for_elsewhere_is_refused(office, where):
    record = student(office.centre)
    if where == "on its way":
        submitted(office, ETHNICITY, record=record)
    elif where == "in other hands":
        hand_over(drafted(office, ETHNICITY, record=record).pk, office.colleague, by=office.clerk)
    else:
        drafted(office, ETHNICITY, record=record, by=office.branch_clerk)
        Case.objects.update(unit=office.branch)
        CorrectionRequest.objects.update(unit=office.branch)

    assert verdict(office, line(record, 更正后="满族")) == ("refused", ["request-open"])


def test_unknown_students_and_those_of_another_unit_are_told_alike(office):
    there, nowhere = student(office.other_centre), student(office.centre)
    nowhere.delete()
    told = judged(office, line(there), line(nowhere))

    assert [(each.verdict, each.record) for each in told] == [("refused", None)] * 2
    params = [
        {name: value for name, value in finding.params.items() if name != "number"}
        for each in told
        for finding in each.findings
    ]
    assert params == [{}, {}]
    assert [f.code for each in told for f in each.findings] == ["record-unknown"] * 2


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"更正后": "汉"}, ["request-unchanged"]),
        ({"更正前": "满族"}, ["record-disagrees"]),
        ({"姓名": "王五"}, ["record-disagrees"]),
        ({"更正后": "火星族"}, ["value-unknown"]),
        ({"更正原因": "不明"}, ["value-unknown"]),
        ({"学号": "1"}, ["number-malformed", "record-unknown"]),
    ],
)
def test_faults_of_a_row_refuse_its_student(office, change, codes):
    record = student(office.centre)

    assert verdict(office, line(record, **change)) == ("refused", codes)


def test_a_table_of_other_students_than_the_roll_says_is_refused(office):
    record = student(office.centre, status="graduated", certificate_number="51161120230600001")
    rows = table(line(record, 学号=record.number)).rows
    (one,) = judge_rows(rows, office.centre, again(office.clerk), policy_of(POLICY))

    assert one.verdict == "refused"
    assert "record-disagrees" in [each.code for each in one.findings]


def test_a_new_student_who_is_one_no_longer_is_taken_by_what_the_roll_says(office):
    record = student(office.centre)
    rows = table(line(record), name="附表1.csv").rows
    (one,) = judge_rows(rows, office.centre, again(office.clerk), policy_of(POLICY))
    take_in([one], again(office.clerk))

    assert (one.verdict, [each.code for each in one.findings]) == ("new", ["request-exceptional"])
    assert CorrectionRequest.objects.get().status == "enrolled"


def test_what_the_rules_do_not_take_of_the_students_status_is_refused(office):
    record = student(office.centre, status="withdrawn")

    assert verdict(office, line(record)) == ("refused", ["record-disagrees"])


def test_a_student_by_both_numbers_is_told_twice(office):
    record = student(office.centre, certificate_number="1335001209114")
    (first, second) = judged(office, line(record), line(record, 学号="1335001209114", **OTHER))

    assert (first.verdict, second.verdict) == ("new", "refused")
    assert [each.code for each in second.findings] == ["request-repeated"]


def test_a_row_without_a_number_is_refused_by_itself(office):
    record = student(office.centre)
    told = judged(office, line(record), line(record, 学号=""))

    assert [each.verdict for each in told] == ["new", "refused"]


def test_all_or_none_writes_nothing_where_one_has_changed(office):
    records = [student(office.centre) for _ in range(2)]
    verdicts = judged(office, *(line(each) for each in records))
    drafted(office, Wish("name", "张叁", "change"), record=records[1])
    before = asked()

    with pytest.raises(Outdated):
        take_in(verdicts, again(office.clerk))
    assert asked() == before


def test_good_ones_are_written_though_one_has_changed(office):
    records = [student(office.centre) for _ in range(3)]
    verdicts = judged(office, *(line(each) for each in records))
    drafted(office, Wish("name", "张叁", "change"), record=records[1])
    outcomes = take_in(verdicts, again(office.clerk), together=False)

    assert [each.became for each in outcomes] == ["made", "not-taken", "made"]
    assert outcomes[1].message
    fields = CorrectionRequest.objects.filter(field="ethnicity").values_list("record", flat=True)
    assert list(fields) == [records[0].pk, records[2].pk]


def test_a_version_of_the_record_is_part_of_what_a_verdict_rests_on(office):
    record = student(office.centre)
    verdicts = judged(office, line(record))
    type(record).objects.update(version=2)

    with pytest.raises(Outdated):
        take_in(verdicts, again(office.clerk))


def test_rights_are_asked_of_who_writes(office):
    record = student(office.centre)
    verdicts = judged(office, line(record))

    with pytest.raises(Refused):
        take_in(verdicts, again(office.reviewer))
    assert Case.objects.count() == 0


def test_one_entry_tells_of_the_import_as_a_whole(office):
    record = student(office.centre)
    outcomes = taken(office, line(record))
    with office_transaction(office.clerk) as log:
        note_import(log, outcomes, unit=office.centre)

    entry = AuditEntry.objects.get(act="import")
    assert entry.facts == {"made": 1, "added": 0, "same": 0, "refused": 0}
    assert len(entry.digest) == 64


@pytest.mark.parametrize("count", [1, 60])
def test_the_number_of_questions_does_not_grow_with_the_rows(
    office, count, django_assert_max_num_queries
):
    records = [student(office.centre) for _ in range(count)]
    rows, by = table(*(line(each) for each in records)).rows, again(office.clerk)
    with django_assert_max_num_queries(60):
        take_in(judge_rows(rows, office.centre, by, policy_of(POLICY)), by)
