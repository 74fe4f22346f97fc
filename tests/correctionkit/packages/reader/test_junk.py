from __future__ import annotations

import pytest

from correctionkit.packages.reader.entries import Entry
from correctionkit.packages.reader.junk import JunkItem, is_junk, split_junk


def entry(path: str) -> Entry:
    is_folder = path.endswith("/")
    parts = tuple(path.rstrip("/").split("/"))
    return Entry("/".join(parts), parts, 0, is_folder)


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX",
        "__macosx",
        ".DS_Store",
        ".ds_store",
        "Thumbs.db",
        "THUMBS.DB",
        "Desktop.ini",
        "._身份证.jpg",
        "~$附表1.xlsx",
    ],
)
def test_leavings_of_systems_are_junk(name: str) -> None:
    assert is_junk(name)


@pytest.mark.parametrize(
    "name",
    ["MACOSX", "DS_Store", "thumbs.db.jpg", "_.jpg", "~附表1.xlsx", "$~a", "desktop.ini.txt"],
)
def test_names_that_only_resemble_them_are_not(name: str) -> None:
    assert not is_junk(name)


def test_one_item_stands_for_all_that_lies_below_it() -> None:
    entries = [
        entry("材料/"),
        entry("材料/a.jpg"),
        entry("材料/.DS_Store"),
        entry("__MACOSX/"),
        entry("__MACOSX/材料/"),
        entry("__MACOSX/材料/._a.jpg"),
        entry("__MACOSX/材料/._b.jpg"),
    ]

    assert split_junk(entries) == (
        entries[:2],
        [JunkItem(("材料", ".DS_Store"), 1), JunkItem(("__MACOSX",), 2)],
    )


def test_the_note_leaves_out_the_wrapper() -> None:
    inside = JunkItem(("材料", "Thumbs.db"), 1).finding("材料")
    beside = JunkItem(("__MACOSX",), 2).finding("材料")

    assert [(each.location.path, dict(each.params)) for each in (inside, beside)] == [
        ("Thumbs.db", {"name": "Thumbs.db", "files": 1}),
        ("__MACOSX", {"name": "__MACOSX", "files": 2}),
    ]
