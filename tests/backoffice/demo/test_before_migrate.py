"""The demo's command where there is no database yet: one line, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_without_a_database_it_says_what_to_do_first(tmp_path):
    surroundings = os.environ | {
        "OFFICE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "backoffice.settings.embedded",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "load_demo"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "migrate" in done.stderr
    assert "Traceback" not in done.stderr
