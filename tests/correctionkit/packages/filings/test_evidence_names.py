from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correctionkit.packages.filings.evidence_names import (
    EvidenceName,
    EvidenceStems,
    Side,
    split_extension,
)
from correctionkit.policy.shelf import find_policy

KINDS = find_policy("ouc-2016").vocabulary.kinds
STEMS = EvidenceStems(KINDS.values())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_every_stem_names_its_kind(kind) -> None:
    for stem in (kind.label.zh, *kind.aliases):
        assert STEMS.read(stem) == EvidenceName(kind.id)


@pytest.mark.parametrize(
    ("name", "page"),
    [("户口本", None), ("户口本1", 1), ("户口本-2", 2), ("户口本_3", 3), ("户口本(4)", 4),
     ("户口本（5）", 5), ("户口本 6", 6), ("户口本７", 7), ("户口本第8页", 8), ("户口本 (9)", 9)],
)  # fmt: skip
def test_a_page_number_at_the_end_does_not_count(name: str, page: int | None) -> None:
    assert STEMS.read(name) == EvidenceName("household_register", None, page)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "身份证号码更正事项告知函", "id_number_correction_notice", id="longer than 身份证"
        ),
        pytest.param("身份证号码变更证明", "id_number_change_certificate", id="a certificate"),
        pytest.param("县级以上公安机关变更证明", "county_police_certificate", id="of the county"),
        pytest.param("毕业证书", "diploma", id="longer than 毕业证"),
        pytest.param("毕业生登记表", "graduate_form", id="the graduate's form"),
        pytest.param("张三身份证", "id_card", id="a name before it"),
        pytest.param("身份证_张三", "id_card", id="a name behind it"),
        pytest.param("身份证户口本", None, id="two kinds of one length"),
        pytest.param("IMG_0001", None, id="no kind"),
        pytest.param("材料1", None, id="no kind but a page"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_longest_stem_wins(name: str, expected: str | None) -> None:
    assert STEMS.read(name).kind == expected


@pytest.mark.parametrize(
    ("name", "side"),
    [("身份证正面", Side.FRONT), ("身份证反面", Side.BACK), ("身份证背面1", Side.BACK),
     ("身份证正反面", None), ("身份证", None)],
)  # fmt: skip
def test_a_side_of_a_card_is_told(name: str, side: Side | None) -> None:
    assert STEMS.read(name) == EvidenceName("id_card", side, 1 if name.endswith("1") else None)


@given(st.text(max_size=40))
def test_any_name_can_be_read(name: str) -> None:
    assert STEMS.read(name).kind in {None, *KINDS}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("身份证.jpg", ("身份证", "jpg")), ("a.b.JPG", ("a.b", "JPG")), ("身份证", ("身份证", "")),
     (".DS_Store", (".DS_Store", "")), ("身份证.", ("身份证", ""))],
)  # fmt: skip
def test_an_extension_is_what_follows_the_last_dot(name: str, expected: tuple[str, str]) -> None:
    assert split_extension(name) == expected
