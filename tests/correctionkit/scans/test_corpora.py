"""Files that others made to break readers: no crash, bounded time, right verdicts."""

from __future__ import annotations

import time

import pytest

from correctionkit.findings import Location
from correctionkit.scans.check import check_scan

SETS = ["afl-jpeg", "image-png-bugfixes", "jpeg-crashtest", "pillow-apng", "pillow-edge"]
SETS += ["pngsuite", "ssrf-svg", "zune-fuzz-png"]


@pytest.mark.parametrize("name", SETS)
def test_every_file_is_measured_and_judged_within_its_time(corpora, studio, name):
    slow = []
    for path in sorted((corpora / name).iterdir()):
        data, started = path.read_bytes(), time.process_time()
        facts = studio.probe(data)
        list(
            check_scan(
                facts,
                studio.bounds,
                Location(path=path.name),
                name=path.name,
                kind=None,
                student=None,
            )
        )
        if time.process_time() - started > 5:
            slow.append(path.name)

        assert facts.size == len(data)

    assert slow == []


def test_pngsuite_is_judged_exactly(corpora, studio):
    verdicts = {}
    for path in (corpora / "pngsuite").glob("*.png"):
        facts = studio.probe(path.read_bytes())
        verdicts[path.name] = facts.format == "PNG" and facts.fault is None

    assert len(verdicts) == 175
    assert {name for name, sound in verdicts.items() if not sound} == {
        name for name in verdicts if name.startswith("x")
    }


def test_a_pixel_flood_is_not_decoded(corpora, studio):
    facts = studio.probe((corpora / "jpeg-crashtest/max_size.jpg").read_bytes())

    assert (facts.width, facts.height, facts.oversize, facts.pixels) == (65535, 65535, True, None)


def test_vector_files_are_no_scans(corpora, studio):
    assert {
        studio.probe(path.read_bytes()).format for path in (corpora / "ssrf-svg").iterdir()
    } == {"SVG"}
