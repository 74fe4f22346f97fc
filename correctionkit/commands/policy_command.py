"""``correctionkit policy``: list, show, compare and validate rules."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from correctionkit.commands.options import lang_option, overlay_of, policy_of
from correctionkit.commands.speech import language_of, say
from correctionkit.commands.usage import Misuse
from correctionkit.policy.mistakes import PolicyInvalid
from correctionkit.policy.shelf import is_overlay_file, overlay_ids, validate_file
from correctionkit.render.policy_diff_text import show_diff
from correctionkit.render.policy_text import (
    list_policies,
    show_mistakes,
    show_overlay,
    show_policy,
)
from correctionkit.render.streams import write_text
from correctionkit.terms import Words

EXIT_MISTAKES = 1


@click.group(
    "policy",
    help=say("List, show, compare and validate policies.", "查看、比较、校验规则包。"),
)
def command() -> None:
    """Hold the four verbs."""


def _width() -> int:
    return max(60, min(140, shutil.get_terminal_size((100, 24)).columns))


@command.command("list", help=say("List the policies and overlays.", "列出规则包和附加规则。"))
@lang_option
def list_command(lang: str | None) -> int:
    """List what is shipped."""
    write_text(sys.stdout, list_policies(language_of(lang)))
    return 0


@command.command(
    "show",
    help=say(
        "Show a policy or overlay: what is accepted, with which documents, until when.",
        "显示规则包或附加规则：受理范围、所需材料、期限。",
    ),
)
@click.argument("name", metavar=say("ID-or-TOML", "编号或TOML文件"))
@click.option(
    "--overlay", "overlays", multiple=True, help=say("Rules to add.", "一并显示的附加规则。")
)
@lang_option
def show_command(name: str, overlays: Sequence[str], lang: str | None) -> int:
    """Show one policy or overlay."""
    language, colour = language_of(lang), sys.stdout.isatty()
    if _is_overlay(name):
        base = policy_of(None, ())
        text = show_overlay(overlay_of(name, base), base, language, _width(), colour)
    else:
        text = show_policy(policy_of(name, overlays), language, _width(), colour)
    write_text(sys.stdout, text)
    return 0


@command.command("diff", help=say("Tell how two policies differ.", "比较两个规则包。"))
@click.argument("one", metavar=say("ID-or-TOML", "编号或TOML文件"))
@click.argument("other", metavar=say("ID-or-TOML", "编号或TOML文件"))
@lang_option
def diff_command(one: str, other: str, lang: str | None) -> int:
    """Compare two policies."""
    write_text(
        sys.stdout, show_diff(policy_of(one, ()), policy_of(other, ()), language_of(lang), _width())
    )
    return 0


@command.command(
    "validate",
    help=say("Say every mistake in a policy or overlay file.", "校验规则包或附加规则文件。"),
)
@click.argument("file", type=click.Path(path_type=Path))
@lang_option
def validate_command(file: Path, lang: str | None) -> int:
    """Validate a file of the user's own."""
    if not file.is_file():
        raise Misuse(say(f"There is no file {file}.", f"找不到文件 {file}。"))
    language = language_of(lang)
    try:
        read = validate_file(file)
    except PolicyInvalid as invalid:
        write_text(sys.stdout, show_mistakes(invalid, language))
        return EXIT_MISTAKES
    fine = Words(f"{read.heading.id}: no mistakes.", f"{read.heading.id}：没有错误。")
    write_text(sys.stdout, f"{fine.in_language(language)}\n")
    return 0


def _is_overlay(name: str) -> bool:
    if name in overlay_ids():
        return True
    path = Path(name)
    return path.suffix.lower() == ".toml" and is_overlay_file(path)
