"""The worker beside the server: started with it, begun anew where it dies, ended with it."""

import os
import subprocess
import sys
import threading
import time

_COMMAND = (sys.executable, "-m", "django", "run_worker", "--until-eof")
# Seconds until a worker that died is begun anew: at once the first time, then ever later.
_SHORTEST, _LONGEST = 1, 30
# Seconds that a worker has to come to the end of a part of its job.
_GRACE = 15


class WorkerBeside:
    """Keeps one worker running; its standard input ends with this process, however that ends."""

    def __init__(self, place):
        self._place = place
        self._end = threading.Event()
        self._process = None
        self._thread = threading.Thread(target=self._keep, name="worker beside", daemon=True)

    def __enter__(self):
        self._process = self._begin()
        self._thread.start()
        return self

    def __exit__(self, *_):
        """Let the worker put its job back, and wait for it."""
        self._end.set()
        self._thread.join()
        process = self._process
        process.stdin.close()
        try:
            process.wait(_GRACE)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            # What it did not finish is undone by the database and taken up next time.
            process.kill()
            process.wait()

    @property
    def pid(self):
        """Return the process of the worker."""
        return self._process.pid

    def _keep(self):
        pause = _SHORTEST
        since = time.monotonic()
        while not self._end.wait(pause if self._process.poll() is not None else _SHORTEST):
            if self._process.poll() is None:
                continue
            self._process.stdin.close()
            pause = _SHORTEST if time.monotonic() - since > _LONGEST else min(pause * 2, _LONGEST)
            since = time.monotonic()
            self._process = self._begin()

    def _begin(self):
        return subprocess.Popen(  # noqa: S603 - this very Python, and words of our own
            _COMMAND,
            cwd=self._place,
            stdin=subprocess.PIPE,
            # Nothing but faults is said; a key press meant for the server is not for it.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            env=os.environ,
        )
