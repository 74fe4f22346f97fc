"""The command: finds what was asked for, and says in one line what was asked wrongly."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from correctionkit import __version__
from correctionkit.commands.speech import choose, say
from correctionkit.commands.usage import Misuse, usage_line
from correctionkit.render.streams import prepare, write_text

# Help texts stand here so that help needs none of the commands' modules.
_COMMANDS = {
    "check": ("Check a package before it is sent.", "上报前检查材料包。"),
    "build": ("Compose a package from tables and loose scans.", "用统计表和零散图片组成材料包。"),
    "fix": ("Write a repaired copy of a package.", "修复材料包，另存一份。"),
    "explain": ("Tell what a number or name says.", "解读号码或姓名。"),
    "policy": ("List, show, compare and validate policies.", "查看、比较、校验规则包。"),
    "template": ("Write the blank tables of a policy.", "生成空白统计表和学籍库模板。"),
    "sample": ("Write a made-up package to try things on.", "生成演练用的虚构材料包。"),
}

EXIT_UNUSABLE = 2
EXIT_INTERRUPTED = 130
TRACEBACK = "CORRECTIONKIT_TRACEBACK"


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of a clerk's day."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"correctionkit.commands.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section(say("Commands", "命令")):
            formatter.write_dl([(name, say(*words)) for name, words in _COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    help=say(
        "Check, repair and compose packages of student record corrections.",
        "检查、修复、组成学生基本信息修改上报材料。",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="correctionkit")
def group() -> None:
    """Hold the commands."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit: 0 nothing wrong, 1 errors found, 2 it could not be done."""
    for stream in (sys.stdout, sys.stderr):
        prepare(stream)
    choose(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        result: Any = group.main(arguments, prog_name="correctionkit", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return EXIT_UNUSABLE
    except click.UsageError as error:
        _complain(usage_line(error))
        return EXIT_UNUSABLE
    except Misuse as error:
        _complain(str(error))
        return EXIT_UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        _complain(say("Stopped; nothing was left half-written.", "已中止，没有写入不完整的文件。"))
        return EXIT_INTERRUPTED
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        _complain(_broken(error))
        return EXIT_UNUSABLE
    return result if isinstance(result, int) else 0


def _broken(error: Exception) -> str:
    """Say that the fault is the program's own, and where; nothing of what it was reading."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
    return say(
        f"This is a fault of correctionkit itself ({place}). Please report it; "
        f"{TRACEBACK}=1 shows more.",
        f"程序内部错误（{place}），请反馈给开发者；设置 {TRACEBACK}=1 可显示详情。",
    )


def _complain(line: str) -> None:
    write_text(sys.stderr, f"correctionkit: {line}\n")
