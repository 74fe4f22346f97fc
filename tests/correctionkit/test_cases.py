"""Cases of whole packages: every finding code, by what is given and what is expected."""

from __future__ import annotations

import io
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders.passing_package import TABLE, PassingPackage, change, write_roll

from correctionkit import catalog
from correctionkit.catalog import import_codes
from correctionkit.findings import Finding
from correctionkit.packages.check import check_package
from correctionkit.packages.filings.roll import read_roll
from correctionkit.policy.shelf import find_policy

FILE = Path(__file__).parents[2] / "fixtures" / "cases" / "packages.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
ON = date(2026, 11, 20)
# What only an office knows, with records and requests of its own.
OF_OFFICES = {each.code for each in import_codes.CODES} | {"request-open", "request-bound"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_package_gives_exactly_the_findings_of_its_case(
    case: dict[str, Any], tmp_path: Path
) -> None:
    given = dict(case["given"])
    shape, records = given.pop("package", "folder"), given.pop("roll", None)
    package = PassingPackage()
    change(package, given)
    policy = find_policy(case.get("policy", "ouc-2016"), case.get("overlays", ()))
    roll = read_roll(write_roll(tmp_path, records), policy) if records else None

    checked = check_package(
        write(package, shape, tmp_path), policy, case.get("on", ON), roll=roll, jobs=2
    )

    found = [told(finding) for finding in checked.report.findings]
    expected = [spelled_out(each, package) for each in case["expect"]]
    assert sorted(found) == sorted(expected)


def test_every_finding_code_has_a_case() -> None:
    covered = {each.split(" @ ")[0] for case in CASES for each in case["expect"]}

    assert covered == set(catalog.BY_CODE) - OF_OFFICES


def told(finding: Finding) -> str:
    """Name a finding by code and place."""
    where = finding.location
    place = where.path
    if where.table is not None:
        place = f"{where.table}:{where.row or ''}"
    return finding.code if place is None else f"{finding.code} @ {place}"


def spelled_out(expected: str, package: PassingPackage) -> str:
    """Put table and folders in place of their letters."""
    code, _, place = expected.partition(" @ ")
    if not place:
        return code
    for letter, path in (("A", "1335001209114张三"), ("B", "1335001209222李四")):
        if place == letter or place.startswith(f"{letter}/"):
            place = path + place[1:]
    if place.startswith("T:"):
        place = (package.table or TABLE) + place[1:]
    return f"{code} @ {place}"


def write(package: PassingPackage, shape: str, folder: Path) -> Path:
    """Write the package in the shape that a case gives."""
    if shape == "folder":
        return package.write(folder)
    if shape == "absent":
        return folder / "无此文件夹"
    if shape == "empty":
        (folder / "空").mkdir()
        return folder / "空"
    target = package.write_zip(folder)
    if shape == "truncated-zip":
        target.write_bytes(target.read_bytes()[:-200])
    elif shape == "zip-slip":
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr("../outside.txt", b"x")
    elif shape == "zip-bomb":
        package.files["1335001209114张三/身份证.jpg"] = b"\0" * (4 << 20)
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in package.files.items():
                archive.writestr(path, content)
        target.write_bytes(kept.getvalue())
    else:
        raise AssertionError(shape)
    return target
