"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

import click

from correctionkit.commands.speech import say
from correctionkit.commands.usage import Misuse
from correctionkit.policy.mistakes import PolicyInvalid
from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.shelf import (
    PolicyUnknown,
    default_policy_id,
    find_overlay,
    find_policy,
)
from correctionkit.terms import Language

F = TypeVar("F", bound=Callable[..., Any])


class DayType(click.ParamType[date]):
    """A day as 2026-11-20."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or fail as a usage error."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day
        except ValueError:
            self.fail(
                say(
                    f"{value!r} is no date like 2026-11-20.",
                    f"“{value}”不是形如 2026-11-20 的日期。",
                )
            )


def lang_option(function: F) -> F:
    """Add ``--lang``."""
    return click.option(
        "--lang",
        type=click.Choice([each.value for each in Language]),
        help=say("Language of the output.", "输出语言。"),
    )(function)


def policy_options(function: F) -> F:
    """Add ``--policy`` and ``--overlay``."""
    function = click.option(
        "--overlay",
        "overlays",
        multiple=True,
        metavar=say("ID-or-TOML", "编号或TOML文件"),
        help=say("Rules that narrow the policy; may be repeated.", "附加规则，可多次使用。"),
    )(function)
    return click.option(
        "--policy",
        "policy_name",
        metavar=say("ID-or-TOML", "编号或TOML文件"),
        help=say(
            f"The policy to judge by [default: {default_policy_id()}].",
            f"所依据的规则包（默认 {default_policy_id()}）。",
        ),
    )(function)


def on_option(function: F) -> F:
    """Add ``--on``."""
    return click.option(
        "--on",
        type=DayType(),
        help=say("The day to judge for [default: today].", "按哪一天检查（默认今天）。"),
    )(function)


def today() -> date:
    """Return the day it is for the user."""
    return date.today()  # noqa: DTZ011 - the user's own day is what is wanted


def policy_of(name: str | None, overlays: Sequence[str]) -> Policy:
    """Find the policy of the options, or raise :exc:`Misuse` in one line."""
    with one_line():
        return find_policy(name or default_policy_id(), overlays)


def overlay_of(name: str, base: Policy) -> Overlay:
    """Find an overlay for *base*, or raise :exc:`Misuse` in one line."""
    with one_line():
        return find_overlay(name, base)


@contextmanager
def one_line() -> Iterator[None]:
    """Turn a policy that is not there or has mistakes into a :exc:`Misuse`."""
    try:
        yield
    except PolicyUnknown as unknown:
        words = unknown.words()
        raise Misuse(say(words.en, words.zh)) from None
    except PolicyInvalid as invalid:
        first, more = invalid.mistakes[0].words(), len(invalid.mistakes) - 1
        rest = say(f" (and {more} more mistakes)", f"（另有 {more} 处错误）") if more else ""
        raise Misuse(say(first.en, first.zh) + rest) from None


def job_count(jobs: int | None) -> int:
    """Return how many scans to look at at once: as asked, else by the machine's cores."""
    return jobs or min(8, os.cpu_count() or 1)
