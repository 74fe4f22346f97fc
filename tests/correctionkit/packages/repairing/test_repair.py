"""A repaired copy of a package."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.passing_package import TABLE, PassingPackage, _image, change, row, scan
from PIL import Image

from correctionkit.packages.check import check_package
from correctionkit.packages.reader.entries import PackageUnreadable
from correctionkit.packages.repairing.repair import RepairedPackage, repair_package
from correctionkit.packages.repairing.repairs import RepairRefused
from correctionkit.packages.writer.writing import WritingRefused
from correctionkit.policy.model import Policy
from correctionkit.policy.shelf import find_policy

ON = date(2026, 11, 20)
POLICY = find_policy("ouc-2016")
A, B = "1335001209114", "1335001209222"
FOLDER = f"{A}张三"


def small() -> PassingPackage:
    """One student who needs one scan."""
    return PassingPackage(
        rows=[row(1, A, "张三", "民族", "汉", "回")],
        files={f"{FOLDER}/身份证.jpg": scan("id_card")},
    )


def fixed(
    folder: Path, package: PassingPackage | None = None, policy: Policy = POLICY, **given: Any
) -> RepairedPackage:
    """Write a package with the changes *given*, and repair it; the source stays as it is."""
    package = package or PassingPackage()
    change(package, given)
    source = package.write(folder)
    before = digests(source)
    repaired = repair_package(source, policy, folder / "copy", jobs=2)
    assert digests(source) == before
    return repaired


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_in(repaired: RepairedPackage, policy: Policy = POLICY) -> list[str]:
    """Check the copy."""
    report = check_package(repaired.path, policy, ON, jobs=2).report
    return [finding.code for finding in report.findings]


def told(repaired: RepairedPackage) -> list[tuple[str, str, str]]:
    return [(each.what, each.path_before, each.path_after) for each in repaired.repairs]


def saved(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    kept = BytesIO()
    image.save(kept, form, **options)
    return kept.getvalue()


def test_sound_package_is_copied_as_it_is(tmp_path: Path) -> None:
    repaired = fixed(tmp_path)

    assert (repaired.repairs, repaired.remarks) == ((), ())
    assert digests(repaired.path) == digests(tmp_path / "材料包")
    assert left_in(repaired) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(f"{A}+张三", id="plus sign"),
        pytest.param(f"{A} 张三", id="space"),
        pytest.param(f"{A}-张三", id="hyphen"),
        pytest.param(f"{A}_张三", id="underline"),
        pytest.param("１３３５００１２０９１１４＋张三", id="full width"),
        pytest.param(f"张三{A}", id="number last"),
        pytest.param(f"张三（{A}）", id="number in brackets"),
        pytest.param(f"张三+{A}", id="plus sign and number last"),
        pytest.param(A, id="number alone"),
        pytest.param(f"{A}张 三", id="space in the name"),
    ],
)
def test_folder_is_renamed_to_number_and_name(tmp_path: Path, name: str) -> None:
    repaired = fixed(tmp_path, small(), rename=[[FOLDER, name]])

    assert told(repaired) == [("folder-renamed", name, FOLDER)]
    assert left_in(repaired) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("张三", "folder-name", id="name alone"),
        pytest.param(f"{A}李四", "folder-mismatch", id="another name"),
        pytest.param(f"{A[:-1]}张三", "folder-name", id="a digit lost"),
    ],
)
def test_folder_that_does_not_say_whose_it_is_stays(tmp_path: Path, name: str, code: str) -> None:
    repaired = fixed(tmp_path, small(), rename=[[FOLDER, name]])

    assert repaired.repairs == ()
    assert code in left_in(repaired)


def test_two_folders_of_one_student_are_not_made_one(tmp_path: Path) -> None:
    repaired = fixed(tmp_path, small(), add={f"{A}+张三/毕业证书.jpg": "scan diploma"})

    assert repaired.repairs == ()
    assert [(each.what, each.path) for each in repaired.remarks] == [("folder-clash", f"{A}+张三")]
    assert "folder-repeated" in left_in(repaired)


@pytest.mark.parametrize(
    ("name", "after"),
    [
        pytest.param("身份证 .jpg", "身份证.jpg", id="space"),
        pytest.param("身 份 证．ｊｐｇ", "身份证.jpg", id="full width"),
        pytest.param("身份证.png", "身份证.jpg", id="wrong ending"),
        pytest.param("身份证.jpg.png", "身份证.jpg", id="two endings"),
        pytest.param("身份证", "身份证.jpg", id="no ending"),
    ],
)
def test_file_is_renamed_by_its_name_and_content(tmp_path: Path, name: str, after: str) -> None:
    repaired = fixed(tmp_path, small(), rename=[[f"{FOLDER}/身份证.jpg", f"{FOLDER}/{name}"]])

    assert told(repaired) == [("file-renamed", f"{FOLDER}/{name}", f"{FOLDER}/{after}")]
    assert left_in(repaired) == []


@pytest.mark.parametrize("name", ["身份证.JPG", "身份证.jpeg"])
def test_ending_that_fits_stays(tmp_path: Path, name: str) -> None:
    repaired = fixed(tmp_path, small(), rename=[[f"{FOLDER}/身份证.jpg", f"{FOLDER}/{name}"]])

    assert repaired.repairs == ()


def test_folder_inside_is_emptied_and_clashes_are_numbered(tmp_path: Path) -> None:
    package = PassingPackage()
    package.files[f"{FOLDER}/更多/户口本.jpg"] = scan("household_register", 2)
    package.files[f"{FOLDER}/身份证2/正面/"] = b""

    repaired = fixed(tmp_path, package)

    assert told(repaired) == [
        ("moved-up", f"{FOLDER}/更多/户口本.jpg", f"{FOLDER}/户口本(2).jpg"),
        ("empty-folder-left-out", f"{FOLDER}/身份证2", ""),
        ("empty-folder-left-out", f"{FOLDER}/身份证2/正面", ""),
    ]
    assert left_in(repaired) == []


def test_folder_inside_says_what_its_files_are(tmp_path: Path) -> None:
    repaired = fixed(tmp_path, rename=[[f"{FOLDER}/户口本.jpg", f"{FOLDER}/户口本/1.jpg"]])

    assert told(repaired) == [("moved-up", f"{FOLDER}/户口本/1.jpg", f"{FOLDER}/户口本1.jpg")]
    assert left_in(repaired) == []


def test_folder_of_another_student_inside_is_not_touched(tmp_path: Path) -> None:
    repaired = fixed(tmp_path, rename=[[f"{B}李四/", f"{FOLDER}/{B}李四/"]])

    assert repaired.repairs == ()
    assert [(each.what, each.path) for each in repaired.remarks] == [
        ("nested-other-student", f"{FOLDER}/{B}李四")
    ]
    assert (repaired.path / FOLDER / f"{B}李四" / "身份证.jpg").is_file()


def test_names_inside_that_pass_for_the_same_are_numbered(tmp_path: Path) -> None:
    package = PassingPackage(table=None)
    page = scan("id_card")
    other = f"{FOLDER}/{B}李四"
    package.files = {
        f"{FOLDER}/身份证.jpg": page,
        f"{FOLDER}/更多/{B}李四": b"a file called as the folder is",
        f"{other}/身份证:1.jpg": page,
        f"{other}/身份证?1.jpg": page,
        f"{other}/身份证_1.jpg": page,
    }

    repaired = repair_package(package.write_zip(tmp_path), POLICY, tmp_path / "copy")

    assert told(repaired) == [
        ("moved-up", f"{FOLDER}/更多/{B}李四", f"{FOLDER}/{B}李四(2)"),
        ("file-renamed", f"{other}/身份证:1.jpg", f"{other}/身份证_1(2).jpg"),
        ("file-renamed", f"{other}/身份证?1.jpg", f"{other}/身份证_1(3).jpg"),
    ]
    assert sorted(digests(repaired.path)) == sorted(
        [
            f"{FOLDER}/身份证.jpg",
            f"{FOLDER}/{B}李四(2)",
            *(f"{other}/身份证_1{number}.jpg" for number in ("", "(2)", "(3)")),
        ]
    )


def test_junk_is_left_out(tmp_path: Path) -> None:
    repaired = fixed(
        tmp_path, small(), add={"Thumbs.db": "text x", f"{FOLDER}/.DS_Store": "text x"}
    )

    assert told(repaired) == [
        ("junk-left-out", f"{FOLDER}/.DS_Store", ""),
        ("junk-left-out", "Thumbs.db", ""),
    ]
    assert left_in(repaired) == []


def test_rows_are_sorted_and_cells_set_right(tmp_path: Path) -> None:
    package = PassingPackage(
        rows=[
            row(1, B, "李四", "民族", "汉", "回"),
            row(2, "１３３５００１２０９１１４", "张三", "姓名", "张三", "阿依古丽•张"),
        ]
    )
    package.files = {
        path.replace("张三/", "张三/"): content for path, content in package.files.items()
    }

    repaired = fixed(tmp_path, package)

    assert sorted(what for what, _, _ in told(repaired)) == [
        "cell-set-right", "cell-set-right", "rows-sorted", "table-written",
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(repaired.path / TABLE).active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][0] == "国家开放大学在籍生基本信息修改情况统计表"
    assert lines[1] == list(PassingPackage().headings.values())
    assert [(line[0], line[3], line[7]) for line in lines[2:4]] == [
        ("1", A, "阿依古丽·张"),
        ("2", B, "回"),
    ]
    assert [line[0] for line in lines[5:]] == [
        "注：（1）本表按学号升序排序。",
        "学籍主管处长签字：    经手人签字：    （公章）",
    ]
    assert left_in(repaired) == []


@pytest.mark.parametrize(
    ("cells", "remark"),
    [
        pytest.param({"number": 1335001209222}, "table-left-wrong", id="number as a number"),
        pytest.param({"new": "=A1"}, "table-left-wrong", id="formula in a value"),
        pytest.param({"note": "=A1"}, "table-left-wrong", id="formula in a note"),
        pytest.param({"phone": "=A1"}, "table-left-formulas", id="formula beside"),
    ],
)
def test_table_whose_cells_a_person_must_type_stays(
    tmp_path: Path, cells: dict[str, Any], remark: str
) -> None:
    package = PassingPackage()
    package.headings["phone"] = "联系电话"
    package.rows[1].update(cells)
    package.rows.reverse()

    repaired = fixed(tmp_path, package)

    assert repaired.repairs == ()
    assert [(each.what, each.path) for each in repaired.remarks] == [(remark, TABLE)]
    assert digests(repaired.path) == digests(tmp_path / "材料包")


@pytest.mark.parametrize(
    ("place", "value", "hidden", "remark"),
    [
        pytest.param("B20", "=COUNTA(D3:D4)", None, "table-left-formulas", id="formula below"),
        pytest.param("A20", "=ROW()-2", None, "table-left-formulas", id="serial of no request"),
        pytest.param("底稿", "=1+1", None, "table-left-formulas", id="formula on another sheet"),
        pytest.param("底稿", "x", "sheet", "table-left-hidden", id="hidden sheet"),
        pytest.param("底稿", "x", "row", "table-left-hidden", id="hidden row of another sheet"),
        pytest.param("底稿", "x", "column", "table-left-hidden", id="hidden column there"),
        pytest.param("底稿", None, "sheet", None, id="hidden sheet with nothing in it"),
        pytest.param("底稿", "x", None, None, id="another sheet"),
    ],
)
def test_table_with_what_writing_anew_would_lose_or_show_stays(
    tmp_path: Path, place: str, value: str | None, hidden: str | None, remark: str | None
) -> None:
    package = PassingPackage()
    package.rows.reverse()
    book = openpyxl.load_workbook(BytesIO(package.workbook()))
    sheet, cell = (book.create_sheet(place), "A1") if place == "底稿" else (book.active, place)
    sheet[cell] = value
    if hidden == "sheet":
        sheet.sheet_state = "hidden"
    elif hidden == "row":
        sheet.row_dimensions[1].hidden = True
    elif hidden == "column":
        sheet.column_dimensions["A"].hidden = True
    kept = BytesIO()
    book.save(kept)
    package.table = None
    package.files[TABLE] = kept.getvalue()

    repaired = fixed(tmp_path, package)

    assert [each.what for each in repaired.remarks] == ([remark] if remark else [])
    kept_as_it_was = (repaired.path / TABLE).read_bytes() == kept.getvalue()
    assert kept_as_it_was is (remark is not None)


def test_formula_that_counts_rows_does_not_stop_sorting(tmp_path: Path) -> None:
    package = PassingPackage()
    for line in package.rows:
        line["serial"] = "=ROW()-2"
    package.rows.reverse()

    repaired = fixed(tmp_path, package)

    assert [what for what, _, _ in told(repaired)] == ["rows-sorted", "table-written"]
    assert left_in(repaired) == []


def test_table_of_another_kind_that_needs_repair_becomes_a_workbook(tmp_path: Path) -> None:
    package = PassingPackage(table=None)
    header = "学号,姓名,更正内容,更正前,更正后,更正原因"
    lines = [f"{B},李四,民族,汉,回,信息变更", f"{A},张三,姓名,张三,张叁,信息变更"]
    package.files["在籍生.csv"] = "\n".join([header, *lines]).encode("gb18030")

    repaired = fixed(tmp_path, package)

    assert told(repaired) == [
        ("rows-sorted", "在籍生.csv", "在籍生.xlsx"),
        ("table-written", "在籍生.csv", "在籍生.xlsx"),
    ]
    assert left_in(repaired) == []


def test_hidden_rows_of_a_table_written_anew_are_shown_and_told(tmp_path: Path) -> None:
    package = PassingPackage(hidden_rows=[3])
    package.rows.reverse()

    repaired = fixed(tmp_path, package)

    assert [what for what, _, _ in told(repaired)] == [
        "hidden-shown", "rows-sorted", "table-written",
    ]  # fmt: skip
    assert left_in(repaired) == []


def test_hidden_rows_alone_are_left_to_a_person(tmp_path: Path) -> None:
    repaired = fixed(tmp_path, PassingPackage(hidden_rows=[3]))

    assert repaired.repairs == ()
    assert left_in(repaired) == ["table-hidden"]


def test_metadata_goes_and_trailing_bytes_too(tmp_path: Path) -> None:
    repaired = fixed(
        tmp_path,
        small(),
        add={
            f"{FOLDER}/身份证.jpg": "faulty located id_card",
            f"{FOLDER}/户口本.jpg": "faulty trailing household_register",
        },
    )

    assert told(repaired) == [
        ("trailing-dropped", f"{FOLDER}/户口本.jpg", f"{FOLDER}/户口本.jpg"),
        ("metadata-removed", f"{FOLDER}/身份证.jpg", f"{FOLDER}/身份证.jpg"),
    ]
    assert (repaired.path / FOLDER / "户口本.jpg").read_bytes() == scan("household_register")
    assert left_in(repaired) == ["evidence-surplus"]


def test_turned_page_is_made_upright(tmp_path: Path) -> None:
    turned = _image(scan("household_register")).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    package = PassingPackage()
    package.files[f"{FOLDER}/户口本.jpg"] = saved(turned, dpi=(200, 200), exif=exif)

    repaired = fixed(tmp_path, package)

    path = f"{FOLDER}/户口本.jpg"
    assert told(repaired) == [("turned-upright", path, path)]
    with Image.open(repaired.path / path) as image:
        assert image.size == (turned.height, turned.width)
        assert image.getexif() == {}
    assert left_in(repaired) == []


@pytest.mark.parametrize(
    ("recipe", "code"),
    [
        pytest.param("faulty photographed household_register", "scan-photo", id="photo"),
        pytest.param("faulty truncated household_register", "scan-damaged", id="damaged"),
        pytest.param("faulty low_resolution", "scan-resolution", id="low resolution"),
        pytest.param("faulty blurred", "scan-blurred", id="blurred"),
        pytest.param("faulty blank", "scan-blank", id="blank"),
        pytest.param("faulty screenshot", "scan-screenshot", id="screenshot"),
        pytest.param("faulty heic_like", "scan-format", id="phone format"),
    ],
)
def test_what_a_scan_lacks_is_left_to_a_person(tmp_path: Path, recipe: str, code: str) -> None:
    repaired = fixed(tmp_path, small(), add={f"{FOLDER}/户口本.jpg": recipe})

    source = tmp_path / "材料包" / FOLDER / "户口本.jpg"
    assert repaired.repairs == ()
    assert (repaired.path / FOLDER / "户口本.jpg").read_bytes() == source.read_bytes()
    report = check_package(repaired.path, POLICY, ON).report
    assert code in [finding.code for finding in report.findings]


def test_photo_does_not_become_a_scan_by_another_format(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "HUAWEI"
    exif.get_ifd(0x8769).update({0x829A: 0.02, 0x829D: 1.8, 0x8827: 200})
    package = PassingPackage()
    package.files[f"{FOLDER}/户口本.jpg"] = saved(
        _image(scan("household_register")), "WEBP", exif=exif
    )

    repaired = fixed(tmp_path, package)

    assert repaired.repairs == ()
    assert [each.what for each in repaired.remarks] == ["scan-photo-left"]
    assert "scan-format" in left_in(repaired)


def limited(max_bytes: int) -> Policy:
    """The policy with another bound, so that small pictures do."""
    return replace(POLICY, scan_bounds=replace(POLICY.scan_bounds, max_bytes=max_bytes))


def test_large_scan_is_saved_smaller(tmp_path: Path) -> None:
    package = small()
    page = _image(scan("id_card")).resize((2480, 3508))
    package.files[f"{FOLDER}/身份证.jpg"] = saved(page, dpi=(300, 300), quality=98)
    policy = limited(600_000)

    repaired = fixed(tmp_path, package, policy=policy)

    path = f"{FOLDER}/身份证.jpg"
    assert told(repaired) == [("recompressed", path, path)]
    assert left_in(repaired, policy) == []


def test_large_png_becomes_a_jpeg(tmp_path: Path) -> None:
    package = small()
    content = saved(_image(scan("id_card")), "PNG", dpi=(200, 200))
    package.files = {f"{FOLDER}/身份证.png": content}
    policy = limited(len(content) - 1)

    repaired = fixed(tmp_path, package, policy=policy)

    before, after = f"{FOLDER}/身份证.png", f"{FOLDER}/身份证.jpg"
    assert told(repaired) == [("file-renamed", before, after), ("recompressed", before, after)]
    assert left_in(repaired, policy) == []


@pytest.mark.parametrize(
    ("max_bytes", "remark"),
    [
        pytest.param(60_000, "scan-not-smaller", id="quality would suffer"),
        pytest.param(10_000, "scan-far-too-large", id="not opened"),
    ],
)
def test_scan_that_cannot_be_made_small_stays(tmp_path: Path, max_bytes: int, remark: str) -> None:
    policy = limited(max_bytes)

    repaired = fixed(tmp_path, small(), policy=policy)

    assert repaired.repairs == ()
    assert [each.what for each in repaired.remarks] == [remark]
    assert left_in(repaired, policy) == ["scan-too-large"]


@pytest.mark.parametrize(
    ("form", "options"),
    [
        pytest.param("PDF", {"resolution": 200.0}, id="PDF"),
        pytest.param("TIFF", {"dpi": (200, 200)}, id="TIFF"),
        pytest.param("BMP", {"dpi": (200, 200)}, id="BMP"),
        pytest.param("WEBP", {"quality": 90}, id="WebP"),
    ],
)
def test_other_formats_become_pictures(tmp_path: Path, form: str, options: dict[str, Any]) -> None:
    package = PassingPackage()
    content = saved(_image(scan("household_register")), form, **options)
    del package.files[f"{FOLDER}/户口本.jpg"]
    package.files[f"{FOLDER}/户口本.{form.lower()}"] = content

    repaired = fixed(tmp_path, package)

    assert {what for what, _, _ in told(repaired)} == {"converted", "file-renamed"}
    assert {after.rpartition(".")[0] for _, _, after in told(repaired)} == {f"{FOLDER}/户口本"}
    assert left_in(repaired) == []


def test_pages_of_a_document_are_numbered(tmp_path: Path) -> None:
    first, second = (_image(scan("household_register", person)) for person in (0, 2))
    package = PassingPackage()
    del package.files[f"{FOLDER}/户口本.jpg"]
    package.files[f"{FOLDER}/户口本.pdf"] = saved(
        first, "PDF", resolution=200.0, save_all=True, append_images=[second]
    )

    repaired = fixed(tmp_path, package)

    names = sorted(path.stem for path in (repaired.path / FOLDER).iterdir())
    assert names == ["户口本1", "户口本2", "身份证"]
    assert left_in(repaired) == []


def sides(front: bytes, back: bytes) -> PassingPackage:
    package = PassingPackage()
    del package.files[f"{FOLDER}/身份证.jpg"]
    package.files[f"{FOLDER}/身份证正面.jpg"] = front
    package.files[f"{FOLDER}/身份证反面.jpg"] = back
    return package


def card_faces() -> tuple[Image.Image, Image.Image]:
    """The upper and the lower half of a page with both faces."""
    page = _image(scan("id_card"))
    half = page.height // 2
    return page.crop((0, 0, page.width, half)), page.crop((0, half, page.width, page.height))


def test_two_sides_of_a_card_become_one_page(tmp_path: Path) -> None:
    front, back = (saved(face, dpi=(200, 200), quality=90) for face in card_faces())

    repaired = fixed(tmp_path, sides(front, back))

    assert [what for what, _, _ in told(repaired)] == ["sides-joined"]
    assert sorted(path.stem for path in (repaired.path / FOLDER).iterdir()) == ["户口本", "身份证"]
    assert "scan-one-side" not in left_in(repaired)


def test_side_that_is_no_sound_scan_is_not_joined(tmp_path: Path) -> None:
    from correctionkit.samples import faulty

    front, back = (saved(face, dpi=(200, 200), quality=90) for face in card_faces())

    repaired = fixed(tmp_path, sides(faulty.photographed(front), back))

    assert repaired.repairs == ()
    assert set(left_in(repaired)) >= {"scan-photo", "scan-one-side"}


def test_repairing_the_copy_again_changes_nothing(tmp_path: Path) -> None:
    front, back = (saved(face, dpi=(200, 200), quality=90) for face in card_faces())
    package = sides(front, back)
    package.files[f"{FOLDER}/更多/户口本.jpg"] = scan("household_register", 2)
    package.files[f"{FOLDER}/毕业证书.pdf"] = saved(_image(front), "PDF", resolution=200.0)
    package.rows.reverse()
    package.rows[0]["name"] = "李　四"
    add = {
        "Thumbs.db": "text x",
        f"{FOLDER}/户 口 本.png": "faulty located household_register",
        f"{FOLDER}/报名表.jpg": "faulty photographed id_card",
        f"{FOLDER}/学历认证.jpg": "faulty truncated id_card",
    }

    repaired = fixed(tmp_path, package, add=add, rename=[[FOLDER, f"{A}+张三"]])
    again = repair_package(repaired.path, POLICY, tmp_path / "again")

    assert {what for what, _, _ in told(repaired)} == {
        "cell-set-right", "converted", "file-renamed", "folder-renamed", "junk-left-out",
        "metadata-removed", "moved-up", "rows-sorted", "sides-joined", "table-written",
    }  # fmt: skip
    assert again.repairs == ()
    assert digests(again.path) == digests(repaired.path)


def test_file_that_cannot_be_had_is_told_and_missing(tmp_path: Path) -> None:
    package = PassingPackage()
    source = package.write_zip(tmp_path)
    content = bytearray(source.read_bytes())
    picture = package.files[f"{FOLDER}/户口本.jpg"]
    content[content.index(picture) + len(picture) // 2] ^= 1
    source.write_bytes(content)

    repaired = repair_package(source, POLICY, tmp_path / "copy")

    assert [(each.what, each.path) for each in repaired.remarks] == [
        ("file-unreadable", f"{FOLDER}/户口本.jpg")
    ]
    assert not (repaired.path / FOLDER / "户口本.jpg").exists()


def test_untrusted_package_is_refused_whole(tmp_path: Path) -> None:
    package = PassingPackage()
    change(package, {"add": {f"{FOLDER}/更多.zip": "archive"}})

    with pytest.raises(RepairRefused) as refused:
        repair_package(package.write(tmp_path), POLICY, tmp_path / "copy")

    assert [finding.code for finding in refused.value.findings] == ["package-unsafe"]
    assert not (tmp_path / "copy").exists()


def test_archive_under_another_name_is_refused_whole(tmp_path: Path) -> None:
    package = PassingPackage()
    change(package, {"add": {f"{FOLDER}/毕业证书.jpg": "archive"}})

    with pytest.raises(RepairRefused):
        repair_package(package.write(tmp_path), POLICY, tmp_path / "copy")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["材料包"]


def test_package_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackageUnreadable):
        repair_package(tmp_path / "absent", POLICY, tmp_path / "copy")


@pytest.mark.parametrize("target", [".", "材料包/copy"])
def test_source_is_no_place_for_the_copy(tmp_path: Path, target: str) -> None:
    source = PassingPackage().write(tmp_path)

    with pytest.raises(WritingRefused):
        repair_package(source, POLICY, tmp_path / target)


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_same_package_gives_the_same_copy(tmp_path: Path, name: str) -> None:
    package = PassingPackage()
    change(package, {"rename": [[FOLDER, f"{A}+张三"]]})
    package.rows.reverse()
    source = package.write(tmp_path)

    copies = []
    for number, jobs in ((1, 1), (2, 3)):
        target = tmp_path / str(number) / name
        repair_package(source, POLICY, target, jobs=jobs)
        copies.append(digests(target.parent))

    assert copies[0] == copies[1]


def test_zip_keeps_the_folder_that_it_wraps(tmp_path: Path) -> None:
    source = PassingPackage()
    source.files = {f"第3批/{path}": content for path, content in source.files.items()}
    source.table = f"第3批/{TABLE}"

    repair_package(source.write_zip(tmp_path), POLICY, tmp_path / "copy.zip")
    repair_package(tmp_path / "材料包.zip", POLICY, tmp_path / "copy")

    assert (tmp_path / "copy" / TABLE).is_file()
    report = check_package(tmp_path / "copy.zip", POLICY, ON).report
    assert (report.findings, report.counts.scans) == ((), 3)


def test_progress_counts_every_file(tmp_path: Path) -> None:
    source = PassingPackage().write(tmp_path)
    seen: list[tuple[int, int]] = []

    repair_package(
        source, POLICY, tmp_path / "copy", progress=lambda done, total: seen.append((done, total))
    )

    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_nothing_is_left_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = PassingPackage().write(tmp_path)

    def failing(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("correctionkit.packages.writer.writing.content_blocks", failing)

    with pytest.raises(OSError, match="No space left"):
        repair_package(source, POLICY, tmp_path / "copy")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["材料包"]
