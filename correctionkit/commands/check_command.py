"""``correctionkit check``: say everything that a package would be sent back for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from correctionkit.commands.options import (
    job_count,
    lang_option,
    on_option,
    policy_of,
    policy_options,
    today,
)
from correctionkit.commands.outcome_output import exit_status
from correctionkit.commands.progress import progress_bar
from correctionkit.commands.report_output import write_report
from correctionkit.commands.speech import language_of, say
from correctionkit.commands.usage import Misuse
from correctionkit.packages.check import Records, check_package
from correctionkit.policy.model import Policy


@click.command(
    "check",
    help=say(
        "Check PATH, a package as a folder or ZIP, and say everything that it would be sent back "
        "for.\n\nExits with 0 where nothing is wrong, 1 where there are errors, 2 where the "
        "package cannot be read.",
        "检查材料包 PATH（文件夹或 ZIP），列出所有会被退回的问题。\n\n"
        "没有错误时退出码为 0，有错误为 1，材料包无法读取为 2。",
    ),
)
@click.argument("path", type=click.Path(path_type=Path))
@policy_options
@on_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "xlsx"]),
    default="text",
    help=say("How to report [default: text].", "报告格式（默认 text）。"),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=say("Write the report to this file.", "把报告写入此文件。"),
)
@lang_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help=say("How many scans to look at at once.", "同时检查几张图片。"),
)
@click.option(
    "--roll",
    type=click.Path(path_type=Path),
    help=say(
        "Student records, as a workbook or CSV file.", "学籍库导出文件（Excel 或 CSV），用于核对。"
    ),
)
@click.option(
    "--thumbnails",
    is_flag=True,
    help=say("Put small pictures of the scans on the HTML page.", "在 HTML 报告中附上材料缩略图。"),
)
@click.option(
    "--verbose", is_flag=True, help=say("List every place and every note.", "逐条列出所有提示。")
)
def command(
    path: Path,
    policy_name: str | None,
    overlays: Sequence[str],
    on: date | None,
    form: str,
    output: Path | None,
    lang: str | None,
    jobs: int | None,
    roll: Path | None,
    thumbnails: bool,
    verbose: bool,
) -> int:
    """Check a package."""
    policy = policy_of(policy_name, overlays)
    records = _records(roll, policy) if roll else None
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise Misuse(
            say("--format xlsx needs --output FILE.", "--format xlsx 需要用 --output 指定文件。")
        )
    with progress_bar(say("Scans", "检查图片")) as progress:
        checked = check_package(
            path,
            policy,
            on or today(),
            roll=records,
            jobs=job_count(jobs),
            thumbnails=thumbnails and form == "html",
            progress=progress,
        )
    write_report(checked, form, output, language_of(lang), verbose=verbose)
    return exit_status(checked.report.findings, ok=checked.report.ok)


def _records(path: Path, policy: Policy) -> Records:
    from correctionkit.packages.filings.roll import RollUnreadable, read_roll  # noqa: PLC0415 - pandas

    try:
        roll = read_roll(path, policy)
    except RollUnreadable as unreadable:
        reasons = {
            "roll-unopened": say("it cannot be opened", "无法打开"),
            "roll-encoding": say(
                "neither UTF-8, UTF-16 nor GB 18030", "编码不是 UTF-8、UTF-16 或 GB 18030"
            ),
            "roll-columns": say(
                f"columns missing: {', '.join(unreadable.missing)}",
                f"缺少列：{'、'.join(unreadable.missing)}",
            ),
        }
        why = reasons.get(
            unreadable.fault, say("not a workbook or CSV file", "不是 Excel 或 CSV 文件")
        )
        raise Misuse(
            say(f"The roll {path} cannot be read: {why}.", f"学籍库文件 {path} 无法读取：{why}。")
        ) from unreadable
    if roll.repeated:
        click.echo(
            say(
                f"correctionkit: {len(roll.repeated)} numbers stand twice in the roll; "
                "the first record holds.",
                f"correctionkit: 学籍库中有 {len(roll.repeated)} 个号码重复，以第一条为准。",
            ),
            err=True,
        )
    return roll
