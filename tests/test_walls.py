"""What keeps the houses apart, held by reading the code itself."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from correctionkit import catalog
from correctionkit.policy.shelf import overlay_ids, policy_ids
from correctionkit.policy.toml_file import read_toml

ROOT = Path(__file__).resolve().parents[1]
HOUSES = ("correctionkit", "statements", "backoffice")
# Migrations are written by Django, and never again by hand.
SHIPPED = sorted(
    path
    for house in HOUSES
    for path in (ROOT / house).rglob("*.py")
    if path.parent.name != "migrations"
)
BESIDE = sorted(path for name in ("benchmarks", "scripts") for path in (ROOT / name).rglob("*.py"))

FORBIDDEN = {
    "correctionkit": (
        "django", "django_fsm", "import_export", "weasyprint", "backoffice", "statements",
    ),
    "statements": (
        "django.http", "django.db", "django.contrib", "django.urls", "backoffice", "correctionkit",
    ),
}  # fmt: skip
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
HEAVY = (
    "pandas",
    "numpy",
    "PIL",
    "rich",
    "simplejpeg",
    "python_calamine",
    "xlsxwriter",
    "pypdfium2",
)
NETWORK = (
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
)  # fmt: skip
POSIX_MODULES = {
    "crypt", "curses", "fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog",
    "termios", "tty",
}  # fmt: skip
POSIX_CALLS = {
    "chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid",
    "getpgid", "getuid", "killpg", "lchown", "mkfifo", "mknod", "nice", "posix_fadvise", "pread",
    "pwrite", "setgid", "setpgid", "setsid", "setuid", "statvfs", "sysconf", "uname", "wait",
}  # fmt: skip
MOST_LINES = 300


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("house", FORBIDDEN)
def test_a_house_imports_nothing_it_must_not_know(house):
    offences = [
        (shown(path), name)
        for path in sorted((ROOT / house).rglob("*.py"))
        for name in imported_names(path)
        if any(name == bad or name.startswith(f"{bad}.") for bad in FORBIDDEN[house])
    ]

    assert offences == []


def test_correctionkit_opens_no_network_connection():
    offences = [
        (shown(path), name)
        for path in SHIPPED
        if path.is_relative_to(ROOT / "correctionkit")
        for name in imported_names(path)
        if any(name == bad or name.startswith(f"{bad}.") for bad in NETWORK)
    ]

    assert offences == []


def test_imports_are_absolute():
    offences = [
        shown(path)
        for path in SHIPPED
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert offences == []


def test_every_module_is_named_for_its_idea():
    offences = [
        shown(path) for path in SHIPPED if EMPTY_NAMES & {path.stem.lower(), path.parent.name}
    ]

    assert offences == []


def test_every_module_stays_small():
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in (*SHIPPED, *BESIDE)
    }

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


@pytest.mark.parametrize("arguments", [[], ["--help"]], ids=["imported", "asked for help"])
def test_the_command_starts_without_heavy_imports(arguments):
    program = (
        "import sys, correctionkit.cli as cli\n"
        "try:\n"
        "    if sys.argv[1:]: cli.main(sys.argv[1:])\n"
        "finally:\n"
        f"    print('HEAVY', sorted(set({HEAVY}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )

    assert done.stdout.splitlines()[-1] == "HEAVY []"


def institutions() -> Iterator[str]:
    """Every name of an institution and every id that the shipped policy data holds."""
    yield from policy_ids()
    yield from overlay_ids()
    for path in sorted((ROOT / "correctionkit/policy/data").glob("*.toml")):
        institution = read_toml(path, path.name).get("institution")
        if institution:
            yield from institution.values()


def test_code_knows_no_institution_and_no_policy_by_name():
    names = sorted(set(institutions()))
    a_name = re.compile(
        "|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in names), re.IGNORECASE
    )
    offences = [
        (shown(path), found.group())
        for path in (*SHIPPED, *BESIDE)
        for found in a_name.finditer(path.read_text(encoding="utf-8"))
    ]

    assert names
    assert offences == []


def posix_uses(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "os"
            and node.attr in POSIX_CALLS
        ):
            yield f"os.{node.attr}"
    beside = names_imported_off_windows(path)
    yield from (
        name
        for name in imported_names(path)
        if name.split(".")[0] in POSIX_MODULES and name not in beside
    )


def names_imported_off_windows(path: Path) -> set[str]:
    """What stands under ``if sys.platform != "win32":``, which Windows never runs."""
    return {
        alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "sys.platform != 'win32'"
        for statement in node.body
        if isinstance(statement, ast.Import)
        for alias in statement.names
    }


def test_correctionkit_runs_on_windows_too():
    offences = [
        (shown(path), use)
        for path in SHIPPED
        if path.is_relative_to(ROOT / "correctionkit")
        for use in posix_uses(path)
    ]

    assert offences == []


def guesses_its_encoding(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    positions = {"read_text": 1, "write_text": 2}
    if node.func.attr not in positions or isinstance(node.func.value, ast.Constant):
        return False
    named = any(keyword.arg == "encoding" for keyword in node.keywords)
    return not named and len(node.args) < positions[node.func.attr]


def test_text_files_are_read_and_written_with_a_named_encoding():
    offences = [
        (shown(path), node.lineno)
        for path in (*SHIPPED, *BESIDE)
        for node in ast.walk(tree(path))
        if guesses_its_encoding(node)
    ]

    assert offences == []


def test_every_finding_code_has_its_own_entry_in_the_docs():
    page = (ROOT / "docs/codes.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == [
        each.code for each in catalog.ALL
    ]
