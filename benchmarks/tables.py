"""Time and memory of big tables in and out, peers side by side.

``python benchmarks/tables.py [ROWS]``: each reader reads the same two workbooks (texts in the
sheet, and shared, as Excel writes them), each writer writes the same rows, every time in a
process of its own, by turns; medians of three.  The ratios matter, not the seconds.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

COLUMNS = 12
REPEATS = 3
HEADER = [f"列{number}" for number in range(COLUMNS)]


def table_rows(count: int) -> Iterator[list[str]]:
    draw = random.Random(20240506)
    names = [
        chr(draw.randrange(0x4E00, 0x9FA5)) + chr(draw.randrange(0x4E00, 0x9FA5))
        for _ in range(5000)
    ]
    codes = ("男", "女", "汉族", "回族", "本科", "专科")
    for number in range(count):
        own = (f"{number:013}", draw.choice(names), f"{draw.randrange(10**17, 10**18)}", "姓名")
        yield [*own, draw.choice(names), *(draw.choice(codes) for _ in range(COLUMNS - 5))]


def read_ours(path: Path) -> int:
    from correctionkit.packages.tables.workbook import read_workbook  # noqa: PLC0415 - each peer is measured with its own imports only
    from correctionkit.policy.bounds import TableBounds  # noqa: PLC0415 - each peer is measured with its own imports only

    bounds = TableBounds(max_rows=1_000_000, max_columns=200, max_cell_characters=32_767)
    workbook = read_workbook(path.read_bytes(), path.name, bounds)
    return sum(len(row.cells) for sheet in workbook.sheets for row in sheet)


def read_streamed(path: Path) -> int:
    from correctionkit.packages.tables.streamed import open_table  # noqa: PLC0415 - each peer is measured with its own imports only
    from correctionkit.policy.bounds import TableBounds  # noqa: PLC0415 - each peer is measured with its own imports only

    bounds = TableBounds(max_rows=1_000_000, max_columns=200, max_cell_characters=32_767)
    with open_table(path, path.name, bounds, seconds=600) as table:
        return sum(len(row.cells) for sheet in table for rows in sheet for row in rows)


def read_calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - each peer is measured with its own imports only

    return sum(
        len(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    )


def read_openpyxl(path: Path) -> int:
    from openpyxl import load_workbook  # noqa: PLC0415 - each peer is measured with its own imports only

    book = load_workbook(path, read_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def write_ours(path: Path, rows: int) -> int:
    from correctionkit.packages.tables.row_writing import write_rows  # noqa: PLC0415 - each peer is measured with its own imports only

    write_rows(path, "附表2", HEADER, table_rows(rows))
    return rows * COLUMNS


def write_ours_csv(path: Path, rows: int) -> int:
    from correctionkit.packages.tables.writing import write_csv  # noqa: PLC0415 - each peer is measured with its own imports only

    write_csv(path, HEADER, table_rows(rows))
    return rows * COLUMNS


def write_openpyxl(path: Path, rows: int) -> int:
    from openpyxl import Workbook  # noqa: PLC0415 - each peer is measured with its own imports only

    book = Workbook(write_only=True)
    sheet = book.create_sheet("附表2")
    sheet.append(HEADER)
    for row in table_rows(rows):
        sheet.append(row)
    book.save(path)
    return rows * COLUMNS


def write_xlsxwriter(path: Path, rows: int) -> int:
    import xlsxwriter  # noqa: PLC0415 - each peer is measured with its own imports only

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("附表2")
    for number, row in enumerate([HEADER, *table_rows(rows)]):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()
    return rows * COLUMNS


def draw_rows(_: Path, rows: int) -> int:
    """Make the rows and write none: what the writers' times hold besides writing."""
    return sum(map(len, table_rows(rows)))


READERS: dict[str, Callable[[Path], int]] = {
    "ours": read_ours,
    "ours, streamed by a process": read_streamed,
    "calamine": read_calamine,
    "openpyxl": read_openpyxl,
}
WRITERS: dict[str, Callable[[Path, int], int]] = {
    "ours, row by row": write_ours,
    "ours, CSV": write_ours_csv,
    "openpyxl write-only": write_openpyxl,
    "xlsxwriter constant memory": write_xlsxwriter,
    "nothing (rows made)": draw_rows,
}


def make_shared(path: Path, rows: int) -> None:
    import xlsxwriter  # noqa: PLC0415 - each peer is measured with its own imports only

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("附表2")
    for number, row in enumerate(table_rows(rows)):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()


def peak_megabytes() -> float:
    # Of this program alone: getrusage counts what the parent held at the fork too.
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    lines = status.read_text("ascii").splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return max(own, children()[1]) / 1024


def children() -> tuple[float, float]:
    """CPU seconds and peak kilobytes of processes that this one started."""
    if sys.platform == "win32":
        return 0.0, 0.0
    import resource  # noqa: PLC0415 - not on every platform

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss


def run_one(kind: str, name: str, path: Path, rows: int) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    cells = READERS[name](path) if kind == "read" else WRITERS[name](path, rows)
    took = time.perf_counter() - wall, time.process_time() - cpu + children()[0]
    print(*took, peak_megabytes(), cells)


def measure(kind: str, name: str, path: Path, rows: int) -> tuple[float, ...]:
    told = subprocess.run(
        [sys.executable, __file__, "--one", kind, name, str(path), str(rows)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return tuple(map(float, told))


def compare(title: str, kind: str, names: list[str], path: Path, rows: int) -> None:
    runs: dict[str, list[tuple[float, ...]]] = {name: [] for name in names}
    for _ in range(REPEATS):
        for name in names:
            runs[name].append(measure(kind, name, path, rows))
    print(title)
    ours = statistics.median(run[1] for run in runs[names[0]])
    for name, found in runs.items():
        wall, cpu, memory = (statistics.median(run[at] for run in found) for at in range(3))
        print(
            f"  {name:28} {cpu:7.2f} s CPU {wall:7.2f} s  {cpu / ours:5.2f} of ours  "
            f"{memory:5.0f} MB peak  {found[0][3]:,.0f} cells"
        )


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{rows:,} x {COLUMNS}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        compare("writing", "write", list(WRITERS), path, rows)
        write_ours(path, rows)
        compare("reading, texts in the sheet", "read", list(READERS), path, rows)
        make_shared(path, rows)
        compare("reading, shared texts", "read", list(READERS), path, rows)


if __name__ == "__main__":
    main()
