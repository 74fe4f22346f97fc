"""``correctionkit fix``: write a repaired copy of a package."""

from __future__ import annotations

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
from correctionkit.commands.outcome_output import (
    exit_status,
    print_lines,
    print_report,
    refused_report,
    told_in_one_line,
    width,
)
from correctionkit.commands.progress import progress_bar
from correctionkit.commands.speech import language_of, say
from correctionkit.findings import Finding
from correctionkit.packages.check import check_package
from correctionkit.packages.checked import CheckedPackage
from correctionkit.packages.reader.entries import PackageUnreadable
from correctionkit.packages.repairing.repair import RepairedPackage, repair_package
from correctionkit.packages.repairing.repairs import RepairRefused
from correctionkit.render.repairs_text import headed, remark_lines, repair_lines
from correctionkit.render.wording import Wording
from correctionkit.terms import Language, Words


@click.command(
    "fix",
    help=say(
        "Write a copy of PATH, a package as a folder or ZIP, in which everything is set right that "
        "can be without a person. PATH itself is never touched.\n\nSet right are names of folders "
        "and files, the order of tables and cells that were read otherwise than typed, endings, "
        "formats, sizes, hidden data, and cards in two files. Numbers, names and what a scan "
        "shows are left to you.\n\nExits with 0 where no error is left, 1 where there is, 2 where "
        "the package cannot be read.",
        "把材料包 PATH（文件夹或 ZIP）中可以自动改正的问题改正，另存一份；PATH 本身不会改动。\n\n"
        "可改正：文件夹和文件名称、表格顺序与单元格写法、扩展名、图片格式与大小、隐藏信息、"
        "分成两个文件的身份证正反面。号码、姓名和图片内容须由人处理。\n\n"
        "改正后没有错误时退出码为 0，仍有错误为 1，材料包无法读取为 2。",
    ),
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help=say("The folder to write, or a .zip.", "输出文件夹，或 .zip 文件。"),
)
@policy_options
@on_option
@lang_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help=say("How many scans to look at at once.", "同时处理几张图片。"),
)
@click.option(
    "--verbose", is_flag=True, help=say("List every place and every note.", "逐条列出所有提示。")
)
def command(
    path: Path,
    output: Path,
    policy_name: str | None,
    overlays: Sequence[str],
    on: date | None,
    lang: str | None,
    jobs: int | None,
    verbose: bool,
) -> int:
    """Repair a package into a copy, then check the copy."""
    policy, day, language = policy_of(policy_name, overlays), on or today(), language_of(lang)
    try:
        with told_in_one_line(language), progress_bar(say("Scans", "处理图片")) as progress:
            repaired = repair_package(path, policy, output, jobs=job_count(jobs), progress=progress)
    except PackageUnreadable as unreadable:
        findings: Sequence[Finding] = [unreadable.finding]
    except RepairRefused as refused:
        findings = refused.findings
    else:
        with progress_bar(say("Scans", "处理图片")) as progress:
            checked = check_package(output, policy, day, jobs=job_count(jobs), progress=progress)
        _tell(repaired, checked, language, verbose=verbose)
        return exit_status(checked.report.findings, ok=checked.report.ok)
    print_report(refused_report(path.resolve().name, policy, day, findings), language)
    return exit_status(findings, ok=False)


def _tell(
    repaired: RepairedPackage, checked: CheckedPackage, language: Language, *, verbose: bool
) -> None:
    wording = Wording.of(checked, language)
    count, path = len(repaired.repairs), repaired.path
    done = Words(
        f"Set right ({count}), in the copy {path}:", f"已改正 {count} 处，副本位于 {path}："
    )
    left = Words("Not set right, and why:", "未能改正及原因：")
    nothing = Words(
        f"Nothing could be set right; the copy is {path}.", f"没有可自动改正之处，副本位于 {path}。"
    )
    lines = headed(done, repair_lines(repaired.repairs, wording, width()), wording)
    print_lines(lines or [wording.say(nothing), ""])
    print_lines(headed(left, remark_lines(repaired.remarks, wording, width()), wording))
    if checked.report.findings:
        print_lines([wording.say(Words("Left for you:", "还需处理："))])
    print_report(checked, language, verbose=verbose)
