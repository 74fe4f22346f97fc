from __future__ import annotations

from pathlib import Path

import pytest

from correctionkit.policy.mistakes import PolicyInvalid
from correctionkit.policy.toml_file import read_toml
from correctionkit.terms import Words


def fault(path: Path) -> Words:
    with pytest.raises(PolicyInvalid) as invalid:
        read_toml(path, "f.toml")
    (mistake,) = invalid.value.mistakes
    assert (mistake.file, mistake.row, mistake.key) == ("f.toml", "", "")
    return mistake.fault


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "f.toml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("a = '中'\n".encode(), id="plain"),
        pytest.param("\ufeffa = '中'\n".encode(), id="byte order mark"),
        pytest.param("a = '中'\r\n".encode(), id="Windows line ends"),
    ],
)
def test_a_file_is_read_as_utf_8(tmp_path: Path, content: bytes) -> None:
    assert read_toml(written(tmp_path, content), "f.toml") == {"a": "中"}


def test_a_syntax_error_names_line_and_column_in_both_languages(tmp_path: Path) -> None:
    found = fault(written(tmp_path, b"a = 1\nb = = 2\n"))

    assert found.en.startswith("not valid TOML at line 2, column 5 (")
    assert found.zh.startswith("第 2 行第 5 列不是有效的 TOML（")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"a = [1,", "not valid TOML at the end (", id="ends too early"),
        pytest.param(b"a = 1\na = 2", "not valid TOML at ", id="key twice"),
        pytest.param(b"a = 2021-02-30", "not valid TOML at ", id="no such day"),
        pytest.param(b"a\x00 = 1", "not valid TOML at line 1, column 2 (", id="NUL"),
        pytest.param(b"a = " + b"[" * 20_000, "nested too deeply", id="nested"),
        pytest.param(b"a = " + b"{b=" * 20_000, "nested too deeply", id="nested tables"),
        pytest.param(b"a = " + b"9" * 5000, "holds a number that is far too long", id="number"),
        pytest.param(
            "a = 1\nb = '中'\n".encode("gb18030"),
            "not UTF-8 text (line 2); save it as UTF-8",
            id="GB 18030",
        ),
        pytest.param(
            "a = '中'".encode("utf-16"), "not UTF-8 text (line 1); save it as UTF-8", id="UTF-16"
        ),
        pytest.param(b"#" * (4 * 1024**2 + 1), "is too large for a policy", id="size"),
    ],
)
def test_what_is_no_toml_is_a_mistake(tmp_path: Path, content: bytes, expected: str) -> None:
    found = fault(written(tmp_path, content))

    assert found.en.startswith(expected)
    assert found.zh


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    assert read_toml(written(tmp_path, b"#" * 4 * 1024**2), "f.toml") == {}


def test_a_missing_file_is_a_mistake(tmp_path: Path) -> None:
    assert fault(tmp_path / "f.toml") == Words("there is no such file", "文件不存在")


def test_a_folder_is_a_mistake(tmp_path: Path) -> None:
    assert fault(tmp_path) == Words("is a folder, not a file", "是文件夹，不是文件")


def test_a_name_that_no_file_can_have_is_a_mistake() -> None:
    assert fault(Path("a\0b.toml")).en.startswith("cannot be opened (")


def test_a_file_that_may_not_be_read_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    path = written(tmp_path, b"")
    monkeypatch.setattr(Path, "open", refuse)

    assert fault(path) == Words("may not be read", "没有读取权限")
