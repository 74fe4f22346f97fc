"""Where a report goes: the terminal, a stream or a file, whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

from correctionkit.commands.speech import say
from correctionkit.commands.usage import Misuse
from correctionkit.packages.checked import CheckedPackage
from correctionkit.packages.tables.targets import TargetBusy, replacing
from correctionkit.render.streams import write_text
from correctionkit.terms import Language

_WIDEST = 120


def write_report(
    checked: CheckedPackage, form: str, output: Path | None, language: Language, *, verbose: bool
) -> None:
    """Write the report in the form asked for, or raise :exc:`Misuse` where it cannot be."""
    if form == "xlsx":
        _write_bytes(_workbook(checked, language), output)
        return
    text = _text(checked, form, output, language, verbose=verbose)
    if output is not None or form != "text":
        _write_bytes(text.encode("utf-8", errors="surrogatepass"), output)
    else:
        write_text(sys.stdout, text)


def _text(
    checked: CheckedPackage, form: str, output: Path | None, language: Language, *, verbose: bool
) -> str:
    # Each form is imported where it is asked for, so that the others cost nothing.
    if form == "json":
        from correctionkit.render.json_report import to_json  # noqa: PLC0415

        return to_json(checked, language)
    if form == "html":
        from correctionkit.render.html_report import to_html  # noqa: PLC0415

        return to_html(checked, language)
    from correctionkit.render.text_report import to_text  # noqa: PLC0415

    on_terminal = output is None and sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if on_terminal else 100
    colour = on_terminal and "NO_COLOR" not in os.environ
    return to_text(checked, language, width=width, colour=colour, verbose=verbose)


def _workbook(checked: CheckedPackage, language: Language) -> bytes:
    from correctionkit.render.workbook_report import to_workbook  # noqa: PLC0415

    target = io.BytesIO()
    to_workbook(checked, language, target)
    return target.getvalue()


def _write_bytes(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        with replacing(output) as file:
            file.write(content)
    except TargetBusy:
        raise Misuse(
            say(
                f"{output} is open in another program, perhaps Excel; close it and try again.",
                f"{output} 正被其他程序（可能是 Excel）打开，请关闭后再试。",
            )
        ) from None
    except OSError as error:
        raise Misuse(
            say(
                f"{output} cannot be written: {error.strerror}.",
                f"{output} 无法写入：{error.strerror}。",
            )
        ) from error
