from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from correctionkit.policy import shelf
from correctionkit.policy.mistakes import PolicyInvalid
from correctionkit.policy.model import Overlay, Policy
from correctionkit.terms import Words

DATA = Path(str(files("correctionkit.policy") / "data"))


def own_copy(tmp_path: Path, name: str) -> str:
    return str(shutil.copy(DATA / f"{name}.toml", tmp_path / "own.TOML"))


def test_every_shipped_file_stands_in_the_index() -> None:
    shipped = {path.stem for path in DATA.glob("*.toml")} - {"index", "vocabulary"}

    assert {*shelf.policy_ids(), *shelf.overlay_ids()} == shipped
    assert shelf.default_policy_id() in shelf.policy_ids()


@pytest.mark.parametrize("name", shelf.policy_ids())
def test_a_policy_is_found_by_its_id(name: str) -> None:
    assert shelf.find_policy(name).id == name


@pytest.mark.parametrize("name", shelf.overlay_ids())
def test_an_overlay_is_found_by_its_id_for_each_policy(name: str) -> None:
    assert [
        shelf.find_overlay(name, shelf.find_policy(base)).heading.id for base in shelf.policy_ids()
    ] == [name] * len(shelf.policy_ids())


def test_overlays_narrow_in_the_order_they_are_named() -> None:
    policy = shelf.find_policy("ouc-2016", ["windows-hebei", "hubei-2019"])

    assert [each.id for each in policy.overlays] == ["windows-hebei", "hubei-2019"]


def test_an_overlay_that_is_named_twice_narrows_once() -> None:
    once = shelf.find_policy("ouc-2016", ["hubei-2019"])

    assert shelf.find_policy("ouc-2016", ["hubei-2019", "hubei-2019"]) == once


def test_all_overlays_go_together() -> None:
    policy = shelf.find_policy("ouc-2021", shelf.overlay_ids())

    assert tuple(each.id for each in policy.overlays) == shelf.overlay_ids()


def test_a_policy_may_be_a_file(tmp_path: Path) -> None:
    assert shelf.find_policy(own_copy(tmp_path, "ouc-2021")) == shelf.find_policy("ouc-2021")


def test_an_overlay_may_be_a_file(tmp_path: Path) -> None:
    own = shelf.find_policy("ouc-2016", [own_copy(tmp_path, "jilin-2018")])

    assert own == shelf.find_policy("ouc-2016", ["jilin-2018"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "ouc-1999",
            Words(
                "“ouc-1999” is neither a TOML file nor one of: ouc-2016, ouc-2021",
                "“ouc-1999”不是 TOML 文件，也不在可选值中：ouc-2016, ouc-2021",
            ),
        ),
        (
            "hubei-2019",
            Words(
                "“hubei-2019” is an overlay, not a policy: name it with --overlay",
                "“hubei-2019”是附加规则，不是规则包，请用 --overlay 指定",
            ),
        ),
    ],
)
def test_an_unknown_policy_says_what_there_is(name: str, words: Words) -> None:
    with pytest.raises(shelf.PolicyUnknown) as unknown:
        shelf.find_policy(name)

    assert unknown.value.words() == words


def test_a_policy_named_as_overlay_says_so() -> None:
    with pytest.raises(shelf.PolicyUnknown) as unknown:
        shelf.find_policy("ouc-2016", ["ouc-2021"])

    assert unknown.value.words() == Words(
        "“ouc-2021” is a policy, not an overlay: name it with --policy",
        "“ouc-2021”是规则包，不是附加规则，请用 --policy 指定",
    )


def test_a_file_of_the_other_sort_says_so(tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalid) as as_policy:
        shelf.find_policy(own_copy(tmp_path, "hubei-2019"))
    with pytest.raises(PolicyInvalid) as as_overlay:
        shelf.find_policy("ouc-2016", [own_copy(tmp_path, "ouc-2021")])

    assert [str(each.value) for each in (as_policy, as_overlay)] == [
        "own.TOML schema: this is an overlay, not a policy: name it with --overlay",
        "own.TOML schema: this is a policy, not an overlay: name it with --policy",
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalid) as invalid:
        shelf.find_policy(str(tmp_path / "none.toml"))

    assert str(invalid.value) == "none.toml: there is no such file"


def test_files_of_both_sorts_can_be_validated(tmp_path: Path) -> None:
    assert isinstance(shelf.validate_file(Path(own_copy(tmp_path, "ouc-2016"))), Policy)
    assert isinstance(shelf.validate_file(Path(own_copy(tmp_path, "hubei-2019"))), Overlay)


def test_a_file_of_neither_sort_is_told_both(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_text("schema = 'x'", encoding="utf-8")

    with pytest.raises(PolicyInvalid) as invalid:
        shelf.validate_file(path)

    assert str(invalid.value) == (
        "f.toml schema: “x” is not one of: correctionkit/overlay/1, correctionkit/policy/1"
    )
