"""The worker beside the server: begun with it, begun anew, and gone with it however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

AT_MOST = 60

# What `backoffice.serving` does around its server, and nothing else.
SERVER = """
import sys, time
from pathlib import Path
from backoffice.serving.starting import set_up
from backoffice.serving.working import WorkerBeside
set_up()
from django.conf import settings
with WorkerBeside(settings.ROOT) as beside:
    while True:
        print(beside.pid, flush=True)
        if sys.stdin.readline() == "":
            break
"""


def environment(data):
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("DJANGO", "OFFICE"))
    }
    return kept | {"OFFICE_DATA": str(data), "LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    place = tmp_path_factory.mktemp("data")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=settings.ROOT,
        env=environment(place),
        check=True,
        timeout=AT_MOST * 3,
    )
    return place


class Server:
    """A process with a worker beside it."""

    def __init__(self, data):
        self.data = data
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            cwd=settings.ROOT,
            env=environment(data),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.worker = self.asked()

    def asked(self):
        """Return the process of its worker as of now."""
        return int(self.process.stdout.readline())

    def asked_again(self):
        self.process.stdin.write("?\n")
        self.process.stdin.flush()
        return self.asked()

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture
def server(data):
    made = Server(data)
    yield made
    made.close()


def until(condition):
    deadline = time.monotonic() + AT_MOST
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def lives(pid):
    """Tell whether a process is there and no mere remainder that nobody has looked at."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_at_work(server):
    """Tell whether a worker of the data folder got as far as showing that it lives."""
    return bool(list((server.data / "workers").glob("*.lock")))


def test_the_worker_goes_with_a_server_that_is_killed(server):
    until(lambda: is_at_work(server))
    assert lives(server.worker)
    server.process.kill()

    until(lambda: not lives(server.worker))


def test_a_worker_that_died_is_begun_anew_and_ends_with_its_server(server):
    os.kill(server.worker, signal.SIGKILL)
    until(lambda: server.asked_again() != server.worker)
    second = server.asked_again()
    assert lives(second)
    server.process.stdin.close()
    assert server.process.wait(AT_MOST) == 0

    assert not lives(second)
