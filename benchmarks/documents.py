"""How fast papers are printed, against WeasyPrint as it comes, and in how much memory.

    python benchmarks/documents.py [SHEETS]

The same page of 14 lines by WeasyPrint's defaults, with the system's Chinese face and tables
that measure their cells, and by us, with tags and PDF/A: in turns, so that both have the same
machine.  Then SHEETS sheets (100) in two worker processes, and the largest jobs.  CPU seconds
stand beside wall-clock ones, as a shared machine blurs the latter; each job has a process of
its own, so that its peak memory is its own.
"""

from __future__ import annotations

import base64
import multiprocessing
import re
import statistics
import sys
import time
from collections.abc import Callable
from importlib import resources
from multiprocessing.connection import Connection
from typing import NamedTuple

try:
    import resource
except ImportError:  # Windows has none
    resource = None

from _papers import bundle, case, sheet

from statements.rendering import render_bundle, render_joined, render_many, render_pdf, to_html

ROUNDS = 9
PROCESSES = 2
# What is promised: a page's part of the default's time, how many times faster many sheets
# are, and what a process may take in MB.
PAGE, MANY, PEAK = 0.7, 2.0, 350


class Measured(NamedTuple):
    """Seconds by the clock and of all processors, and the most memory in MB of a process."""

    wall: float
    cpu: float
    peak: float


def as_it_comes() -> Callable[[], object]:
    from weasyprint import HTML  # noqa: PLC0415 - only the process that measures it

    from statements.rendering.qr import qr_png  # noqa: PLC0415 - as above

    style = (resources.files("statements") / "assets/statements.css").read_text("utf-8")
    style = style.replace("FACES", '"Noto Serif CJK SC"').replace("table-layout: fixed;", "")
    code = base64.b64encode(qr_png(sheet().code.payload)).decode()
    markup = to_html(sheet()).replace("<head>", f"<head><style>{style}</style>")
    markup = re.sub("statement-picture:code", f"data:image/png;base64,{code}", markup)
    return lambda: HTML(string=markup).write_pdf()


def ours() -> Callable[[], object]:
    return lambda: render_pdf(sheet())


def sheets_of(count: int) -> list:
    return [sheet(number=f"110-JBXX-{place:08d}") for place in range(count)]


def many(count: int = 100) -> Callable[[], object]:
    return lambda: sum(1 for _ in render_many(sheets_of(count), processes=PROCESSES))


def joined() -> Callable[[], object]:
    return lambda: render_joined(sheets_of(20), "申请表", processes=PROCESSES)


JOBS = {
    # 72 scans and 25 originals of 1.6 MB are what a file may hold.
    "a sheet of 1,200 lines": lambda: lambda: render_pdf(sheet(1200)),
    "a case of 1,200 steps, 25 originals": lambda: lambda: render_pdf(case(1200, 25)),
    "a bundle of 72 scans": lambda: lambda: render_bundle(*bundle(72)),
    "20 sheets as one file": joined,
}


def spent() -> tuple[float, float]:
    """Return the clock's seconds and those of the processors, of ended children too."""
    if resource is None:
        return time.perf_counter(), time.process_time()
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return time.perf_counter(), sum(usage.ru_utime + usage.ru_stime for usage in usages)


def peak() -> float:
    if resource is None:
        return float("nan")
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(usage.ru_maxrss for usage in usages) / 1024


def serve(make: str, count: int | None, line: Connection) -> None:
    """Do the job once for each message, in a process of its own."""
    makers = {"as it comes": as_it_comes, "ours": ours, **JOBS}
    work = many(count) if count is not None else makers[make]()
    while line.recv():
        before = spent()
        work()
        wall, cpu = (after - start for after, start in zip(spent(), before, strict=True))
        line.send(Measured(wall, cpu, peak()))


class Apart:
    """A process that does one job when asked."""

    def __init__(self, make: str, count: int | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(make, count, theirs))
        self._process.start()

    def once(self) -> Measured:
        """Have the job done once."""
        self._line.send(True)
        return self._line.recv()

    def end(self) -> None:
        """End the process."""
        self._line.send(False)
        self._process.join()


def once(make: str, count: int | None = None) -> Measured:
    apart = Apart(make, count)
    measured = apart.once()
    apart.end()
    return measured


def in_turns() -> tuple[Measured, Measured]:
    """Return the medians of WeasyPrint's page and of ours, warm."""
    pair = Apart("as it comes"), Apart("ours")
    for each in pair:
        each.once()
    rounds = [[each.once() for each in pair] for _ in range(ROUNDS)]
    for each in pair:
        each.end()
    theirs, own = ([*each] for each in zip(*rounds, strict=True))
    return medians(theirs), medians(own)


def medians(several: list[Measured]) -> Measured:
    return Measured(*map(statistics.median, zip(*several, strict=True)))


def show(what: str, measured: Measured, ratio: str = "") -> None:
    print(
        f"{what:38}{measured.wall * 1e3:9.0f}{measured.cpu * 1e3:9.0f}{ratio:>8}"
        f"{measured.peak:9.0f}",
        flush=True,
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"{'':38}{'wall ms':>9}{'CPU ms':>9}{'ratio':>8}{'peak MB':>9}")
    theirs, own = in_turns()
    show("one page, WeasyPrint as it comes", theirs, "1.00")
    show("one page, ours: tagged PDF/A", own, f"{own.cpu / theirs.cpu:.2f}")
    whole = once("many", count)
    each = Measured(whole.wall / count, whole.cpu / count, whole.peak)
    # Two cores work at once: what a page costs the job is half of what it costs them.
    faster = PROCESSES * theirs.cpu / each.cpu
    show(f"a page of {count}, {PROCESSES} processes", each, f"{1 / faster:.2f}")
    peaks = [own.peak, whole.peak]
    for what in JOBS:
        measured = once(what)
        peaks.append(measured.peak)
        show(what, measured)
    print(
        f"\na page {own.cpu / theirs.cpu:.2f} of the default (at most {PAGE}); "
        f"many {faster:.1f} times as fast (at least {MANY:g}); "
        f"at most {max(peaks):.0f} MB a process (at most {PEAK})"
    )


if __name__ == "__main__":
    main()
