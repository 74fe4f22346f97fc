from __future__ import annotations

from datetime import date

import pytest

from correctionkit.policy.shelf import find_policy
from correctionkit.requests.check import check_request, check_student

POLICY = find_policy("ouc-2016")
ON = date(2026, 11, 20)
FEMALE_1949 = "11010519491231002X"


def test_a_passing_request_has_no_finding(make_request) -> None:
    assert list(check_student([make_request()], POLICY, ON)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"new": "张三"}, ["request-unchanged"], id="the same name"),
        pytest.param({"new": " 张三"}, ["request-unchanged"], id="the same but for a space"),
        pytest.param({"old": ""}, [], id="no old value"),
        pytest.param({"new": ""}, ["value-unknown"], id="no new value"),
        pytest.param({"new": "张3"}, ["name-invalid"], id="a digit in a name"),
        pytest.param({"new": "阿" * 100}, [], id="as long as a name can be"),
        pytest.param({"new": "阿" * 101}, ["name-invalid"], id="one character longer"),
        pytest.param({"field": "gender", "old": "男", "new": "女"}, [], id="gender"),
        pytest.param(
            {"field": "gender", "old": "男", "new": "雄"}, ["value-unknown"], id="no gender"
        ),
        pytest.param(
            {"field": "entry_education", "old": "高中", "new": "高中毕业"}, [], id="completed, too"
        ),
        pytest.param(
            {"field": "birth_date", "new": "1949-12-31"}, ["request-not-accepted"], id="field"
        ),
        pytest.param(
            {"field": "id_number", "old": "x", "new": FEMALE_1949}, [], id="a right number"
        ),
        pytest.param(
            {"field": "id_number", "old": "x", "new": "610104620927690"},
            ["id-invalid"],
            id="15 digits",
        ),
        pytest.param(
            {"field": "id_number", "old": "610104620927690", "new": "610104196209276908"},
            [],
            id="15 to 18",
        ),
        pytest.param(
            {"field": "id_number", "old": "x", "new": "810000199408230021"},
            [],
            id="a residence permit",
        ),
        pytest.param({"reason": "entry_error"}, ["request-exceptional"], id="an entry error"),
    ],
)
def test_one_change_gives_its_findings(make_request, codes, changes, expected) -> None:
    assert codes(check_request(make_request(**changes), POLICY, ON)) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param("20261120", [], id="born today"),
        pytest.param("20261121", ["id-invalid"], id="born tomorrow"),
    ],
)
def test_a_birth_date_may_not_lie_in_the_future(make_request, codes, born, expected) -> None:
    body = f"110105{born}002"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]
    request = make_request(field="id_number", old="x", new=body + check)

    assert codes(check_request(request, POLICY, ON)) == expected


def test_a_refused_request_is_not_called_late_as_well(make_request, codes) -> None:
    policy = find_policy("ouc-2016", ["hubei-2019"])
    request = make_request(number="1735001200001", reason="entry_error")

    assert codes(check_request(request, policy, ON)) == ["request-not-accepted"]


def test_a_finding_names_the_rule_and_its_clause(make_request) -> None:
    request = make_request(status="new", number="2635001200114")

    (finding,) = check_request(request, POLICY, date(2026, 8, 1))

    assert dict(finding.params) == {
        "status": "new",
        "reason": "change",
        "rule": "first-semester",
        "rule_en": finding.params["rule_en"],
        "rule_zh": finding.params["rule_zh"],
        "year": 2026,
        "season": "spring",
        "basis": "student-number",
        "deadline": "2026-07-31",
    }
    assert finding.clause == POLICY.clauses["when-new"].words


def test_the_second_request_for_one_field_is_told(make_request) -> None:
    again = make_request(new="张仨")

    findings = list(check_student([make_request(), again], POLICY, ON))

    assert [(each.code, each.params["first_row"]) for each in findings] == [("request-repeated", 3)]


def test_a_double_correction_is_told_once_at_the_last_row(make_request, codes) -> None:
    policy = find_policy("ouc-2016", ["no-double-correction"])
    name, number = make_request(), make_request(field="id_number", old="x", new=FEMALE_1949)

    assert codes(check_student([name, number], policy, ON)) == ["request-double"]
    assert codes(check_student([number, name], policy, ON)) == ["request-double"]
    assert codes(check_student([number], policy, ON)) == []


@pytest.mark.parametrize(
    ("changes", "record", "expected"),
    [
        pytest.param([("id_number", FEMALE_1949)], {"gender": "女"}, [], id="agrees with the roll"),
        pytest.param(
            [("id_number", FEMALE_1949)], {"gender": "男"}, ["id-disagrees"], id="roll's gender"
        ),
        pytest.param(
            [("id_number", FEMALE_1949), ("gender", "女")],
            {"gender": "男"},
            [],
            id="gender corrected too",
        ),
        pytest.param(
            [("id_number", FEMALE_1949), ("gender", "男")],
            {},
            ["id-disagrees"],
            id="new against new",
        ),
        pytest.param(
            [("id_number", FEMALE_1949)],
            {"birth_date": "1950-01-01"},
            [],
            id="a birth date comes along with the number",
        ),
        pytest.param(
            [("gender", "男")],
            {"id_number": FEMALE_1949},
            ["id-disagrees"],
            id="gender against the roll",
        ),
        pytest.param(
            [("gender", "男")], {"id_number": "110105"}, [], id="a wrong number in the roll"
        ),
        pytest.param(
            [("ethnicity", "回")],
            {"id_number": FEMALE_1949, "gender": "男"},
            [],
            id="not asked for",
        ),
    ],
)
def test_number_and_values_must_agree_as_they_would_stand(
    make_request, make_record, codes, changes, record, expected
) -> None:
    requests = [make_request(field=field, old="", new=new) for field, new in changes]

    assert codes(check_student(requests, POLICY, ON, make_record(**record))) == expected


def test_of_a_birth_date_only_the_differing_part_is_shown(make_request) -> None:
    policy = find_policy("ouc-2021")
    requests = [
        make_request(field="id_number", old="x", new=FEMALE_1949),
        make_request(field="birth_date", old="", new="1949-12-30"),
    ]

    (finding,) = check_student(requests, policy, ON)

    assert (finding.code, finding.params["said"], finding.params["stands"]) == (
        "id-disagrees",
        "****-**-31",
        "****-**-30",
    )
    assert FEMALE_1949 not in repr(finding)


def test_an_invalid_number_is_masked_in_its_finding(make_request) -> None:
    request = make_request(field="id_number", old="x", new="110105194912310021")

    (finding,) = check_request(request, POLICY, ON)

    assert dict(finding.params) == {
        "value": "110***********0021",
        "fault": "check",
        "expected": "X",
    }
