"""Time and memory of reading a summary table, peers side by side.

``python benchmarks/tables.py [ROWS]``: each reader reads the same workbook in a process
of its own; medians of three.  The ratios matter, not the seconds.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COLUMNS = 12
REPEATS = 3


def read_ours(path: Path) -> int:
    from correctionkit.packages.tables.workbook import read_workbook  # noqa: PLC0415 - each reader is measured with its own imports only
    from correctionkit.policy.bounds import TableBounds  # noqa: PLC0415 - each reader is measured with its own imports only

    bounds = TableBounds(max_rows=1_000_000, max_columns=200, max_cell_characters=32_767)
    workbook = read_workbook(path.read_bytes(), path.name, bounds)
    return sum(len(row.cells) for sheet in workbook.sheets for row in sheet)


def read_calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - each reader is measured with its own imports only

    return sum(
        len(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    )


def read_openpyxl(path: Path) -> int:
    from openpyxl import load_workbook  # noqa: PLC0415 - each reader is measured with its own imports only

    book = load_workbook(path, read_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


READERS = {"ours": read_ours, "calamine": read_calamine, "openpyxl": read_openpyxl}


def make_table(path: Path, rows: int) -> None:
    from correctionkit.packages.tables.writing import SheetSpec, write_workbook  # noqa: PLC0415 - each reader is measured with its own imports only

    draw = random.Random(20240506)
    names = [
        chr(draw.randrange(0x4E00, 0x9FA5)) + chr(draw.randrange(0x4E00, 0x9FA5))
        for _ in range(5000)
    ]
    table = [
        [
            f"{number:013}",
            draw.choice(names),
            f"{draw.randrange(10**17, 10**18)}",
            "姓名",
            draw.choice(names),
        ]
        + [draw.choice(("男", "女", "汉族", "回族", "本科", "专科")) for _ in range(COLUMNS - 5)]
        for number in range(rows)
    ]
    write_workbook(path, [SheetSpec("附表2", [f"列{n}" for n in range(COLUMNS)], table)])


def peak_megabytes() -> float:
    # Of this program alone: getrusage counts what the parent held at the fork too.
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    lines = status.read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def measure(reader: str, path: Path) -> tuple[float, float, int]:
    told = subprocess.run(
        [sys.executable, __file__, "--one", reader, str(path)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return float(told[0]), float(told[1]), int(told[2])


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        began = time.process_time()
        cells = READERS[sys.argv[2]](Path(sys.argv[3]))
        print(time.process_time() - began, peak_megabytes(), cells)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        began = time.process_time()
        make_table(path, rows)
        seconds = time.process_time() - began
        size = path.stat().st_size / 1e6
        print(f"{rows:,} x {COLUMNS}, {size:.1f} MB, written in {seconds:.1f} s CPU")
        results = {reader: [measure(reader, path) for _ in range(REPEATS)] for reader in READERS}
    ours = statistics.median(run[0] for run in results["ours"])
    for reader, runs in results.items():
        seconds = statistics.median(run[0] for run in runs)
        print(
            f"{reader:10} {seconds:6.2f} s CPU  {seconds / ours:5.2f} of ours  "
            f"{max(run[1] for run in runs):6.0f} MB peak  {runs[0][2]:,} cells"
        )


if __name__ == "__main__":
    main()
