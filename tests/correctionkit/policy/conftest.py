from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from correctionkit.policy.mistakes import PolicyInvalid
from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.reading import overlay_of, policy_of
from correctionkit.policy.shelf import shared_vocabulary

SMALL_POLICY = """
schema = "correctionkit/policy/1"
id = "small"
version = "1"
title = { en = "Small", zh = "小" }
institution = { id = "nowhere", en = "Nowhere", zh = "某校" }
source = { en = "Made up", zh = "虚构" }
in_force = { from = 2020-01-01 }

[[clause]]
id = "one"
en = "Item 1"
zh = "第1条"
codes = ["evidence-missing"]

[[clause]]
id = "two"
en = "Item 2 (ours)"
zh = "第2条（自定）"
ours = true

[[status]]
id = "new"
en = "new student"
zh = "新生"
table = "附表1"
title = "新生统计表"
number = "student_number"

[[status]]
id = "enrolled"
en = "enrolled student"
zh = "在籍生"
table = "附表2"
title = "在籍生统计表"
number = "student_number"

[[number]]
id = "student_number"
en = "student number"
zh = "学号"
headings = ["学号"]
pattern = '(?P<year>[0-9]{2})(?P<category>[0-9]{3})(?P<serial>[0-9]{8})'
categories = ["012"]
autumn_serial_from = 50001
clause = "one"

[[column]]
id = "number"
headings = ["{number}"]
needed = true

[[column]]
id = "name"
headings = ["姓名"]
needed = true

[[column]]
id = "field"
headings = ["更正内容"]
needed = true

[[column]]
id = "new"
headings = ["更正后"]
needed = true

[[column]]
id = "reason"
headings = ["更正原因"]
needed = true

[[column]]
id = "change_date"
headings = ["变更日期"]
optional = true
date = true

[[roll_column]]
id = "student_number"
headings = ["学号"]

[[roll_column]]
id = "enrolled_on"
headings = ["入学日期"]
date = true

[[semester]]
season = "spring"
starts = "03-01"
ends = "07-31"

[[semester]]
season = "autumn"
starts = "09-01"
ends = "02-end"

[[accept]]
statuses = ["new", "enrolled"]
fields = ["name", "entry_education"]
reasons = ["change", "entry_error"]
clause = "one"

[[limit]]
kind = "first-semester"
statuses = ["new"]
outcome = "exceptional"
guess = "late"
clause = "two"
rule = { en = "the semester ended on {deadline}", zh = "学期已于 {deadline} 结束" }

[[limit]]
kind = "always"
statuses = ["enrolled"]
reasons = ["entry_error"]
outcome = "not-accepted"
clause = "one"
rule = { en = "too late", zh = "已逾期" }

[[evidence]]
fields = ["name"]
reasons = ["change"]
all_of = ["id_card"]
one_of = ["household_register", "police_change_certificate"]
clause = "one"

[[evidence]]
fields = ["entry_education"]
education = { from = 10, to = 39 }
all_of = ["register_lookup"]
clause = "one"

[[evidence]]
all_of = ["id_card"]
clause = "two"

[[evidence]]
adds = true
statuses = ["enrolled"]
all_of = ["enrolment_form"]
clause = "one"

[[kind]]
id = "correction"
en = "Correction"
zh = "修改"
sheet = "branch"
clause = "two"

[[kind.step]]
act = "consent"
role = "consenting"
level = "centre"

[[kind.step]]
act = "sign_off"
role = "head"
level = "branch"
clause = "one"

[[kind.step]]
act = "sign_off"
role = "president"
level = "branch"
exceptional = true

[[kind.step]]
act = "decide"
role = "reviewer"
level = "headquarters"

[[kind]]
id = "reversal"
en = "Reversal"
zh = "撤销"
reverses = true
clause = "two"

[[kind.step]]
act = "report"
role = "registrar"
level = "headquarters"

[[kind.step]]
act = "decide"
role = "reviewer"
level = "headquarters"

[package]
mixed_reasons = true
report_words = ["报告"]
report_formats = ["pdf"]
subject = "{unit}材料 第{batch}批"
max_entries = 100
max_bytes = 1000
max_entry_bytes = 500
max_ratio = 100
ratio_from = 10

[scan]
max_bytes = 400
min_dpi = 200
max_pixels = 1000
max_side = 100

[table]
max_rows = 10
max_columns = 20
max_cell_characters = 30
name_characters = 50

[[report_kind]]
id = "ordinary"
en = "Report"
zh = "报告"
signed_by = { en = "head", zh = "处长" }
seal = { en = "seal", zh = "公章" }
"""

SMALL_OVERLAY = """
schema = "correctionkit/overlay/1"
id = "narrower"
version = "1"
title = { en = "Narrower", zh = "收紧" }
institution = { id = "nowhere", en = "Nowhere", zh = "某校" }
source = { en = "Made up", zh = "虚构" }
in_force = {}

[[clause]]
id = "three"
en = "Item 3"
zh = "第3条"

[[evidence_kind]]
id = "approval"
en = "approval"
zh = "批准文件"

[[limit]]
kind = "outside-window"
window = [{ from = "12-01", until = "01-31" }]
outcome = "not-accepted"
clause = "three"
rule = { en = "in winter only", zh = "仅限冬季" }

[[evidence]]
adds = true
all_of = ["approval"]
clause = "three"
"""

Contents = dict[str, Any]


@pytest.fixture
def policy_content() -> Contents:
    return tomllib.loads(SMALL_POLICY)


@pytest.fixture
def overlay_content() -> Contents:
    return tomllib.loads(SMALL_OVERLAY)


@pytest.fixture
def small(policy_content: Contents) -> Policy:
    return read(policy_content)


@pytest.fixture
def narrower(overlay_content: Contents, small: Policy) -> Overlay:
    return overlay_of(overlay_content, "o.toml", small)


@pytest.fixture
def mistakes_of() -> Callable[[Contents], list[tuple[str, str, str]]]:
    """Return row, key and English fault of each mistake in a policy's or overlay's content."""

    def mistakes(content: Contents) -> list[tuple[str, str, str]]:
        try:
            if content.get("schema") == "correctionkit/overlay/1":
                overlay_of(content, "f.toml", read(tomllib.loads(SMALL_POLICY)))
            else:
                read(content)
        except PolicyInvalid as invalid:
            return [(each.row, each.key, each.fault.en) for each in invalid.mistakes]
        return []

    return mistakes


def read(content: Contents) -> Policy:
    return policy_of(copy.deepcopy(content), "f.toml", shared_vocabulary())
