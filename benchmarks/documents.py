"""How fast sheets are printed, against WeasyPrint as it comes, and in how much memory.

    python benchmarks/documents.py [SHEETS]

The same page of 14 lines: WeasyPrint's defaults with the system's Chinese face and tables
that measure their cells; our page with tags and PDF/A; then SHEETS sheets (100) in two
worker processes; then one sheet of 1,200 lines.  One page is the median of nine, CPU seconds
beside wall-clock ones, as a shared machine blurs the latter.  Each runs in a process of its
own, so that its peak memory is its own.
"""

from __future__ import annotations

import base64
import hashlib
import multiprocessing
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources

try:
    import resource
except ImportError:  # Windows has none
    resource = None

from statements.contexts.parts import Count
from statements.contexts.request_sheet import RequestLine, RequestSheet
from statements.rendering import render_many, render_pdf, to_html
from statements.sheet_code import SheetCode

LINES = 14
ROUNDS = 9
PROCESSES = 2


def sheet(lines: int = LINES) -> RequestSheet:
    rows = tuple(
        RequestLine(
            f"第{place % 7 + 1}学习中心", f"24110010{place:05d}", "赵秀英", "姓名",
            "赵秀瑛", "赵秀英", "信息变更", "身份证、户口本", "",
        )
        for place in range(lines)
    )  # fmt: skip
    digest = hashlib.sha256(b"lines").hexdigest()
    return RequestSheet(
        title="学生基本信息修改申请表",
        made_at=datetime(2024, 3, 11, tzinfo=UTC),
        institution="示例开放大学",
        unit="示例分部",
        kind="基本信息修改",
        day="2024年3月11日",
        number="110-JBXX-20240311",
        revision=1,
        code=SheetCode("110-JBXX-20240311", 1, digest, digest),
        lines=rows,
        field_counts=(Count("姓名", lines),),
        reason_counts=(Count("信息变更", lines),),
    )


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


def long_sheet() -> Callable[[], object]:
    return lambda: render_pdf(sheet(1200))


def many(sheets: int) -> Callable[[], object]:
    return lambda: sum(
        1 for _ in render_many((sheet() for _ in range(sheets)), processes=PROCESSES)
    )


def peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024 if resource else float("nan")


def measure(name: str, rounds: int, sheets: int, answer: multiprocessing.Queue) -> None:
    works = {"as it comes": as_it_comes, "ours": ours, "long": long_sheet}
    work = many(sheets) if name == "many" else works[name]()
    if rounds > 1:
        work()
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    memory = float("nan")
    if resource:
        memory = max(peak(resource.RUSAGE_SELF), peak(resource.RUSAGE_CHILDREN))
    answer.put((statistics.median(walls), statistics.median(cpus), memory))


def apart(name: str, rounds: int, sheets: int = 0) -> tuple[float, float, float]:
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=measure, args=(name, rounds, sheets, answer))
    process.start()
    result = answer.get()
    process.join()
    return result


def main() -> None:
    sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"{'':34}{'wall ms':>9}{'CPU ms':>9}{'ratio':>8}{'peak MB':>9}")
    wall, cpu, memory = apart("as it comes", ROUNDS)
    print(
        f"{'one page, WeasyPrint as it comes':34}{wall * 1e3:9.0f}{cpu * 1e3:9.0f}"
        f"{1:8.2f}{memory:9.0f}"
    )
    own_wall, own_cpu, memory = apart("ours", ROUNDS)
    print(
        f"{'one page, ours: tagged PDF/A':34}{own_wall * 1e3:9.0f}{own_cpu * 1e3:9.0f}"
        f"{own_cpu / cpu:8.2f}{memory:9.0f}"
    )
    all_of_them, _, memory = apart("many", 1, sheets)
    each = all_of_them / sheets
    print(
        f"{f'a page of {sheets}, two processes':34}{each * 1e3:9.0f}{'-':>9}"
        f"{each / wall:8.2f}{memory:9.0f}"
    )
    wall, cpu, memory = apart("long", 1)
    print(f"{'a sheet of 1,200 lines':34}{wall * 1e3:9.0f}{cpu * 1e3:9.0f}{'-':>8}{memory:9.0f}")


if __name__ == "__main__":
    main()
