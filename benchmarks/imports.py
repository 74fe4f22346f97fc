"""Bringing in a roll: our pipeline beside django-import-export's own preview and confirm.

``python benchmarks/imports.py [ROWS [ROWS OF THE PEER]]``: a workbook with every column of the
roll, from the file to the database, twice the same checks.  The peer's rate does not change with
the number of rows, so that it is given fewer.  Each runs in a process of its own.  SQLite in a
folder of its own, or the server that ``OFFICE_BENCH_DATABASE`` names, such as
``postgresql://user@/office?host=/run/postgresql``.  The ratios matter, not the seconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROWS, PEER_ROWS = 100_000, 10_000
CENTRES = 40


def make_roll(path: Path, rows: int) -> None:
    """Write a roll of made-up students without a fault."""
    from correctionkit.numbers.gb11643 import check_character  # noqa: PLC0415 - after the settings
    from correctionkit.packages.tables.lay_out import SheetSpec  # noqa: PLC0415 - as above
    from correctionkit.packages.tables.writing import write_workbook  # noqa: PLC0415 - as above
    from correctionkit.policy.shelf import default_policy_id, find_policy  # noqa: PLC0415 - as above

    draw = random.Random(20261122)
    columns = find_policy(default_policy_id(), ()).roll_columns
    table = []
    for serial in range(rows):
        born = date(1970, 1, 1) + timedelta(days=draw.randrange(12_000))
        order = draw.randrange(1000)
        body = f"{draw.choice(('110105', '310104', '420106', '510104'))}{born:%Y%m%d}{order:03}"
        values = {
            "student_number": f"{20 + serial // 50_000 % 5}350012{serial % 50_000:05}",
            "certificate_number": "",
            "status": "在籍生",
            "name": "".join(chr(draw.randrange(0x4E00, 0x9FA0)) for _ in range(3)),
            "gender": "男" if order % 2 else "女",
            "ethnicity": draw.choice(("汉族", "回族", "满族")),
            "birth_date": born.isoformat(),
            "document_kind": "居民身份证",
            "id_number": body + check_character(body),
            "entry_education": draw.choice(("高中毕业", "中专", "专科")),
            "branch": "示例分部",
            "centre": f"第{serial % CENTRES}学习中心",
            "major": draw.choice(("法学", "会计学", "行政管理", "工商管理")),
            "level": draw.choice(("本科", "专科")),
            "enrolled_on": "2025-09-01",
            "graduated_on": "",
        }
        table.append([values[column.id] for column in columns])
    write_workbook(path, [SheetSpec("学籍库", [each.headings[0] for each in columns], table)])


def bring_in_ours(path: Path) -> dict[str, float]:
    from backoffice.tables.confirming import confirm  # noqa: PLC0415 - once Django is set up
    from backoffice.tables.judging import judge  # noqa: PLC0415 - as above
    from backoffice.tables.receiving import receive_table  # noqa: PLC0415 - as above
    from backoffice.units.models import Account, Unit  # noqa: PLC0415 - as above

    by, unit = Account.objects.get(username="registrar"), Unit.objects.get(parent=None)
    laps = Laps()
    with path.open("rb") as file:
        table = receive_table(file, path.name, "roll", by=by, unit=unit)
    laps.note("received")
    table = judge(table.pk)
    laps.note("judged")
    if table.refused or table.new != table.rows:
        raise SystemExit("a roll without a fault was refused")
    confirm(table.pk, digest=table.digest, choice="all", by=by)
    laps.note("written")
    return laps.told()


def bring_in_by_library(path: Path) -> dict[str, float]:
    from _library_import import import_twice  # noqa: PLC0415 - once Django is set up

    laps = Laps()
    import_twice(path, laps.note)
    return laps.told()


WAYS: dict[str, Callable[[Path], dict[str, float]]] = {
    "ours": bring_in_ours,
    "import-export": bring_in_by_library,
}


class Laps:
    """Seconds by the clock and of this process, lap by lap."""

    def __init__(self) -> None:
        self._began = (time.monotonic(), time.process_time())
        self._laps: dict[str, float] = {}

    def note(self, lap: str) -> None:
        """End a lap."""
        now = (time.monotonic(), time.process_time())
        self._laps[lap] = now[0] - self._began[0]
        self._laps[f"{lap} CPU"] = now[1] - self._began[1]
        self._began = now

    def told(self) -> dict[str, float]:
        """Return the laps, each twice."""
        return self._laps


@contextlib.contextmanager
def scratch_office() -> Iterator[None]:
    """Set up Django on a database that is dropped at the end, with units and a registrar."""
    import django  # noqa: PLC0415 - the settings come first
    from django.conf import settings  # noqa: PLC0415 - as above

    django.setup()
    from django.db import connection  # noqa: PLC0415 - as above

    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        from builders.office import account, load_roles, unit  # noqa: PLC0415 - as above

        from backoffice.policies.models import PolicyInForce  # noqa: PLC0415 - as above
        from correctionkit.policy.shelf import default_policy_id, find_policy  # noqa: PLC0415 - as above

        load_roles()
        policy = find_policy(default_policy_id(), ())
        institution = policy.heading.institution_id
        headquarters = unit("000", "headquarters", name="示例总部", institution=institution)
        branch = unit("350", "branch", headquarters, name="示例分部")
        for number in range(CENTRES):
            unit(f"350{number:02}", "centre", branch, name=f"第{number}学习中心")
        PolicyInForce.objects.create(
            unit=headquarters, policy=policy.id, first_day=date(2016, 9, 1)
        )
        account("registrar", headquarters, username="registrar")
        yield
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def memory(key: str) -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


def run_one(way: str, path: Path) -> None:
    with scratch_office():
        base = memory("VmRSS")
        # From here on the peak is this run's alone.
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        told: dict[str, Any] = dict(WAYS[way](path))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        told["child CPU"] = after.ru_utime - children.ru_utime + after.ru_stime - children.ru_stime
        told["MB above base"] = memory("VmHWM") - base
    print(json.dumps(told))


def measure(way: str, path: Path) -> dict[str, float]:
    root = Path(__file__).resolve().parents[1]
    places = (root, root / "tests", root / "benchmarks")
    ran = subprocess.run(
        [sys.executable, __file__, "--one", way, str(path)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, places)),
            "DJANGO_SETTINGS_MODULE": "backoffice.settings.test",
            "OFFICE_TEST_DATABASE": os.environ.get("OFFICE_BENCH_DATABASE", ""),
        },
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(ran.stdout.splitlines()[-1])


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], Path(sys.argv[3]))
        return
    rows = {"ours": ROWS, "import-export": PEER_ROWS}
    for way, given in zip(rows, sys.argv[1:], strict=False):
        rows[way] = int(given)
    rates = {}
    for way, count in rows.items():
        if not count:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "roll.xlsx"
            make_roll(path, count)
            told = measure(way, path)
        clock = sum(told[lap] for lap in told if f"{lap} CPU" in told)
        cpu = sum(told[lap] for lap in told if lap.endswith("CPU"))
        rates[way] = (count / clock, count / cpu)
        print(f"{way}: {count:,} rows in {clock:.1f} s, {cpu:.1f} s CPU")
        print("  " + ", ".join(f"{name} {value:.2f}" for name, value in told.items()))
    if len(rates) == 2:
        ours, peer = rates["ours"], rates["import-export"]
        print(f"ratio: {ours[0] / peer[0]:.0f} by the clock, {ours[1] / peer[1]:.0f} by CPU")


if __name__ == "__main__":
    main()
