"""The database brought up to date, and what an office starts with loaded into it."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from backoffice.demo.loading import is_loaded, is_possible, load_demo
from backoffice.demo.showing import sign_in_lines
from backoffice.evidence.refusals import EvidenceRefused
from backoffice.serving.hindrances import CannotServe
from correctionkit.commands.progress import progress_bar
from correctionkit.terms import Words

_LOADING = Words("Loading the demo, about half a minute …", "正在载入演示数据，约半分钟……")


def make_ready(say):
    """Migrate, load roles and reasons, clear old sessions, load the demo into an empty database.

    *say* is told in words what takes long.  Raises CannotServe.
    """
    with _faults_worded():
        _ask_schema_known()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_office", verbosity=0)
        # What was searched for stands in sessions, for as long as they are kept.
        call_command("clearsessions")
        if settings.OFFICE_ALLOWS_DEMO and not is_loaded() and is_possible():
            say(_LOADING)
            with progress_bar("") as progress:
                load_demo(progress=progress)


def welcome(address):
    """Return what is shown once it serves: the address, and who can sign in to the demo."""
    lines = ["", f"地址 Address:  {address}", ""]
    if settings.OFFICE_ALLOWS_DEMO and is_loaded():
        lines += [f"    {line}" for line in sign_in_lines(load_demo())]
        lines += ["", "以上均为虚构数据 All of this is made up."]
    return "\n".join([*lines, "停止 Stop:  Ctrl-C"])


def _ask_schema_known():
    loader = MigrationLoader(connection)
    ours = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    if ours - loader.disk_migrations.keys():
        raise CannotServe(
            "The database was made by a newer release. Start that, or use another OFFICE_DATA.",
            "数据库由更新的版本建立。请启动该版本，或用 OFFICE_DATA 指定其他数据文件夹。",
        )


@contextmanager
def _faults_worded():
    try:
        yield
    except (DatabaseError, OSError) as fault:
        raise CannotServe(
            f"The database cannot be used: {fault}. It is below {settings.DATA}.",
            f"数据库无法使用：{fault}。其位置在 {settings.DATA} 下。",
        ) from fault
    except EvidenceRefused as fault:
        raise CannotServe(
            f"Scans cannot be stored below {settings.DATA}: {fault.__cause__ or fault}",
            f"扫描件无法存入 {settings.DATA}：{fault.__cause__ or fault}",
        ) from fault
