from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from correctionkit.packages.check import check_package
from correctionkit.packages.filings.roll import read_roll
from correctionkit.packages.writer.writing import WritingRefused
from correctionkit.policy.shelf import find_policy
from correctionkit.samples import drafts, package
from correctionkit.samples.ahead import made_ahead
from correctionkit.samples.package import NobodyLeft, write_sample

ON = date(2026, 11, 20)
POLICY = find_policy("ouc-2016")
PLAIN = {"seed": 3, "on": ON, "policy": POLICY}
SMALL = 50


@pytest.fixture
def small_scans(monkeypatch):
    """Draw coarse scans, which is quick, where only names and sameness count."""
    for module, name in ((drafts, "draw_scan"), (package, "draw_report")):
        monkeypatch.setattr(module, name, partial(getattr(module, name), dpi=SMALL))


def tree_hash(folder: Path) -> str:
    """Hash names and contents of everything below *folder*."""
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        told.update(path.relative_to(folder).as_posix().encode())
        if path.is_file():
            told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def kinds_shown(folder: Path) -> set[str]:
    """Return the kinds that the files in students' folders are named after."""
    stems = package.Drafter(POLICY, 1, None)._stems
    spellings = {
        spelling: kind.id
        for kind in POLICY.vocabulary.kinds.values()
        for spelling in (kind.label.zh, *stems[kind.id])
    }
    return {spellings[path.stem.rstrip("12")] for path in folder.glob("*/*.jpg")}


@pytest.mark.parametrize(
    ("policy", "seed"),
    [
        pytest.param("ouc-2016", 1, id="the default"),
        pytest.param("ouc-2021", 1, id="one reason only"),
    ],
)
def test_nothing_at_all_is_found_with_or_without_the_roll(tmp_path, policy, seed):
    rules, roll = find_policy(policy), tmp_path / "学籍库.xlsx"
    planted = write_sample(
        tmp_path / "包", students=5, seed=seed, on=ON, policy=rules, jobs=2, roll=roll
    )

    for records in (None, read_roll(roll, rules)):
        checked = check_package(tmp_path / "包", rules, ON, roll=records, jobs=2)
        assert checked.report.findings == ()
        counts = checked.report.counts
        assert (counts.students, counts.requests, counts.scans) == (
            planted.students,
            planted.requests,
            planted.scans,
        )
    assert planted.students == 5
    assert planted.faults == ()


def test_every_document_of_ordinary_requests_is_shown(tmp_path, small_scans):
    write_sample(tmp_path / "包", students=20, **PLAIN)

    assert kinds_shown(tmp_path / "包") == {
        "id_card",
        "household_register",
        "police_change_certificate",
        "id_number_correction_notice",
        "id_number_change_certificate",
        "register_lookup",
        "degree_authentication",
        "diploma",
        "enrolment_form",
    }


def test_there_is_a_table_for_every_status_that_files(tmp_path, small_scans):
    write_sample(tmp_path / "包", students=20, **PLAIN)

    assert sorted(path.name for path in (tmp_path / "包").glob("*.*")) == [
        "学生基本信息修改报告.jpg",
        "附表1新生基本信息修改情况统计表.xlsx",
        "附表2在籍生基本信息修改情况统计表.xlsx",
    ]


def test_between_two_semesters_nobody_is_new(tmp_path, small_scans):
    write_sample(tmp_path / "包", students=20, **(PLAIN | {"on": date(2026, 8, 15)}))

    assert [path.name for path in (tmp_path / "包").glob("附表*")] == [
        "附表2在籍生基本信息修改情况统计表.xlsx"
    ]


@pytest.mark.parametrize("faults", [False, True])
def test_same_seed_gives_the_same_bytes_whatever_the_jobs(tmp_path, small_scans, faults):
    for name, jobs in (("甲", 1), ("乙", 3)):
        roll = tmp_path / f"{name}.xlsx"
        write_sample(tmp_path / name, students=12, faults=faults, jobs=jobs, roll=roll, **PLAIN)

    assert tree_hash(tmp_path / "甲") == tree_hash(tmp_path / "乙")
    assert (tmp_path / "甲.xlsx").read_bytes() == (tmp_path / "乙.xlsx").read_bytes()


def test_other_seed_gives_another_package(tmp_path, small_scans):
    write_sample(tmp_path / "甲", students=3, **PLAIN)
    write_sample(tmp_path / "乙", students=3, **(PLAIN | {"seed": 4}))

    assert tree_hash(tmp_path / "甲") != tree_hash(tmp_path / "乙")


def test_zip_holds_what_the_folder_holds(tmp_path, small_scans):
    write_sample(tmp_path / "包", students=9, faults=True, **PLAIN)
    write_sample(tmp_path / "包.zip", students=9, faults=True, **PLAIN)
    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        archive.extractall(tmp_path / "解压")

    assert tree_hash(tmp_path / "解压") == tree_hash(tmp_path / "包")


def test_scans_each_gives_every_student_so_many(tmp_path, small_scans):
    planted = write_sample(tmp_path / "包", students=12, scans_each=3, **PLAIN)

    owners = Counter(path.parent.name for path in (tmp_path / "包").glob("*/*.jpg"))
    assert set(owners.values()) == {3}
    assert (len(owners), planted.scans) == (12, 36)


def test_progress_counts_every_file_that_is_written(tmp_path, small_scans):
    told = []

    def progress(done, total):
        told.append((done, total))

    write_sample(tmp_path / "包", students=2, **PLAIN, progress=progress)

    files = sum(path.is_file() for path in (tmp_path / "包").rglob("*"))
    assert told == [(done, files) for done in range(1, files + 1)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_few_contents_are_made_ahead_of_their_writing(jobs):
    made, ahead = [], []

    def make(number):
        made.append(number)
        return b"x"

    contents = [(f"{number:03}.jpg", partial(make, number)) for number in range(50)]

    with made_ahead(contents, jobs, lambda done, _: ahead.append(len(made) - done)) as members:
        for _, content in members:
            content.open("rb")

    assert sorted(made) == list(range(50))
    assert max(ahead) <= 2 * jobs


def test_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "包").mkdir()
    (tmp_path / "包" / "要紧的.txt").write_text("x", encoding="utf-8")

    with pytest.raises(WritingRefused, match="target-taken"):
        write_sample(tmp_path / "包", students=1, **PLAIN)

    assert [path.name for path in tmp_path.rglob("*")] == ["包", "要紧的.txt"]


def test_policy_that_takes_nothing_says_so(tmp_path):
    closed = find_policy("ouc-2016", ["windows-hebei"])

    with pytest.raises(NobodyLeft):
        write_sample(tmp_path / "包", students=1, seed=1, on=ON, policy=closed)

    assert list(tmp_path.iterdir()) == []
