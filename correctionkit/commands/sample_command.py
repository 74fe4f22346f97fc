"""``correctionkit sample``: write a made-up package to try things on."""

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
from correctionkit.commands.outcome_output import check_call, print_lines, quoted, told_in_one_line
from correctionkit.commands.progress import progress_bar
from correctionkit.commands.speech import language_of, say
from correctionkit.commands.usage import Misuse
from correctionkit.samples.package import (
    MOST_STUDENTS,
    NobodyLeft,
    Planted,
    PlantedFault,
    write_sample,
)
from correctionkit.terms import Language, Words

_MOST_LISTED = 200


@click.command(
    "sample",
    help=say(
        "Write a made-up package of STUDENTS to try things on: tables, folders and drawn scans, "
        "each marked 样本. Nothing is wrong with it unless --faults.",
        "生成演练用的虚构材料包：统计表、学生文件夹和绘制的图片（均标明“样本”）。"
        "不加 --faults 时没有任何问题。",
    ),
)
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help=say("A new folder, or a .zip file.", "新文件夹，或 .zip 文件。"),
)
@click.option(
    "--students",
    required=True,
    type=click.IntRange(1, MOST_STUDENTS),
    help=say("How many students to make up.", "虚构多少名学生。"),
)
@click.option(
    "--faults",
    is_flag=True,
    help=say(
        "Put in faults of many kinds; the more students, the more kinds. They are listed.",
        "放入各种错误并逐条列出；学生越多，种类越全。",
    ),
)
@click.option(
    "--seed",
    type=int,
    default=1,
    help=say(
        "Another number gives another package [default: 1].", "换一个数，换一个材料包（默认 1）。"
    ),
)
@policy_options
@on_option
@click.option(
    "--roll",
    type=click.Path(path_type=Path),
    help=say(
        "Write the students' records to this new .xlsx file too, for check --roll.",
        "同时生成学籍库文件（.xlsx），供 check --roll 核对。",
    ),
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help=say("How many scans to draw at once.", "同时绘制几张图片。"),
)
@lang_option
def command(
    output: Path,
    students: int,
    faults: bool,
    seed: int,
    policy_name: str | None,
    overlays: Sequence[str],
    on: date | None,
    roll: Path | None,
    jobs: int | None,
    lang: str | None,
) -> int:
    """Write a made-up package and tell what is in it."""
    policy, language = policy_of(policy_name, overlays), language_of(lang)
    _refuse_taken(output, roll)
    try:
        with told_in_one_line(language), progress_bar(say("Drawing", "绘制图片")) as progress:
            planted = write_sample(
                output,
                students=students,
                seed=seed,
                on=on or today(),
                policy=policy,
                faults=faults,
                jobs=job_count(jobs),
                progress=progress,
                roll=roll,
            )
    except NobodyLeft:
        raise Misuse(
            say(
                "By this policy made-up students have nothing to file on that day.",
                "按此规则包，虚构学生在该日没有可正常受理的申请。",
            )
        ) from None
    lines = [*_told(planted, output, roll, language)]
    more = [f"--roll {quoted(roll)}"] if roll else []
    check = check_call(output, policy_name, overlays, on, *more)
    lines += ["", _words(f"Now check it:  {check}", f"接着检查：  {check}", language)]
    print_lines(lines)
    return 0


def _refuse_taken(output: Path, roll: Path | None) -> None:
    """Raise :exc:`Misuse` where something of the user's would be in the way."""
    taken = output.is_file() or (output.is_dir() and any(output.iterdir()))
    if taken:
        raise Misuse(
            say(
                f"{output} is there already and not empty: name a new folder or .zip.",
                f"{output} 已存在且不为空，请指定新的文件夹或 .zip。",
            )
        )
    if roll is None:
        return
    if roll.suffix.lower() != ".xlsx" or roll.exists() or not roll.parent.is_dir():
        raise Misuse(
            say(
                f"--roll: {roll} must be a new .xlsx file in a folder that is there.",
                f"--roll：{roll} 应为已有文件夹中的新 .xlsx 文件。",
            )
        )
    if roll.resolve().is_relative_to(output.resolve()):
        raise Misuse(
            say(
                "--roll: the roll cannot lie inside the package.",
                "--roll：学籍库文件不能放在材料包里面。",
            )
        )


def _told(planted: Planted, output: Path, roll: Path | None, language: Language) -> Iterator[str]:
    yield _words(
        f"Written to {output}: {planted.students} students, {planted.requests} requests, "
        f"{planted.scans} scans, all made up.",
        f"已生成 {output}：学生 {planted.students} 名，申请 {planted.requests} 项，"
        f"图片 {planted.scans} 张，均为虚构。",
        language,
    )
    if roll:
        yield _words(f"Their records: {roll}.", f"学籍库文件：{roll}。", language)
    faults = [fault for fault in planted.faults if roll or not fault.with_roll]
    if not faults:
        return
    kinds = len({fault.code for fault in faults})
    yield ""
    yield _words(
        f"Put in on purpose: {len(faults)} findings of {kinds} kinds.",
        f"有意放入 {len(faults)} 处问题，共 {kinds} 种：",
        language,
    )
    width = max(len(fault.code) for fault in faults)
    for fault in faults[:_MOST_LISTED]:
        yield f"  {fault.code:<{width}}  {_place(fault, language)}"
    if len(faults) > _MOST_LISTED:
        more = len(faults) - _MOST_LISTED
        yield _words(f"  and {more} more", f"  另有 {more} 处", language)


def _place(fault: PlantedFault, language: Language) -> str:
    where = fault.location
    if where.table is None:
        place = where.path or _words("the package as a whole", "整个材料包", language)
    elif where.row is None:
        place = where.table
    else:
        row = _words(f"row {where.row}", f"第 {where.row} 行", language)
        place = " ".join(filter(None, (where.table, row, fault.name)))
    if fault.with_roll is not None:
        only = (
            ("with --roll only", "仅 --roll 时")
            if fault.with_roll
            else ("without --roll only", "仅无 --roll 时")
        )
        place += _words(f" ({only[0]})", f"（{only[1]}）", language)
    return place


def _words(en: str, zh: str, language: Language) -> str:
    return Words(en, zh).in_language(language)
