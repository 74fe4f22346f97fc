"""What was called wrongly, in one line in the user's language."""

from __future__ import annotations

import click

from correctionkit.commands.speech import say


class Misuse(Exception):
    """The call cannot be carried out; its text is the one line that says why."""


def usage_line(error: click.UsageError) -> str:
    """Word one of click's usage errors."""
    command = error.ctx.command_path if error.ctx else "correctionkit"
    more = say(f" See '{command} --help'.", f"用法见 '{command} --help'。")
    return _words(error) + more


def _words(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = ", ".join(error.possibilities or ())
            guess = say(f" Perhaps {near}?", f"是否为 {near}？") if near else ""
            name = error.option_name
            return say(f"There is no option {name}.", f"没有选项 {name}。") + guess
        case click.MissingParameter():
            name = _parameter(error)
            return say(f"{name} is missing.", f"缺少 {name}。")
        case click.BadParameter():
            name = _parameter(error)
            return say(f"{name}: {error.message}", f"{name} 的值无效：{error.message}")
        case click.BadOptionUsage():
            name = error.option_name
            return say(f"Option {name} needs a value.", f"选项 {name} 后面要跟一个值。")
        case _:
            return say(error.message, f"命令写法有误（{error.message}）")


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx or click.Context(click.Command("")))
    return max(error.param.opts, key=len)
