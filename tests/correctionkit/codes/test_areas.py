from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files

import pytest

from correctionkit.codes import areas
from correctionkit.codes.areas import AreaName


@pytest.mark.parametrize(
    "expected",
    [
        AreaName("110105", "朝阳区", "北京市朝阳区"),
        AreaName("610104", "莲湖区", "陕西省西安市莲湖区"),
        AreaName("420000", "湖北省", "湖北省"),
        AreaName("510100", "成都市", "四川省成都市"),
        AreaName("429004", "仙桃市", "湖北省仙桃市"),
        AreaName("110103", "崇文区", "北京市崇文区", until=2010),
        AreaName("440524", "潮阳县", "广东省汕头市潮阳县", until=1993),
        AreaName("510202", "渝中区", "四川省重庆市渝中区", ("市中区",), 1997),
        AreaName("659012", "白杨市", "新疆维吾尔自治区白杨市"),
        AreaName("810000", "香港特别行政区", "香港特别行政区"),
        AreaName("820000", "澳门特别行政区", "澳门特别行政区"),
        AreaName("830000", "台湾省", "台湾省"),
    ],
    ids=lambda area: area.full_name,
)
def test_a_code_has_its_name_from_the_province_down(expected: AreaName) -> None:
    assert areas.find(expected.code) == expected
    assert areas.is_known(expected.code)


@pytest.mark.parametrize("code", ["", "000000", "999999", "1101", "11010519491231002X", "北京"])
def test_what_the_table_lacks_is_none(code: str) -> None:
    assert areas.find(code) is None
    assert not areas.is_known(code)


def test_every_row_is_sound() -> None:
    lines = files("correctionkit.codes").joinpath("areas.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert all(re.fullmatch(r"[1-8]\d{5}", code) for code, *_ in rows)
    assert [code for code, *_ in rows] == sorted({code for code, *_ in rows})
    assert [row for row in rows if not re.fullmatch(r"|19[89]\d|20[012]\d", row[3])] == []
    found = [areas.find(code) for code, *_ in rows]
    assert all(area and area.full_name.endswith(area.name) for area in found)
    assert len(rows) > 7000


def test_the_table_is_read_only_when_it_is_asked_for() -> None:
    script = (
        "from correctionkit.codes import areas; before = areas._lines.cache_info().currsize;"
        "areas.find('110105'); print(before, areas._lines.cache_info().currsize)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "1"]
