"""Composing a package from loose material."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.passing_package import PassingPackage, passing_files, row

from correctionkit.packages.building.build import BuildOrder, BuildRefused, Built, build_package
from correctionkit.packages.building.package_name import OrderMistaken
from correctionkit.packages.check import check_package
from correctionkit.packages.manifest import read_manifest
from correctionkit.packages.writer import zip_writing
from correctionkit.packages.writer.writing import WritingRefused
from correctionkit.policy.shelf import find_policy

ON = date(2026, 11, 20)
POLICY = find_policy("ouc-2016")
ONE_REASON = find_policy("ouc-2021")
SUBJECT = "四川分部学生基本信息修改材料 第3批 2人 20261120"
TABLE = "附表2在籍生基本信息修改情况统计表.xlsx"
A, B = "1335001209114", "1335001209222"


def material(
    folder: Path, scans: Iterable[str] | dict[str, bytes] = (), **changes: Any
) -> BuildOrder:
    """Write a table and *scans*, and return the order that builds them."""
    package = PassingPackage()
    for name, value in changes.pop("package", {}).items():
        setattr(package, name, value)
    table = folder / changes.pop("table", "附表2台账.xlsx")
    table.write_bytes(package.workbook())
    contents = scans if isinstance(scans, dict) else dict.fromkeys(scans, b"picture")
    (folder / "scans").mkdir()
    for path, content in (contents or {f"{A}/身份证.jpg": b"picture"}).items():
        target = folder / "scans" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    order = {"unit": "四川分部", "batch": 3, "on": ON, **changes}
    return BuildOrder((table,), folder / "scans", **order)


def build(folder: Path, *args: Any, policy: Any = POLICY, **changes: Any) -> Built:
    return build_package(material(folder, *args, **changes), policy, folder / "out")


def files_of(built: Built) -> list[str]:
    return sorted(
        path.relative_to(built.path).as_posix()
        for path in built.path.rglob("*")
        if path.is_file() and path.suffix != ".xlsx"
    )


def told(built: Built) -> set[tuple[str, str, str]]:
    return {(each.what, each.path_before, each.path_after) for each in built.repairs}


def lines(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path).active
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_package_of_loose_material_passes_the_check(tmp_path: Path) -> None:
    files = passing_files()
    scans = {
        f"材料_{A}_张三/身份证.jpg": files[f"{A}张三/身份证.jpg"],
        f"材料_{A}_张三/户口本.jpg": files[f"{A}张三/户口本.jpg"],
        f"{B}身份证.jpg": files[f"{B}李四/身份证.jpg"],
    }

    built = build(tmp_path, scans)

    checked = check_package(built.path, POLICY, ON)
    assert [finding.code for finding in checked.report.findings] == []
    assert built.path == tmp_path / "out" / SUBJECT
    assert built.subject == SUBJECT
    assert (built.counts.students, built.counts.requests, built.counts.scans) == (2, 2, 3)
    assert files_of(built) == [f"{A}张三/户口本.jpg", f"{A}张三/身份证.jpg", f"{B}李四/身份证.jpg"]
    for path in files_of(built):
        source = files[path]
        assert (built.path / path).read_bytes() == source


def test_table_is_written_anew_sorted_and_all_text(tmp_path: Path) -> None:
    rows = [
        row(7, B, "李四", "民族", "汉", "回") | {"phone": 13800000000},
        row(8, A, "张　三", "姓名", "张三", "张叁") | {"phone": "x"},
    ]
    headings = {**PassingPackage().headings, "phone": "联系电话"}

    built = build(tmp_path, package={"rows": rows, "headings": headings})

    title, header, first, second, blank, note, _, signatures = lines(built.path / TABLE)
    assert title[0] == "国家开放大学在籍生基本信息修改情况统计表"
    assert header == [
        "序号", "分部", "学习中心", "学号", "姓名", "更正内容", "更正前", "更正后", "更正原因",
        "备注", "联系电话",
    ]  # fmt: skip
    assert first == ["1", "样本分部", "样本学习中心", A, "张三", "姓名", "张三", "张叁",
                     "信息变更", None, "x"]  # fmt: skip
    assert second == ["2", "样本分部", "样本学习中心", B, "李四", "民族", "汉", "回",
                      "信息变更", None, "13800000000"]  # fmt: skip
    assert not any(blank)
    assert note[0].startswith("注：（1）更正内容：姓名、性别、身份证号、民族、入学文化程度；")
    assert signatures[0].split() == [
        "分部学籍主管处长签字：",
        "经手人签字：",
        "（分部学籍管理科上级主管部门公章）",
        "填表日期：",
    ]
    assert told(built) >= {
        ("table-written", "附表2台账.xlsx", TABLE),
        ("rows-sorted", "", TABLE),
        ("columns-kept", "", TABLE),
        ("cell-set-right", "附表2台账.xlsx", TABLE),
    }
    (cell,) = [each for each in built.repairs if each.what == "cell-set-right"]
    assert dict(cell.params) == {
        "row": 4, "column": "姓名", "typed": "张　三", "read": "张三", "changes": ["spaces"],
    }  # fmt: skip


def test_table_in_order_is_not_told_as_sorted(tmp_path: Path) -> None:
    built = build(tmp_path)

    assert {what for what, _, _ in told(built)} == {"table-written", "scan-placed"}


def test_several_tables_of_one_status_become_one(tmp_path: Path) -> None:
    order = material(tmp_path, package={"rows": [row(1, B, "李四", "民族", "汉", "回")]})
    other = tmp_path / "更多在籍生.csv"
    other.write_text(
        f"学号,姓名,更正内容,更正前,更正后,更正原因,变更日期\n{A},张三,姓名,张三,张叁,信息变更,2026-10-01\n",
        encoding="gb18030",
    )

    built = build_package(
        BuildOrder((*order.tables, other), order.scans, "四川分部", 3, ON), POLICY, tmp_path / "out"
    )

    _, header, first, second, *_ = lines(built.path / TABLE)
    assert (header[3], header[-1]) == ("学号", "变更日期")
    assert (first[3], first[-1]) == (A, "2026-10-01")
    assert (second[3], second[-1]) == (B, None)


@pytest.mark.parametrize(
    ("scans", "expected"),
    [
        pytest.param([f"{A}身份证.jpg"], [f"{A}张三/身份证.jpg"], id="loose file"),
        pytest.param([f"{A}-户口本-2.png"], [f"{A}张三/户口本2.png"], id="page kept"),
        pytest.param([f"{A}张三身份证.JPG"], [f"{A}张三/身份证.jpg"], id="name in between"),
        pytest.param([f"身份证{A}.jpg"], [f"{A}张三/身份证.jpg"], id="number last is no page"),
        pytest.param(
            [f"{A}/户口本.jpg", f"{A}/户口本首页.jpg"],
            [f"{A}张三/户口本1.jpg", f"{A}张三/户口本2.jpg"],
            id="pages numbered",
        ),
        pytest.param(
            [f"{A}/户口本3.jpg", f"{A}/户口本(1).jpg", f"{A}/家庭户口本.jpg"],
            [f"{A}张三/户口本1.jpg", f"{A}张三/户口本2.jpg", f"{A}张三/户口本3.jpg"],
            id="pages kept and filled in",
        ),
        pytest.param(
            [f"{A}/户口本1.jpg", f"{A}/曾用名页.jpg"],
            [f"{A}张三/户口本1.jpg", f"{A}张三/曾用名页.jpg"],
            id="another word of the same kind is kept",
        ),
        pytest.param(
            [f"{A}/身份证正面.jpg", f"{A}/身份证反面.jpg"],
            [f"{A}张三/身份证反面.jpg", f"{A}张三/身份证正面.jpg"],
            id="sides stay sides",
        ),
        pytest.param([f"{A}/IMG_0001.jpg"], [f"{A}张三/IMG_0001.jpg"], id="no kind, no new name"),
        pytest.param(
            ["１３３５００１２０９１１４ 张三/身份证.jpg"], [f"{A}张三/身份证.jpg"], id="full width"
        ),
        pytest.param([f"{A}-户口本-增页.jpg"], [f"{A}张三/户口本.jpg"], id="words behind the kind"),
        pytest.param([f"户口本张三{A}.jpg"], [f"{A}张三/户口本.jpg"], id="kind first"),
        pytest.param([f"{A}/a/身份证.jpg"], [f"{A}张三/身份证.jpg"], id="folder inside"),
        pytest.param(
            [f"{A}/身份证.jpg", f"{A}户口本.jpg"],
            [f"{A}张三/户口本.jpg", f"{A}张三/身份证.jpg"],
            id="folder and loose file",
        ),
        pytest.param([f"{A}张叁/身份证.jpg"], [f"{A}张三/身份证.jpg"], id="new name in the folder"),
    ],
)
def test_scans_find_their_student_and_their_name(
    tmp_path: Path, scans: list[str], expected: list[str]
) -> None:
    assert files_of(build(tmp_path, scans)) == expected


@pytest.mark.parametrize(
    ("scans", "faults"),
    [
        pytest.param(
            [f"{A}和{B}身份证.jpg"],
            [("fits-two-students", f"{A}和{B}身份证.jpg", {"students": [A, B]})],
            id="file of two students",
        ),
        pytest.param(
            [f"{A}张三/{B}身份证.jpg"],
            [("fits-two-students", f"{A}张三/{B}身份证.jpg", {"students": [A, B]})],
            id="file of another student in the folder",
        ),
        pytest.param(
            [f"{A}张三/x.jpg", f"张三{A}/x.jpg"],
            [("folder-doubled", f"张三{A}", {"number": A, "other": f"{A}张三"})],
            id="two folders of one number",
        ),
        pytest.param(
            [f"{A}1.jpg"],
            [("number-in-longer-one", f"{A}1.jpg", {"number": A, "digits": f"{A}1"})],
            id="number in a longer run of digits",
        ),
        pytest.param(
            [f"{A}李四/身份证.jpg"],
            [("name-differs", f"{A}李四",
              {"number": A, "name": "李四", "accepted": ["张三", "张叁"]})],
            id="another name in the folder",
        ),
        pytest.param(
            [f"{A}张三丰身份证.jpg"],
            [("name-differs", f"{A}张三丰身份证.jpg",
              {"number": A, "name": "张三丰", "accepted": ["张三", "张叁"]})],
            id="a longer name in the file",
        ),
        pytest.param(
            [f"身份证李四{A}.jpg"],
            [("name-differs", f"身份证李四{A}.jpg",
              {"number": A, "name": "李四", "accepted": ["张三", "张叁"]})],
            id="another name behind the kind",
        ),
    ],
)  # fmt: skip
def test_what_is_ambiguous_is_refused_and_named(
    tmp_path: Path, scans: list[str], faults: list[tuple[str, str, dict[str, Any]]]
) -> None:
    with pytest.raises(BuildRefused) as refused:
        build(tmp_path, scans)

    found = [(each.what, each.path, dict(each.params)) for each in refused.value.faults]
    assert found == faults
    assert not (tmp_path / "out").exists()


def test_what_fits_nobody_is_listed_and_left_out(tmp_path: Path) -> None:
    scans = ["杂项/a.jpg", "身份证.jpg", f"{A}/身份证.jpg", f"{A}/Thumbs.db"]

    built = build(tmp_path, scans)

    assert [(each.what, each.path) for each in built.remarks] == [
        ("folder-unmatched", "杂项"),
        ("file-unmatched", "身份证.jpg"),
    ]
    assert ("junk-left-out", f"{A}/Thumbs.db", "") in told(built)
    assert files_of(built) == [f"{A}张三/身份证.jpg"]


def test_table_among_the_scans_is_no_stray(tmp_path: Path) -> None:
    order = material(tmp_path)
    table = order.scans / order.tables[0].name
    order.tables[0].rename(table)

    built = build_package(
        BuildOrder((table,), order.scans, "四川分部", 3, ON), POLICY, tmp_path / "out"
    )

    assert built.remarks == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"number": 1335001209114}, "cell-not-text", id="number as a number"),
        pytest.param({"new": "=A1"}, "cell-formula", id="formula"),
        pytest.param({"field": "专业"}, "value-unknown", id="unknown field"),
        pytest.param({"number": "13350012091"}, "number-malformed", id="short number"),
    ],
)
def test_rows_that_cannot_be_used_are_refused(
    tmp_path: Path, change: dict[str, Any], code: str
) -> None:
    rows = PassingPackage().rows
    rows[0].update(change)

    with pytest.raises(BuildRefused) as refused:
        build(tmp_path, package={"rows": rows})

    found = [(each.code, each.location.row) for each in refused.value.findings]
    assert found == [(code, 3)]
    assert not (tmp_path / "out").exists()


def test_unreadable_table_is_refused(tmp_path: Path) -> None:
    order = material(tmp_path)
    order.tables[0].write_bytes(b"\xd0\xcf\x11\xe0")

    with pytest.raises(BuildRefused) as refused:
        build_package(order, POLICY, tmp_path / "out")

    assert [finding.code for finding in refused.value.findings] == ["table-unreadable"]


def mixed_rows() -> list[dict[str, Any]]:
    return [
        row(1, A, "张三", "姓名", "张三", "张叁"),
        row(2, B, "李四", "民族", "汉", "回") | {"reason": "录入错误"},
    ]


def test_mixed_reasons_are_refused_where_the_policy_wants_one(tmp_path: Path) -> None:
    with pytest.raises(BuildRefused) as refused:
        build(tmp_path, policy=ONE_REASON, platform="国开平台", package={"rows": mixed_rows()})

    (finding,) = refused.value.findings
    assert finding.code == "package-mixed"
    assert finding.params["reasons"] == ["change", "entry_error"]


@pytest.mark.parametrize("reason", ["entry_error", "录入错误"])
def test_one_reason_is_taken_and_the_others_are_told(tmp_path: Path, reason: str) -> None:
    built = build(
        tmp_path,
        [f"{B}/身份证.jpg"],
        policy=ONE_REASON,
        platform="国开平台",
        reason=reason,
        package={"rows": mixed_rows()},
    )

    assert built.subject == "四川分部（国开平台）信息修改（录入错误）第3批1人20261120"
    (remark,) = built.remarks
    assert (remark.what, dict(remark.params)) == ("rows-of-other-reason", {"rows": [3]})


@pytest.mark.parametrize(
    ("policy", "changes"),
    [
        pytest.param(ONE_REASON, {}, id="platform missing"),
        pytest.param(ONE_REASON, {"platform": "别的平台"}, id="platform unknown"),
        pytest.param(POLICY, {"reason": "无此原因"}, id="reason unknown"),
        pytest.param(POLICY, {"unit": "四川/分部"}, id="unit that names no folder"),
        pytest.param(POLICY, {"report": Path("absent.pdf")}, id="report missing"),
    ],
)
def test_mistaken_order_is_told(tmp_path: Path, policy: Any, changes: dict[str, Any]) -> None:
    with pytest.raises(OrderMistaken):
        build(tmp_path, policy=policy, **changes)

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("情况说明.pdf", "情况说明报告.pdf"), ("书面报告.PDF", "书面报告.pdf")],
)
def test_report_goes_to_the_top_and_says_so(tmp_path: Path, name: str, expected: str) -> None:
    report = tmp_path / name
    report.write_bytes(b"%PDF-1.4 sample")

    built = build(tmp_path, report=report)

    assert (built.path / expected).read_bytes() == b"%PDF-1.4 sample"
    assert ("report-named", name, expected) in told(built)


def test_zip_holds_the_package_under_its_subject(tmp_path: Path) -> None:
    order = material(tmp_path, [f"{A}/身份证.jpg"])

    built = build_package(order, POLICY, tmp_path / "out.zip")

    with zipfile.ZipFile(built.path) as archive:
        assert archive.namelist() == [f"{SUBJECT}/{A}张三/身份证.jpg", f"{SUBJECT}/{TABLE}"]


def test_same_material_gives_the_same_bytes(tmp_path: Path) -> None:
    order = material(tmp_path, [f"{B}/身份证.jpg", f"{A}/户口本.jpg"])

    digests = set()
    for name in ("a.zip", "b.zip"):
        built = build_package(order, POLICY, tmp_path / name)
        digests.add(hashlib.sha256(built.path.read_bytes()).hexdigest())

    assert len(digests) == 1


@pytest.mark.parametrize("output", ["out", "out.zip"])
def test_package_that_is_there_is_not_overwritten(tmp_path: Path, output: str) -> None:
    order = material(tmp_path)
    build_package(order, POLICY, tmp_path / output)

    with pytest.raises(WritingRefused, match="target-taken"):
        build_package(order, POLICY, tmp_path / output)


def test_scans_are_no_place_for_the_package(tmp_path: Path) -> None:
    order = material(tmp_path)

    with pytest.raises(WritingRefused, match="target-in-source"):
        build_package(order, POLICY, order.scans / "out")


@pytest.mark.parametrize("output", ["out", "out.zip"])
def test_nothing_is_left_where_writing_fails(
    tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = material(tmp_path, [f"{A}/身份证.jpg", f"{B}/身份证.jpg"])
    before = sorted(path.name for path in tmp_path.iterdir())
    kept = zip_writing.content_blocks

    def failing(content: Any) -> Any:
        if not isinstance(content, bytes):
            raise OSError(28, "No space left on device")
        return kept(content)

    for module in ("writing", "zip_writing"):
        monkeypatch.setattr(f"correctionkit.packages.writer.{module}.content_blocks", failing)

    with pytest.raises(OSError, match="No space left"):
        build_package(order, POLICY, tmp_path / output)

    after = sorted(path.name for path in tmp_path.iterdir() if path.name != "out")
    assert after == before
    assert not any((tmp_path / "out").glob("*"))
    assert not any(tmp_path.glob("**/*.part"))


def test_a_manifest_is_written_on_demand_and_holds(tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()

    built = build(tmp_path / "with", passing_files(), manifest=True)
    plain = build(tmp_path / "without", passing_files())

    manifest = read_manifest((built.path / "manifest-sha256.txt").read_bytes())
    assert sorted(manifest) == sorted([TABLE, *passing_files()])
    assert sorted(files_of(built)) == sorted(["manifest-sha256.txt", *files_of(plain)])
    assert check_package(built.path, POLICY, ON).report.findings == ()
