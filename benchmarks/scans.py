"""How fast a scan is measured, against the plain loop and the field's checker.

    python benchmarks/scans.py [N]

Draws N 200-dpi A4 colour JPEGs of some 0.9 MB (a dozen different ones, in turn), then
times, median of three: Pillow load and SHA-256; ``jpeginfo -c`` where it is installed; our
probe in one thread and in two.  CPU seconds stand beside wall-clock ones, as a shared
machine blurs the latter.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has none
    resource = None

import numpy as np
from PIL import Image, ImageDraw

from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans.probe import probe_path

BOUNDS = ScanBounds(max_bytes=10 * 1024**2, min_dpi=200, max_pixels=100_000_000, max_side=20_000)
DISTINCT = 12


def draw(seed: int) -> Image.Image:
    chance = random.Random(seed)
    page = Image.new("RGB", (1654, 2339), (246, 245, 240))
    pen = ImageDraw.Draw(page)
    for line in range(34):
        for letter in range(chance.randrange(24, 40)):
            x, y = 170 + letter * 34, 180 + line * 60
            for _ in range(7):
                start = (x + chance.randrange(30), y + chance.randrange(30))
                end = (x + chance.randrange(30), y + chance.randrange(30))
                pen.line((*start, *end), fill=(40, 40, 48), width=3)
    tile = np.random.default_rng(seed).normal(0, 4.5, (256, 256, 3)).astype(np.int16)
    grain = np.tile(tile, (page.height // 256 + 1, page.width // 256 + 1, 1))
    noisy = np.asarray(page) + grain[: page.height, : page.width]
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def plain(path: Path) -> None:
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
        with Image.open(file) as picture:
            picture.load()


def ours(path: Path) -> None:
    if probe_path(path, bounds=BOUNDS).fault:
        raise SystemExit(f"{path} should be sound")


def one_by_one(work: Callable[[Path], None], paths: Sequence[Path]) -> None:
    for path in paths:
        work(path)


def two_threads(paths: Sequence[Path]) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ours, paths))


def peak_memory() -> str:
    if not resource:
        return "not known here"
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall-clock and CPU seconds, medians of three."""
    walls, cpus = [], []
    for _ in range(3):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.jpg" for number in range(count)]
        for number, path in enumerate(paths):
            if number < DISTINCT:
                draw(number).save(path, quality=85, dpi=(200, 200))
            else:
                shutil.copyfile(paths[number % DISTINCT], path)
        size = sum(path.stat().st_size for path in paths) / count / 1e6
        print(f"{count} scans of {size:.2f} MB")
        ways: list[tuple[str, Callable[[], object]]] = [
            ("Pillow load() + SHA-256", lambda: one_by_one(plain, paths)),
            ("probe, one thread", lambda: one_by_one(ours, paths)),
            ("probe, two threads", lambda: two_threads(paths)),
        ]
        if shutil.which("jpeginfo"):
            command = ["jpeginfo", "-c", *map(str, paths)]
            ways.insert(1, ("jpeginfo -c", lambda: subprocess.run(command, capture_output=True)))
        base = 0.0
        print(f"{'':26}{'images/s':>10}{'ratio':>8}{'CPU ms each':>13}")
        for name, work in ways:
            wall, cpu = timed(work)
            base = base or wall
            own = f"{cpu / count * 1000:13.1f}" if name != "jpeginfo -c" else f"{'-':>13}"
            print(f"{name:26}{count / wall:10.1f}{base / wall:8.2f}{own}")
    print("peak memory:", peak_memory())


if __name__ == "__main__":
    main()
