"""The docs say what the code says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from correctionkit.policy.limits import KINDS
from correctionkit.policy.shelf import validate_file

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))


def test_the_page_of_codes_is_as_the_catalog_writes_it():
    script = runpy.run_path(str(ROOT / "scripts/codes_page.py"))

    # Run scripts/codes_page.py where this differs.
    assert script["PAGE"].read_text(encoding="utf-8") == script["page"]()


def test_the_example_of_an_overlay_has_no_mistakes(tmp_path):
    page = (ROOT / "docs/policies.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    file = tmp_path / "example.toml"
    file.write_text(example, encoding="utf-8")

    assert validate_file(file).heading.id == "our-branch-autumn"


def test_every_kind_of_limit_is_explained():
    page = (ROOT / "docs/policies.md").read_text(encoding="utf-8")

    assert [kind for kind in KINDS if f"| `{kind}` |" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_that_are_there(page):
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
