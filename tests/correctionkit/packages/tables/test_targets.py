"""Files take the place of others whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from correctionkit.packages.tables.targets import TargetBusy, replacing
from correctionkit.packages.tables.writing import SheetSpec, write_csv, write_workbook


def test_a_file_is_replaced_and_nothing_left_beside_it(tmp_path):
    target = tmp_path / "表.csv"
    target.write_bytes(b"old")

    write_csv(target, ("a",), [])

    assert target.read_bytes() == b'\xef\xbb\xbf"a"\r\n'
    assert list(tmp_path.iterdir()) == [target]


def test_a_workbook_goes_to_a_path_too(tmp_path):
    target = tmp_path / "表.xlsx"

    assert write_workbook(target, [SheetSpec("a", ("b",), [])]) == ()
    assert target.read_bytes().startswith(b"PK")


def test_an_error_leaves_the_old_file(tmp_path):
    target = tmp_path / "表.csv"
    target.write_bytes(b"old")

    with pytest.raises(ZeroDivisionError), replacing(target) as file:
        file.write(bytes([1 // 0]))

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_excel_holds_is_told(tmp_path, monkeypatch):
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")

    def refuse(self, to):
        raise PermissionError(13, "in use", str(to))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(TargetBusy) as busy:
        write_workbook(target, [SheetSpec("a", ("b",), [])])

    assert busy.value.path == target
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_the_way_is_no_busy_file(tmp_path):
    with pytest.raises(IsADirectoryError):
        write_csv(tmp_path, ("a",), [])
