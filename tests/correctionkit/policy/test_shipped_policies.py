"""The facts of the shipped policies, as their sources state them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from correctionkit.policy.bounds import ScanBounds
from correctionkit.policy.calendar import InForce
from correctionkit.policy.matrix import Standing, cells
from correctionkit.policy.model import Policy
from correctionkit.policy.shelf import (
    default_policy_id,
    find_overlay,
    find_policy,
    overlay_ids,
    policy_ids,
    shared_vocabulary,
)
from correctionkit.terms import Act

CASES = Path(__file__).parents[3] / "fixtures/cases/evidence.toml"

NUMBER_PROOFS = (
    "id_number_correction_notice",
    "id_number_change_certificate",
    "police_change_certificate",
)
NAME_PROOFS = ("household_register", "police_change_certificate")
SCHOOL_PROOFS = ("register_lookup", "degree_authentication")

CHANGES_2016 = {
    ("gender", None): (("id_card",), (), "3 (1)"),
    ("ethnicity", None): (("id_card",), (), "3 (1)"),
    ("entry_education", (10, 39)): ((), SCHOOL_PROOFS, "3 (2) and (5)"),
    ("entry_education", (40, 99)): (("diploma",), (), "3 (2) and (5)"),
    ("name", None): (("id_card",), NAME_PROOFS, "3 (3)"),
    ("id_number", None): (("id_card",), NUMBER_PROOFS, "3 (4)"),
}
BOTH = ("id_card", "enrolment_form")
FOUR = ("name", "gender", "id_number", "ethnicity")
ERRORS_2016 = {
    ("entry_education", (10, 39)): ((), SCHOOL_PROOFS, "3 (2) and (5)"),
    ("entry_education", (40, 99)): (("diploma",), (), "3 (2) and (5)"),
    **{
        (field, None): (BOTH, (), "3 (5)") for field in ("name", "gender", "id_number", "ethnicity")
    },
}
OURS_2021 = "Evidence for the birth date, as for the ID number (ours)"
CHANGES_2021 = {
    **{key: row for key, row in CHANGES_2016.items() if key[0] != "entry_education"},
    ("birth_date", None): (("id_card",), NUMBER_PROOFS, OURS_2021),
}
ERRORS_2021 = {
    **{key: row for key, row in ERRORS_2016.items() if key[0] != "entry_education"},
    ("birth_date", None): (BOTH, (), OURS_2021),
}


def matrix(policy: Policy, status: str, reason: str) -> dict[Any, Any]:
    return {
        (cell.field, cell.education): (
            tuple(kind for kind, _ in cell.requirement.all_of if kind != "graduate_form"),
            cell.requirement.one_of,
            next(
                clause.words.en.removeprefix("Requirements, part 2, ")
                for clause in (
                    *(each for _, each in cell.requirement.all_of),
                    cell.requirement.one_of_clause,
                )
                if clause
            ),
        )
        for cell in cells(policy)
        if cell.status == status and cell.reason == reason and cell.acceptance
    }


@pytest.mark.parametrize("status", ["new", "enrolled"])
def test_evidence_of_2016(status: str) -> None:
    policy = find_policy("ouc-2016")

    assert matrix(policy, status, "change") == CHANGES_2016
    assert matrix(policy, status, "entry_error") == ERRORS_2016


@pytest.mark.parametrize("status", ["new", "enrolled", "graduated"])
def test_evidence_of_2021(status: str) -> None:
    policy = find_policy("ouc-2021")

    assert matrix(policy, status, "change") == CHANGES_2021
    assert matrix(policy, status, "entry_error") == ERRORS_2021


def test_graduates_of_2016_correct_all_but_their_prior_education() -> None:
    policy = find_policy("ouc-2016")
    without = [
        {key: row for key, row in rows.items() if key[0] != "entry_education"}
        for rows in (CHANGES_2016, ERRORS_2016)
    ]

    assert [matrix(policy, "graduated", reason) for reason in ("change", "entry_error")] == without


@pytest.mark.parametrize("name", policy_ids())
def test_graduates_add_their_form_and_nobody_else(name: str) -> None:
    for cell in cells(find_policy(name)):
        added = [each.words.en for kind, each in cell.requirement.all_of if kind == "graduate_form"]
        expected = ["Requirements, part 2, 3 (6)"] if cell.status == "graduated" else []
        if cell.acceptance:
            assert added == expected


@pytest.mark.parametrize(
    ("name", "status", "reason", "expected"),
    [
        ("ouc-2016", "new", "change", Standing.DEADLINE),
        ("ouc-2016", "new", "entry_error", Standing.DEADLINE),
        ("ouc-2016", "enrolled", "change", Standing.ORDINARY),
        ("ouc-2016", "enrolled", "entry_error", Standing.EXCEPTIONAL),
        ("ouc-2016", "graduated", "change", Standing.EXCEPTIONAL),
        ("ouc-2016", "graduated", "entry_error", Standing.EXCEPTIONAL),
        ("ouc-2021", "new", "change", Standing.ORDINARY),
        ("ouc-2021", "new", "entry_error", Standing.DEADLINE),
        ("ouc-2021", "enrolled", "change", Standing.ORDINARY),
        ("ouc-2021", "enrolled", "entry_error", Standing.DEADLINE),
        ("ouc-2021", "graduated", "change", Standing.EXCEPTIONAL),
        ("ouc-2021", "graduated", "entry_error", Standing.EXCEPTIONAL),
    ],
)
def test_when_requests_are_taken(name: str, status: str, reason: str, expected: Standing) -> None:
    standings = {
        cell.standing
        for cell in cells(find_policy(name))
        if (cell.status, cell.reason) == (status, reason) and cell.acceptance
    }

    assert standings == {expected}


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        (
            "ouc-2016",
            [
                ("first-semester", "exceptional", "late", "Requirements, part 1, item 1"),
                (
                    "always",
                    "exceptional",
                    "exceptional",
                    "Requirements, note (2) under table 2",
                ),
                ("always", "exceptional", "exceptional", "Requirements, part 1, item 3"),
                (
                    "changed-after-graduation",
                    "not-accepted",
                    "not-accepted",
                    "Requirements, part 1, item 3",
                ),
            ],
        ),
        (
            "ouc-2021",
            [
                ("first-semester", "exceptional", "late", "Requirements, note (2) under table 2"),
                ("always", "exceptional", "exceptional", "Requirements, part 1, item 3"),
                (
                    "changed-after-graduation",
                    "not-accepted",
                    "not-accepted",
                    "Requirements, part 1, item 3",
                ),
            ],
        ),
    ],
)
def test_limits_and_their_clauses(name: str, limits: list[tuple[str, str, str, str]]) -> None:
    assert [
        (each.kind, each.outcome, each.guess, each.clause.en) for each in find_policy(name).limits
    ] == limits


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        ("scan-photo", "part 2, 4 (1)"),
        ("scan-screenshot", "part 2, 4 (1)"),
        ("scan-damaged", "part 2, 4 (2)"),
        ("scan-blurred", "part 2, 4 (3)"),
        ("scan-resolution", "part 2, 4 (3)"),
        ("scan-one-side", "part 2, 4 (4)"),
        ("scan-too-large", "part 2, 4 (6)"),
        ("scan-format", "part 2, 4 (7)"),
        ("evidence-unnamed", "part 2, 4 (8); examples in annex 4"),
        ("evidence-missing", "part 2, 3"),
        ("folder-name", "part 2, 2 (2); examples in annex 3"),
        ("table-missing", "part 2, 2 (1)"),
        ("table-order", "part 2, 1 (2); note (3) under tables 1 to 3"),
        ("report-missing", "part 1, item 4; part 2, 1 (1)"),
    ],
)
def test_codes_rest_on_the_item_that_asks(code: str, clause: str) -> None:
    for name in policy_ids():
        words = find_policy(name).clause_for(code)
        assert words
        assert words.en == f"Requirements, {clause}"


def test_the_default_is_the_policy_of_2016() -> None:
    assert default_policy_id() == "ouc-2016"


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("ouc-2016", InForce(date(2016, 9, 1))),
        ("ouc-2021", InForce(date(2021, 8, 13))),
    ],
)
def test_policies_are_in_force_from_a_day_on(name: str, dates: InForce) -> None:
    assert find_policy(name).heading.in_force == dates


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("no-double-correction", InForce(date(2014, 3, 1))),
        ("hubei-2019", InForce(date(2019, 1, 1))),
        ("jilin-2018", InForce(date(2018, 1, 1))),
        ("windows-guangdong", InForce()),
        ("windows-hebei", InForce()),
        ("sichuan-top-up", InForce()),
        ("liaoning-2025", InForce(date(2025, 3, 20), date(2025, 4, 27))),
        ("form-for-change-2024", InForce(date(2024, 1, 1))),
    ],
)
def test_overlays_have_the_dates_of_their_sources(name: str, dates: InForce) -> None:
    assert find_overlay(name, find_policy("ouc-2016")).heading.in_force == dates


@pytest.mark.parametrize("name", ["windows-guangdong", "windows-hebei", "sichuan-top-up"])
def test_overlays_of_unsure_scope_say_so(name: str) -> None:
    source = find_overlay(name, find_policy("ouc-2016")).heading.source

    assert "not sure" in source.en
    assert "未确认" in source.zh


@pytest.mark.parametrize("name", policy_ids())
def test_bounds_of_scans(name: str) -> None:
    assert find_policy(name).scan_bounds == ScanBounds(
        max_bytes=10 * 1024**2, min_dpi=200, max_pixels=40_000_000, max_side=20_000
    )


@pytest.mark.parametrize("name", policy_ids())
def test_columns_and_tables(name: str) -> None:
    policy = find_policy(name)
    head = ["序号", "分部", "学习中心"]
    rest = ["姓名", "更正内容", "更正前", "更正后", "更正原因", "备注", "变更日期"]

    assert {
        status.id: (status.table, [column.headings[0] for column in policy.columns_of(status.id)])
        for status in policy.statuses.values()
    } == {
        "new": ("附表1", [*head, "学号", *rest]),
        "enrolled": ("附表2", [*head, "学号", *rest]),
        "graduated": ("附表3", [*head, "注册证号", *rest]),
    }
    assert [column.id for column in policy.columns if column.needed] == [
        "number",
        "name",
        "field",
        "new",
        "reason",
    ]
    assert [column.id for column in policy.columns if column.optional] == ["change_date"]


@pytest.mark.parametrize("name", policy_ids())
def test_columns_of_the_roll(name: str) -> None:
    columns = find_policy(name).roll_columns

    assert "、".join(column.headings[0] for column in columns) == (
        "学号、注册证号、学籍状态、姓名、性别、民族、出生日期、证件类型、证件号码、入学文化程度、"
        "分部、学习中心、专业、层次、入学日期、毕业日期"
    )
    assert [column.id for column in columns if column.date] == [
        "birth_date",
        "enrolled_on",
        "graduated_on",
    ]


@pytest.mark.parametrize("name", policy_ids())
def test_numbers(name: str) -> None:
    numbers = find_policy(name).numbers

    assert numbers["student_number"].pattern.is_valid("1335001209114")
    assert not numbers["student_number"].pattern.is_valid("133500120911")
    assert numbers["student_number"].categories == {"012", "014", "044", "054", "064"}
    assert numbers["student_number"].autumn_serial_from == 50001
    assert numbers["certificate_number"].pattern.is_valid("511618201705981300")
    assert numbers["certificate_number"].pattern.is_valid("51161820170598130")
    assert not numbers["certificate_number"].pattern.is_valid("511628201705981300")


@pytest.mark.parametrize("name", policy_ids())
def test_papers_and_who_signs_them(name: str) -> None:
    assert [(each.id, each.signed_by.zh, each.seal.zh) for each in find_policy(name).reports] == [
        ("ordinary", "分部学籍主管处长", "分部学籍管理科上级主管部门公章"),
        ("tables", "分部学籍主管处长、经手人", "分部学籍管理科上级主管部门公章"),
        ("exceptional", "主管校长", "学校公章"),
    ]


def test_packages_of_2021_hold_one_reason_and_name_the_platform() -> None:
    packages = {name: find_policy(name).package for name in policy_ids()}

    assert [packages[name].mixed_reasons for name in ("ouc-2016", "ouc-2021")] == [True, False]
    assert packages["ouc-2021"].platforms == ("CPS平台", "国开平台")
    assert packages["ouc-2021"].subject == (
        "{unit}（{platform}）信息修改（{reason}）第{batch}批{students}人{date}"
    )


STEMS = {
    "id_card": "身份证 身份证正反面 身份证正面 身份证反面 二代身份证",
    "household_register": "户口本 户口簿 户口页 曾用名页",
    "household_proof": "户籍证明",
    "police_change_certificate": (
        "公安主项信息变更更正证明 主项信息变更证明 主项信息变更、更正证明 主项信息更正证明 "
        "户籍出具的变更证明 公安变更证明 派出所变更证明 变更更正证明"
    ),
    "county_police_certificate": "县级以上公安机关变更证明 公安机关变更证明",
    "id_number_correction_notice": (
        "公民身份证号码更正事项告知函 身份证号码更正事项告知函 更正事项告知函 告知函"
    ),
    "id_number_change_certificate": "公民身份证号码变更证明 身份证号码变更证明 号码变更证明",
    "enrolment_form": "报名登记表 招生报名登记表 报名表",
    "graduate_form": "毕业生登记表",
    "register_lookup": "学信网学历网查结果 学历网查结果 学历网查 网查结果 学历查询",
    "degree_authentication": "学历认证报告 学历认证",
    "diploma": "毕业证书 毕业证",
    "fee_invoice": "学费发票",
    "birth_certificate": "出生医学证明",
    "confirmation_slip": "确认表 学籍信息确认表",
    "withdrawal_form": "退学申请表",
}


def test_every_kind_of_evidence_has_its_stems() -> None:
    kinds = shared_vocabulary().kinds
    stems = {
        kind.id: {kind.label.zh, *kind.aliases, *kind.front, *kind.back} for kind in kinds.values()
    }

    assert list(kinds) == list(STEMS)
    assert {each: set(STEMS[each].split()) - found for each, found in stems.items()} == {
        each: set() for each in STEMS
    }
    assert [kind.id for kind in kinds.values() if kind.card] == ["id_card"]


def test_the_photo_of_a_withdrawal_may_come_from_a_phone() -> None:
    overlay = find_overlay("liaoning-2025", find_policy("ouc-2016"))

    assert overlay.vocabulary.kinds["withdrawal_photo"].spared == {"scan-photo"}


@pytest.mark.parametrize("name", policy_ids())
def test_corrections_are_signed_at_the_branch_and_decided_at_headquarters(name: str) -> None:
    policy = find_policy(name)
    kind, reversal = policy.kinds["correction"], policy.kinds["reversal"]

    assert list(policy.kinds) == ["correction", "reversal"]
    assert (kind.sheet, kind.reverses, kind.clause.ours) == ("branch", False, True)
    assert [
        [(step.act, step.role, step.level) for step in kind.chain(exceptional)]
        for exceptional in (False, True)
    ] == [
        [(Act.SIGN_OFF, "head", "branch"), (Act.DECIDE, "reviewer", "headquarters")],
        [
            (Act.SIGN_OFF, "head", "branch"),
            (Act.SIGN_OFF, "president", "branch"),
            (Act.DECIDE, "reviewer", "headquarters"),
        ],
    ]
    assert [(step.clause.id, step.clause.ours) for step in kind.steps] == [
        ("report", False),
        ("exceptional", False),
        ("decision", False),
    ]
    assert (reversal.sheet, reversal.reverses, reversal.clause.ours) == (None, True, True)
    assert [(step.act, step.role, step.level, step.exceptional) for step in reversal.steps] == [
        (Act.REPORT, "registrar", "headquarters", False),
        (Act.DECIDE, "reviewer", "headquarters", False),
    ]


def test_what_has_no_source_says_that_it_is_ours() -> None:
    for name in policy_ids():
        for clause in find_policy(name).clauses.values():
            assert clause.ours == ("ours" in clause.words.en) == ("本工具自定" in clause.words.zh)


def test_every_policy_and_overlay_has_cases_that_pass_and_cases_that_stop() -> None:
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    judged = {
        name: {
            bool(case["expect"])
            for case in cases
            if name == case["policy"] or case["overlays"] == [name]
        }
        for name in (*policy_ids(), *overlay_ids())
    }

    assert judged == {name: {True, False} for name in judged}
    assert len({case["name"] for case in cases}) == len(cases)
