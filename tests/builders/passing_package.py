"""A package that passes every check, and the changes that make it fail."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image, ImageFilter

from correctionkit.samples import drawing, faulty, misscanned
from correctionkit.samples.people import make_people

TABLE = "附表2在籍生基本信息修改情况统计表.xlsx"
NAME = "材料包"

HEADINGS = {
    "serial": "序号",
    "branch": "分部",
    "centre": "学习中心",
    "number": "学号",
    "name": "姓名",
    "field": "更正内容",
    "old": "更正前",
    "new": "更正后",
    "reason": "更正原因",
    "note": "备注",
}
ROLL_HEADINGS = {
    "student_number": "学号",
    "certificate_number": "注册证号",
    "name": "姓名",
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "id_number": "证件号码",
    "entry_education": "入学文化程度",
    "level": "层次",
    "enrolled_on": "入学日期",
    "graduated_on": "毕业日期",
}


def passing_rows() -> list[dict[str, Any]]:
    """Two enrolled students, one request each."""
    return [
        row(1, "1335001209114", "张三", "姓名", "张三", "张叁"),
        row(2, "1335001209222", "李四", "民族", "汉", "回"),
    ]


def row(serial: int, number: str, name: str, what: str, old: str, new: str) -> dict[str, Any]:
    """One line of a summary table, for a change."""
    return {
        "serial": serial,
        "branch": "样本分部",
        "centre": "样本学习中心",
        "number": number,
        "name": name,
        "field": what,
        "old": old,
        "new": new,
        "reason": "信息变更",
        "note": "",
    }


def passing_files() -> dict[str, bytes]:
    """The scans of the two students."""
    return {
        "1335001209114张三/身份证.jpg": scan("id_card", 0),
        "1335001209114张三/户口本.jpg": scan("household_register", 0),
        "1335001209222李四/身份证.jpg": scan("id_card", 1),
    }


@lru_cache(maxsize=64)
def scan(kind: str, person: int = 0) -> bytes:
    """A drawn scan that passes; another *person* gives another picture."""
    who = make_people(person + 1, seed=7)[person]
    return drawing.encode_jpeg(drawing.draw_scan(kind, who, seed=7), quality=70)


@dataclass
class PassingPackage:
    """The parts of a package, free to be changed before it is written."""

    rows: list[dict[str, Any]] = field(default_factory=passing_rows)
    files: dict[str, bytes] = field(default_factory=passing_files)
    headings: dict[str, str] = field(default_factory=lambda: dict(HEADINGS))
    table: str | None = TABLE
    title: str = "国家开放大学在籍生基本信息修改情况统计表"
    doubled: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        """Write it as a folder below *folder*."""
        root = folder / NAME
        root.mkdir(parents=True)
        for path, content in self._members():
            target = root / path
            if path.endswith("/"):
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return root

    def write_zip(self, folder: Path) -> Path:
        """Write it as a ZIP below *folder*."""
        target = folder / f"{NAME}.zip"
        with zipfile.ZipFile(target, "w") as archive:
            for path, content in self._members():
                archive.writestr(path, content)
        return target

    def _members(self) -> Iterator[tuple[str, bytes]]:
        if self.table:
            yield self.table, self.workbook()
        yield from self.files.items()

    def workbook(self) -> bytes:
        """The summary table: title, headings in row 2, requests from row 3, a note below."""
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append([self.title])
        columns = [*self.headings, *self.doubled]
        sheet.append([self.headings.get(column, column) for column in columns])
        for number, line in enumerate(self.rows, 3):
            for place, column in enumerate(columns, 1):
                _put(sheet.cell(number, place), line.get(column))
        sheet.append(["注：（1）本表按学号升序排序。"])
        sheet.append(["学籍主管处长签字：", None, None, "经手人签字：", None, "（公章）"])
        for number in self.hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for span in self.merged:
            sheet.merge_cells(span)
        kept = BytesIO()
        book.save(kept)
        return kept.getvalue()


def _put(cell: Any, value: Any) -> None:
    """Write a text as text; a number as a number; what starts with = as a formula."""
    cell.value = value
    if isinstance(value, str) and not value.startswith("="):
        cell.data_type = "s"
        cell.number_format = "@"


def change(package: PassingPackage, given: dict[str, Any]) -> None:
    """Apply what a case gives to the parts of *package*; every key must be known."""
    for key, value in given.items():
        _CHANGES[key](package, value)


def _rows(package: PassingPackage, changes: dict[str, dict[str, Any]]) -> None:
    for number, cells in changes.items():
        package.rows[int(number) - 1].update(cells)


def _add_rows(package: PassingPackage, rows: list[dict[str, Any]]) -> None:
    package.rows += [{**passing_rows()[0], **cells} for cells in rows]


def _drop_rows(package: PassingPackage, numbers: list[int]) -> None:
    package.rows = [line for at, line in enumerate(package.rows, 1) if at not in numbers]


def _headings(package: PassingPackage, changes: dict[str, str]) -> None:
    package.headings.update(changes)


def _drop_columns(package: PassingPackage, columns: list[str]) -> None:
    for column in columns:
        del package.headings[column]


def _rename(package: PassingPackage, pairs: list[list[str]]) -> None:
    for old, new in pairs:
        package.files = {
            (new + path.removeprefix(old) if path.startswith(old) else path): content
            for path, content in package.files.items()
        }


def _remove(package: PassingPackage, paths: list[str]) -> None:
    for path in paths:
        gone = [each for each in package.files if each.startswith(path)]
        assert gone, path
        for each in gone:
            del package.files[each]


def _add(package: PassingPackage, contents: dict[str, str]) -> None:
    for path, content in contents.items():
        package.files[path] = make_content(content, package)


def _set(name: str) -> Any:
    def apply(package: PassingPackage, value: Any) -> None:
        setattr(package, name, value or None if name == "table" else value)

    return apply


_CHANGES = {
    "rows": _rows,
    "add_rows": _add_rows,
    "drop_rows": _drop_rows,
    "headings": _headings,
    "drop_columns": _drop_columns,
    "rename": _rename,
    "remove": _remove,
    "add": _add,
    "table": _set("table"),
    "title": _set("title"),
    "doubled": _set("doubled"),
    "hidden_rows": _set("hidden_rows"),
    "merged": _set("merged"),
}


def make_content(recipe: str, package: PassingPackage) -> bytes:
    """Make a file's content from a recipe: ``scan KIND [PERSON]``, ``text …``, ``faulty NAME``."""
    verb, _, rest = recipe.partition(" ")
    words = rest.split()
    if verb == "scan":
        return scan(words[0], int(words[1]) if len(words) > 1 else 0)
    if verb == "text":
        return rest.encode()
    if verb == "same":
        return package.files[rest]
    if verb == "table":
        return package.workbook()
    if verb == "archive":
        kept = BytesIO()
        zipfile.ZipFile(kept, "w").close()
        return kept.getvalue()
    if verb == "faulty":
        return _faulty(words[0], *words[1:])
    raise AssertionError(recipe)


