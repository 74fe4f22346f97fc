"""How often the code of a signed sheet is found on bad scans, and seal and signatures judged.

    python benchmarks/codes.py [PICTURES]

Sheets of 1, 12 and 40 lines, one with a long unit code, are drawn from their PDFs at 150 and
200 dpi, signed and stamped every second time, turned by a quarter and 1 to 5 degrees more, made
noisy, and written as JPEG of quality 60; PICTURES (100) of the grey mix, which is the promise, and
a fifth of each other.  Milliseconds are CPU time a page.  The seed is fixed: the same pictures
each time.
"""

from __future__ import annotations

import hashlib
import sys
import time
from datetime import UTC, datetime

import numpy as np
from PIL import Image, ImageFilter

from statements.contexts.parts import Count
from statements.contexts.request_sheet import BOXES, RequestLine, RequestSheet
from statements.rendering import render_pdf
from statements.returned import read_pages
from statements.sheet_code import SheetCode
from tests.builders.returning import (
    BLACK,
    BLUE,
    BOX_WIDTH,
    box_corners,
    jpeg,
    leaning,
    noisy,
    printed,
    sealed,
    shadowed,
    signed,
    turned,
)

SEED = 20240311
MIXES = ("grey", "colour", "photo", "noisier", "blurred")
SHEETS = ((1, "110-JBXX-20240311"), (12, "GD-350100-XXZX-0042-20240311-1"), (40, "350-20240311-1"))
SIGNED = (0, 1, 3)
SEAL = 2


def sheet(lines: int, number: str) -> RequestSheet:
    row = RequestLine(
        "第一学习中心", "2411001000001", "赵秀英", "姓名", "赵秀瑛", "赵秀英", "信息变更",
        "身份证、户口本",
    )  # fmt: skip
    digest = hashlib.sha256(number.encode()).hexdigest()
    return RequestSheet(
        title="学生基本信息修改申请表",
        made_at=datetime(2024, 3, 11, tzinfo=UTC),
        institution="示例开放大学",
        unit="示例分部",
        kind="基本信息修改",
        day="2024年3月11日",
        number=number,
        revision=1,
        code=SheetCode(number, 1, digest, digest),
        lines=(row,) * lines,
        field_counts=(Count("姓名", lines),),
        reason_counts=(Count("信息变更", lines),),
    )


def worsened(page: Image.Image, mix: str, rng: np.random.Generator) -> bytes:
    if mix == "photo":
        page = shadowed(leaning(page, rng), rng)
    degrees = rng.choice([0, 90, 180, 270]) + rng.choice([-1, 1]) * rng.uniform(1, 5)
    page = noisy(turned(page, float(degrees)), rng, 25.0 if mix == "noisier" else 12.0)
    if mix == "grey":
        page = page.convert("L")
    if mix == "blurred":
        page = page.filter(ImageFilter.GaussianBlur(1.0))
    return jpeg(page, 60)


def marked(pdf: bytes, dpi: int, rng: np.random.Generator) -> Image.Image:
    page = printed(pdf, dpi)[-1]
    left, top = box_corners(pdf, (BOXES[0].label,))[0]
    corners = [(left + place * BOX_WIDTH, top) for place in range(len(BOXES))]
    for place in SIGNED:
        signed(page, dpi, corners[place], rng, BLUE if rng.random() < 0.5 else BLACK)
    sealed(page, dpi, corners[SEAL], rng)
    return page


def measure(mix: str, dpi: int, pictures: int, papers: list[tuple[RequestSheet, bytes]]) -> int:
    rng = np.random.default_rng((SEED, dpi, MIXES.index(mix)))
    found = boxed = 0
    wrong = {"ink missed": 0, "ink imagined": 0, "seal missed": 0, "seal imagined": 0}
    spent = []
    for place in range(pictures):
        paper, pdf = papers[place % len(papers)]
        has_marks = place % 2 == 0
        page = marked(pdf, dpi, rng) if has_marks else printed(pdf, dpi)[-1]
        picture = worsened(page, mix, rng)
        start = time.process_time()
        returned = read_pages([picture])
        spent.append(time.process_time() - start)
        found += returned.sheet == paper.code
        if len(returned.boxes) != len(BOXES):
            continue
        boxed += 1
        inked = [returned.boxes[each].is_written_in for each in SIGNED]
        wrong["ink missed"] += has_marks and not all(inked)
        wrong["ink imagined"] += not has_marks and any(inked)
        wrong["seal missed"] += has_marks and returned.boxes[SEAL].is_sealed is False
        wrong["seal imagined"] += not has_marks and returned.boxes[SEAL].is_sealed is True
    faults = ", ".join(f"{what} {count}" for what, count in wrong.items())
    print(
        f"{mix:8} {dpi} dpi: code {found}/{pictures}, boxes {boxed}/{pictures}, {faults}; "
        f"{1000 * sum(spent) / pictures:.0f} ms a page, worst {1000 * max(spent):.0f}",
        flush=True,
    )
    return found


def without_a_code() -> None:
    rng = np.random.default_rng(SEED)
    for dpi in (150, 300, 600):
        size = round(297 / 25.4 * dpi), round(210 / 25.4 * dpi)
        grain = rng.integers(120, 255, (size[1] // 3, size[0] // 3), dtype=np.uint8)
        page = Image.fromarray(grain).resize(size).convert("RGB")
        start = time.process_time()
        returned = read_pages([page])
        spent = time.process_time() - start
        print(f"no code, {dpi} dpi: {1000 * spent:.0f} ms, found {len(returned.sheets)}")


def main() -> None:
    pictures = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    papers = [(paper, render_pdf(paper)) for paper in (sheet(*each) for each in SHEETS)]
    found = drawn = 0
    for mix in MIXES:
        many = pictures if mix == MIXES[0] else max(1, pictures // 5)
        for dpi in (150, 200):
            found += measure(mix, dpi, many, papers)
            drawn += many
    print(f"codes found: {found}/{drawn}")
    without_a_code()


if __name__ == "__main__":
    main()
