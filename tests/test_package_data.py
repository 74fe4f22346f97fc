"""Whatever lies beside the modules is shipped with them."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KIT = ROOT / "correctionkit"


def declared() -> dict[str, list[str]]:
    """The globs of ``[options.package_data]``, by folder."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    return {
        package.replace(".", "/"): globs.split()
        for package, globs in settings["options.package_data"].items()
    }


GLOBS = [(folder, glob) for folder, globs in declared().items() for glob in globs]


@pytest.mark.parametrize(("folder", "glob"), GLOBS, ids="/".join)
def test_every_declared_glob_finds_something(folder, glob):
    assert [path for path in (ROOT / folder).glob(glob) if path.is_file()]


def test_every_file_beside_the_modules_is_declared():
    there = {
        path
        for path in KIT.rglob("*")
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts
    }
    shipped = {path for folder, glob in GLOBS for path in (ROOT / folder).glob(glob)}

    assert sorted(there - shipped) == []


def test_every_folder_of_modules_is_a_package():
    folders = {path.parent for path in KIT.rglob("*.py")}

    assert sorted(folder for folder in folders if not (folder / "__init__.py").is_file()) == []
