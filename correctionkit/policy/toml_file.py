"""Reading of TOML files as they come from a user's disk: bounded, and never a traceback."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from correctionkit.policy.mistakes import Mistake, PolicyInvalid
from correctionkit.terms import Words

# Shipped policies take some 15 KB; what is far beyond is no policy.
_MAX_BYTES = 4 * 1024**2
_WHERE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(path: Path, name: str) -> dict[str, Any]:
    """Read one TOML file; *name* stands for it in mistakes.

    Raises :exc:`PolicyInvalid` where it cannot be read or is not TOML.
    """
    content = _content(path, name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _invalid(
            name,
            f"not UTF-8 text (line {line}); save it as UTF-8",
            f"不是 UTF-8 文本（第 {line} 行），请另存为 UTF-8 编码",
        ) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(name, str(error)) from None
    except RecursionError:
        raise _invalid(name, "nested too deeply", "嵌套层数过多") from None
    except ValueError:
        # Python reads no decimal number of more than 4300 digits.
        raise _invalid(name, "holds a number that is far too long", "含有过长的数字") from None


def _content(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise _invalid(name, "is a folder, not a file", "是文件夹，不是文件")
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise _invalid(name, "there is no such file", "文件不存在") from None
    except PermissionError:
        raise _invalid(name, "may not be read", "没有读取权限") from None
    except PolicyInvalid:
        raise
    except (OSError, ValueError) as error:
        # ValueError: a name that no file can have, as with a NUL in it.
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise _invalid(name, f"cannot be opened ({reason})", f"无法打开（{reason}）") from None
    if len(content) > _MAX_BYTES:
        raise _invalid(name, "is too large for a policy", "文件过大，不是规则文件")
    return content


def _syntax(name: str, message: str) -> PolicyInvalid:
    found = _WHERE.search(message)
    what = message[: found.start()] if found else message
    if found and found[1]:
        return _invalid(
            name,
            f"not valid TOML at line {found[1]}, column {found[2]} ({what})",
            f"第 {found[1]} 行第 {found[2]} 列不是有效的 TOML（{what}）",
        )
    return _invalid(
        name, f"not valid TOML at the end ({what})", f"文件末尾不是有效的 TOML（{what}）"
    )


def _invalid(name: str, en: str, zh: str) -> PolicyInvalid:
    return PolicyInvalid([Mistake(name, "", "", Words(en, zh))])
