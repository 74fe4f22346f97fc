"""Starting: settings, port, database, demo; then serving until told to stop."""

import errno
import os
import signal
import sys
from contextlib import suppress

import django
import waitress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from backoffice.serving.hindrances import CannotServe
from backoffice.serving.working import WorkerBeside
from correctionkit.language import preferred_language
from correctionkit.terms import Words

HOST = "127.0.0.1"
_THREADS = 8
_LAST_PORT = 65535
_INTERRUPTED = 130


def main():
    """Serve until Ctrl-C or SIGTERM; return the exit status."""
    # Whatever started it in the background may have told it to hear neither.
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.default_int_handler)
    # Scans and whatever else is written is for its owner's eyes.
    os.umask(0o077)
    try:
        port = port_of(os.environ.get("PORT") or "8000")
        set_up()
        server = listen(port)
        # Knows models, which cannot be imported before the settings are read.
        from backoffice.serving.readiness import make_ready, welcome  # noqa: PLC0415 - as said

        make_ready(_say)
    except CannotServe as fault:
        sys.stderr.write(fault.words.in_language(preferred_language()) + "\n")
        return 1
    except KeyboardInterrupt:
        _say(Words("Interrupted; nothing was left half loaded.", "已中断，没有留下不完整的数据。"))
        return _INTERRUPTED
    # What is under way is answered before it ends.
    with WorkerBeside(settings.ROOT), suppress(KeyboardInterrupt):
        _print(welcome(f"http://{HOST}:{port}/"))
        server.run()
    _say(Words("Stopped.", "已停止。"))
    return 0


def port_of(text):
    """Return the port that *text* names; raises CannotServe."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= _LAST_PORT:
        return int(text)
    raise CannotServe(
        f"PORT={text} is no port: write a number from 1 to {_LAST_PORT}.",
        f"PORT={text} 不是端口号，请写 1 到 {_LAST_PORT} 之间的数字。",
    )


def set_up():
    """Read the settings, which make the data folder and its keys; raises CannotServe."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings.embedded")
    try:
        django.setup()
    except OSError as fault:
        raise CannotServe(
            f"The data folder cannot be written: {fault}. Name another with OFFICE_DATA=…",
            f"数据文件夹无法写入：{fault}。请用 OFFICE_DATA=… 指定其他位置。",
        ) from fault
    except (ImproperlyConfigured, UnicodeDecodeError) as fault:
        raise CannotServe(f"The settings are not right: {fault}", f"设置有误：{fault}") from fault


def listen(port):
    """Return the server, listening already; raises CannotServe where the port can't be had."""
    try:
        return waitress.create_server(
            get_wsgi_application(), host=HOST, port=port, threads=_THREADS
        )
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"Port {port} is taken by another program. Choose one:  make run PORT={port + 1}",
                f"端口 {port} 已被其他程序占用。请换一个：make run PORT={port + 1}",
            ) from fault
        raise CannotServe(
            f"Port {port} cannot be used: {fault.strerror}. Choose one above 1024.",
            f"端口 {port} 无法使用：{fault.strerror}。请选用 1024 以上的端口。",
        ) from fault


def _say(words):
    _print(words.in_language(preferred_language()))


def _print(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
