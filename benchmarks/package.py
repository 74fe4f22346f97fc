"""Speed and memory of checking a whole package, peers side by side.

``python benchmarks/package.py [STUDENTS]``: draws a package of so many students with
three scans each at 200 dpi, A4 in colour, once, below ``var/bench``: every scan is drawn by
itself and none is a copy, so the first run takes its minutes, and 1,000 students 1.8 GB.
The files are read once before anything is measured, so disks don't count.  Each figure is
the median of three processes of their own.  The ratios matter, not the seconds.
"""

from __future__ import annotations

import hashlib
import shutil
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from PIL import Image

from correctionkit.packages.check import check_package
from correctionkit.policy.shelf import default_policy_id, find_policy
from correctionkit.samples.package import write_sample

try:
    import resource
except ImportError:
    resource = None

POLICY = find_policy(default_policy_id())
BELOW = Path(__file__).resolve().parents[1] / "var" / "bench"
ON = date(2026, 11, 20)
SEED = 7
SCANS_EACH = 3
REPEATS = 3
STUDENTS = 1_000
# What one call of a tool is given: command lines are bounded.
BATCH = 200


def scans_of(package: Path) -> list[Path]:
    return sorted(package.glob("*/*.jpg"))


def make_package(students: int) -> Path:
    """Draw the package, unless it is there, in a process of its own: drawing needs memory."""
    target = BELOW / f"package-{students}"
    if not target.exists():
        print(f"drawing {students * SCANS_EACH:,} scans for {target.name} ...", flush=True)
        began = time.perf_counter()
        subprocess.run([sys.executable, __file__, "--draw", str(students)], check=True)
        print(f"drawn in {time.perf_counter() - began:.0f} s")
    return target


def draw_package(students: int) -> None:
    """Write the package; it appears whole or not at all."""
    write_sample(
        BELOW / f"package-{students}",
        students=students,
        seed=SEED,
        on=ON,
        policy=POLICY,
        scans_each=SCANS_EACH,
        jobs=2,
    )


def run_check(package: Path, jobs: int) -> tuple[int, str]:
    report = check_package(package, POLICY, ON, jobs=jobs).report
    return report.counts.scans, f"{len(report.findings)} findings"


def run_pillow(package: Path) -> tuple[int, str]:
    paths = scans_of(package)
    for path in paths:
        hashlib.sha256(path.read_bytes()).digest()
        with Image.open(path) as image:
            image.load()
    return len(paths), "decodes and hashes only"


def run_jpeginfo(package: Path) -> tuple[int, str]:
    paths = scans_of(package)
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        subprocess.run(["jpeginfo", "-c", *batch], check=True, stdout=subprocess.DEVNULL)
    return len(paths), "decodes only"


RUNS = {
    "ours, 1 job": lambda package: run_check(package, 1),
    "ours, 2 jobs": lambda package: run_check(package, 2),
    "Pillow load() + SHA-256": run_pillow,
    "jpeginfo -c": run_jpeginfo,
}


def peak_megabytes() -> float:
    # Windows has no such call; the figure is left out there.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if resource else float("nan")


def measure(run: str, package: Path) -> tuple[float, float, int, str]:
    """Return seconds, peak megabytes, scans and a remark, from a process of its own."""
    told = subprocess.run(
        [sys.executable, __file__, "--one", run, str(package)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split(maxsplit=3)
    return float(told[0]), float(told[1]), int(told[2]), told[3].strip()


def measure_one(run: str, package: Path) -> None:
    began = time.perf_counter()
    scans, remark = RUNS[run](package)
    print(time.perf_counter() - began, peak_megabytes(), scans, remark)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        measure_one(sys.argv[2], Path(sys.argv[3]))
        return
    if sys.argv[1:2] == ["--draw"]:
        draw_package(int(sys.argv[2]))
        return
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    small, whole = make_package(max(1, students // 4)), make_package(students)
    size = sum(path.stat().st_size for path in scans_of(whole))
    for path in scans_of(whole):
        path.read_bytes()
    print(f"{students:,} students, {students * SCANS_EACH:,} scans, {size / 1e6:,.0f} MB")

    results = {}
    for run in RUNS:
        if run.startswith("jpeginfo") and not shutil.which("jpeginfo"):
            print(f"{run:24} not installed")
            continue
        results[run] = [measure(run, whole) for _ in range(REPEATS)]
        seconds = statistics.median(each[0] for each in results[run])
        _, _, scans, remark = results[run][0]
        print(f"{run:24} {scans / seconds:6.0f} images/s  {remark}", flush=True)

    of_quarter = [measure("ours, 2 jobs", small) for _ in range(REPEATS)]
    peaks = [
        statistics.median(each[1] for each in measured)
        for measured in (of_quarter, results["ours, 2 jobs"])
    ]
    print(
        f"peak memory of a check, 2 jobs: {peaks[0]:.0f} MB for {students // 4:,} students, "
        f"{peaks[1]:.0f} MB for {students:,}"
    )


if __name__ == "__main__":
    main()
