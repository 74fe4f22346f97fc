"""What building and fixing print: what was done, what was left, what stands against it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from correctionkit.catalog.words import packages, repairs
from correctionkit.commands.speech import say
from correctionkit.commands.usage import Misuse
from correctionkit.findings import Finding, Report
from correctionkit.packages.checked import CheckedPackage
from correctionkit.packages.tables.targets import TargetBusy
from correctionkit.packages.writer.writing import WritingRefused
from correctionkit.policy.model import Policy
from correctionkit.render.streams import write_text
from correctionkit.render.text_report import to_text
from correctionkit.terms import Language

EXIT_FINE, EXIT_ERRORS, EXIT_UNREADABLE = 0, 1, 2
_WIDEST, _USUAL = 120, 100


def width() -> int:
    """Return the columns to write in."""
    if not sys.stdout.isatty():
        return _USUAL
    return max(40, min(shutil.get_terminal_size().columns, _WIDEST))


def print_lines(lines: Sequence[str]) -> None:
    """Write *lines* to standard output."""
    if lines:
        write_text(sys.stdout, "\n".join(lines) + "\n")


def print_report(checked: CheckedPackage, language: Language, *, verbose: bool = True) -> None:
    """Write a report to standard output as ``check`` does."""
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    write_text(
        sys.stdout, to_text(checked, language, width=width(), colour=colour, verbose=verbose)
    )


def refused_report(
    name: str, policy: Policy, on: date, findings: Sequence[Finding]
) -> CheckedPackage:
    """Make a report of what stands against material that was not taken."""
    return CheckedPackage(name, policy, on, Report.of(findings), (), (), {})


def check_call(
    path: Path, policy_name: str | None, overlays: Sequence[str], on: date | None, *more: str
) -> str:
    """Write the call that checks *path* by the same rules, to be pasted into a terminal."""
    options = [f"--policy {quoted(policy_name)}"] if policy_name else []
    options += [f"--overlay {quoted(overlay)}" for overlay in overlays]
    options += [f"--on {on}"] if on else []
    return " ".join(["correctionkit check", quoted(path), *options, *more])


def quoted(text: str | Path) -> str:
    """Quote a word of a call where it holds a space; both kinds of shells take it."""
    return f'"{text}"' if " " in str(text) else str(text)


def exit_status(findings: Sequence[Finding], *, ok: bool) -> int:
    """Return the exit status for what was found."""
    if any(finding.code == "package-unreadable" for finding in findings):
        return EXIT_UNREADABLE
    return EXIT_FINE if ok else EXIT_ERRORS


@contextmanager
def told_in_one_line(language: Language) -> Iterator[None]:
    """Turn what cannot be written, or read any more, into a :exc:`Misuse`."""
    try:
        yield
    except WritingRefused as refused:
        words = {**packages.WORDS, **repairs.WORDS}.get(refused.fault)
        why = words.in_language(language) if words else refused.fault
        raise Misuse(say(f"{refused.name}: {why}.", f"{refused.name}：{why}。")) from refused
    except TargetBusy as busy:
        raise Misuse(
            say(
                f"{busy.path} is open in another program, perhaps Excel; close it and try again.",
                f"{busy.path} 正被其他程序（可能是 Excel）打开，请关闭后再试。",
            )
        ) from busy
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            say(
                f"The package cannot be written: {reason}.",
                f"材料包无法写入：{reason}。",
            )
        ) from error