@lru_cache(maxsize=64)
def _faulty(name: str, kind: str = "household_register") -> bytes:
    """A scan with one fault, by the name of the function that makes it."""
    good = scan(kind)
    if name == "low_resolution":
        return _encoded(_image(good), dpi=150)
    if name == "blurred":
        return _encoded(_image(good).filter(ImageFilter.GaussianBlur(6)))
    if name == "blank":
        return _encoded(Image.new("RGB", (1654, 2339), "white"))
    if name == "png":
        return _encoded(_image(good), form="PNG")
    if name == "resaved":
        return _encoded(_image(good), quality=45)
    if name == "oversize_file":
        return good + b"\0" * (10 * 1024 * 1024)
    if name == "screenshot":
        kept = BytesIO()
        _image(good).resize((1920, 1080)).save(kept, "JPEG")
        return kept.getvalue()
    source = misscanned if hasattr(misscanned, name) else faulty
    made: bytes = getattr(source, name)(good) if name != "heic_like" else faulty.heic_like()
    return made


def _image(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def _encoded(image: Image.Image, *, dpi: int = 200, quality: int = 70, form: str = "JPEG") -> bytes:
    kept = BytesIO()
    image.save(kept, form, dpi=(dpi, dpi), quality=quality)
    return kept.getvalue()


def write_roll(folder: Path, rows: list[dict[str, str]]) -> Path:
    """Write a roll of these records as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(ROLL_HEADINGS.values()))
    for record in rows:
        sheet.append([record.get(column, "") for column in ROLL_HEADINGS])
    target = folder / "学籍库.xlsx"
    book.save(target)
    return target


def copy_of(root: Path, target: Path) -> Path:
    """Copy a written package."""
    shutil.copytree(root, target)
    return target
