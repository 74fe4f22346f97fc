"""A worker: the library's loop, which stops between the parts of a job rather than after it."""

import _thread
import logging
import os
import signal
import sys
import threading
import time

from django.db import InterfaceError, OperationalError, close_old_connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker

from backoffice.jobs import presence
from backoffice.jobs.upkeep import Upkeep
from backoffice.jobs.work import stopping

_log = logging.getLogger(__name__)

# Seconds between two looks into an empty queue, and until a lost database is tried again.
INTERVAL = 1
# Seconds in which a job may come to the end of a part once nobody is there to wait for it.
GRACE = 10


class OfficeWorker(Worker):
    """Takes jobs from the queue, one at a time."""

    def __init__(self, name, *, batch=False):
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            interval=INTERVAL,
            batch=batch,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )

    def shutdown(self, signum, frame):
        """Put the job back where it next says how far it is, and end."""
        stopping.set()
        super().shutdown(signum, frame)


def work(*, batch=False, until_eof=False):
    """Work until told to stop; with *batch* until the queue is empty.

    With *until_eof* also until the standard input ends, as it does with whoever started this,
    however that ends.
    """
    with presence.present() as name:
        worker = OfficeWorker(name, batch=batch)
        worker.configure_signals()
        if until_eof:
            threading.Thread(target=_watch, args=(worker,), daemon=True).start()
        upkeep = Upkeep()
        # Before the queue is looked at: what a killed worker left belongs into it.
        upkeep.turn()
        upkeep.start()
        try:
            _run(worker)
        finally:
            upkeep.end()


def _run(worker):
    while worker.running:
        try:
            worker.run()
        except (OperationalError, InterfaceError) as fault:
            _log.warning("the database does not answer: %s", type(fault).__name__)
            close_old_connections()
            time.sleep(INTERVAL)
        else:
            return


def _watch(worker):
    sys.stdin.buffer.read()
    if worker.running:
        _thread.interrupt_main(signal.SIGTERM)
    time.sleep(GRACE)
    # What was not written yet is undone by the database, and the job taken up by the next.
    os._exit(1)
