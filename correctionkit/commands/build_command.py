"""``correctionkit build``: compose a package from tables and loose scans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    EXIT_ERRORS,
    check_call,
    exit_status,
    print_lines,
    print_report,
    refused_report,
    told_in_one_line,
    width,
)
from correctionkit.commands.progress import progress_bar
from correctionkit.commands.speech import language_of, say
from correctionkit.commands.usage import Misuse
from correctionkit.packages.building.build import BuildOrder, BuildRefused, Built, build_package
from correctionkit.packages.building.package_name import OrderMistaken
from correctionkit.packages.check import check_package
from correctionkit.packages.checked import CheckedPackage
from correctionkit.policy.model import Policy
from correctionkit.render.labels import verdict
from correctionkit.render.repairs_text import headed, remark_lines, repair_lines
from correctionkit.render.wording import Wording
from correctionkit.terms import Language, Words


class BuildCommand(click.Command):
    """A command whose ``--table`` takes several files, as ``--table *.xlsx`` gives them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option for each of its files."""
        return super().parse_args(ctx, list(_repeated(args, "--table")))


def _repeated(args: Sequence[str], option: str) -> Iterator[str]:
    last = ""
    for at, word in enumerate(args):
        follows = last == option and at and args[at - 1] != option and not word.startswith("-")
        if follows:
            yield option
        elif word.startswith("-"):
            last = word
        yield word


@click.command(
    "build",
    cls=BuildCommand,
    help=say(
        "Compose a package from summary tables and loose scans: a folder a student whose name "
        "holds the number, or files named number and kind.\n\nThe tables are written anew by the "
        "policy's headings, sorted, all cells as text. Where something does not fit, all of it is "
        "told and nothing is written. The same material gives the same bytes.\n\nExits with 0 "
        "where the package passes the check, 1 where it does not or was not written, 2 where the "
        "call is wrong.",
        "用统计表和零散图片组成材料包：图片按学生分文件夹（名称含号码），或文件名为“号码+材料名”。\n\n"
        "统计表按规则包的列名重新生成，按号码排序，单元格均为文本。材料对不上时一次列出全部问题，"
        "不写入任何文件。相同材料生成的文件逐字节相同。\n\n"
        "材料包通过检查时退出码为 0，未通过或未生成为 1，命令有误为 2。",
    ),
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help=say(
        "Summary tables, workbooks or CSV; may be repeated.",
        "统计表（Excel 或 CSV），可给多个，可多次使用。",
    ),
)
@click.option(
    "--scans",
    required=True,
    type=click.Path(path_type=Path),
    help=say("The folder that holds the scans.", "存放图片的文件夹。"),
)
@click.option(
    "--unit", required=True, help=say("The name of the branch that files.", "上报单位名称。")
)
@click.option(
    "--batch",
    required=True,
    type=click.IntRange(1),
    help=say("The number of the batch.", "批次序号。"),
)
@on_option
@policy_options
@click.option(
    "--platform",
    help=say("The platform, where the policy wants one.", "平台名称（规则包要求时填写）。"),
)
@click.option(
    "--reason",
    metavar="[change|entry_error]",
    help=say("Take only the rows of this reason.", "只采用此更正原因的行。"),
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help=say("The correction report, to go into the package.", "书面报告文件，放入材料包。"),
)
@click.option(
    "--manifest",
    is_flag=True,
    help=say(
        "Put a manifest of hashes into the package, to be verified on arrival.",
        "在材料包中放入校验清单（SHA-256），供接收方核对。",
    ),
)
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help=say(
        "A folder, in which the package gets a folder named by its subject, or a .zip.",
        "输出文件夹（其中新建以邮件主题命名的材料包），或 .zip 文件。",
    ),
)
@lang_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help=say("How many scans to check at once.", "同时检查几张图片。"),
)
def command(
    tables: Sequence[Path],
    scans: Path,
    unit: str,
    batch: int,
    on: date | None,
    policy_name: str | None,
    overlays: Sequence[str],
    platform: str | None,
    reason: str | None,
    report: Path | None,
    manifest: bool,
    output: Path,
    lang: str | None,
    jobs: int | None,
) -> int:
    """Compose a package, then check it."""
    policy, day, language = policy_of(policy_name, overlays), on or today(), language_of(lang)
    if not unit.strip(" ."):
        raise Misuse(say("--unit must name the branch that files.", "--unit 须填写上报单位名称。"))
    order = BuildOrder(tuple(tables), scans, unit, batch, day, platform, reason, report, manifest)
    try:
        with told_in_one_line(language):
            built = build_package(order, policy, output)
    except OrderMistaken as mistaken:
        raise Misuse(mistaken.words.in_language(language)) from mistaken
    except BuildRefused as refused:
        return _tell_refused(refused, policy, day, language)
    with progress_bar(say("Scans", "检查图片")) as progress:
        checked = check_package(built.path, policy, day, jobs=job_count(jobs), progress=progress)
    _tell_built(built, checked, language, check_call(built.path, policy_name, overlays, on))
    return exit_status(checked.report.findings, ok=checked.report.ok)


def _tell_refused(refused: BuildRefused, policy: Policy, on: date, language: Language) -> int:
    wording = Wording(policy, language, keep=policy.numbers_of_students(refused.numbers))
    title = Words("Nothing was written. What does not fit:", "未写入任何文件。对不上的材料：")
    print_lines(headed(title, remark_lines(refused.faults, wording, width()), wording))
    if refused.findings:
        name = say("Nothing was written", "未写入任何文件")
        print_report(refused_report(name, policy, on, refused.findings), language)
    return exit_status(refused.findings, ok=False) or EXIT_ERRORS


def _tell_built(built: Built, checked: CheckedPackage, language: Language, call: str) -> None:
    wording = Wording.of(checked, language)
    counts = built.counts
    done = Words("Set right or renamed:", "已整理、改名：")
    left = Words("Not taken, please look at them:", "未采用，请核实：")
    print_lines(
        [
            *headed(done, repair_lines(built.repairs, wording, width()), wording),
            *headed(left, remark_lines(built.remarks, wording, width()), wording),
            wording.say(
                Words(f"Mail subject: {built.subject}", f"邮件主题：{built.subject}"),
            ),
            wording.say(Words(f"Package: {built.path}", f"材料包：{built.path}")),
            wording.say(
                Words(
                    f"Students: {counts.students}; requests: {counts.requests}; "
                    f"scans: {counts.scans}.",
                    f"学生 {counts.students} 名，申请 {counts.requests} 项，"
                    f"图片 {counts.scans} 张。",
                )
            ),
            wording.say(
                Words(
                    f"Check: {verdict(checked.report, language)}",
                    f"检查结果：{verdict(checked.report, language)}",
                )
            ),
        ]
    )
    if checked.report.findings:
        print_lines(
            [wording.say(Words(f"Read everything with:  {call}", f"查看全部问题：  {call}"))]
        )
