"""``correctionkit template``: write the blank tables of a policy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from correctionkit.commands.options import lang_option, policy_of, policy_options
from correctionkit.commands.outcome_output import print_lines
from correctionkit.commands.speech import language_of, say
from correctionkit.commands.usage import Misuse
from correctionkit.packages.summaries.summary_writing import table_name
from correctionkit.packages.tables.policy_templates import ROLL, roll_template, summary_template
from correctionkit.packages.tables.templates import write_template
from correctionkit.terms import Words


@click.command(
    "template",
    help=say(
        "Write blank tables to be filled in: one summary table a status, and the roll, with "
        "drop-down lists, checks and a page of instructions.",
        "生成空白表格：各类学生的统计表和学籍库，带下拉列表、输入检查和填写说明。",
    ),
)
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help=say("A folder; made if it is not there.", "输出文件夹，没有则新建。"),
)
@policy_options
@lang_option
def command(
    output: Path, policy_name: str | None, overlays: Sequence[str], lang: str | None
) -> int:
    """Write the blank tables and say which."""
    policy, language = policy_of(policy_name, overlays), language_of(lang)
    templates = {
        table_name(status): summary_template(status, policy) for status in policy.statuses.values()
    }
    templates[f"{ROLL}.xlsx"] = roll_template(policy)
    taken = [name for name in templates if (output / name).exists()]
    if taken:
        raise Misuse(
            say(
                f"{output} holds {', '.join(taken)} already: name another folder.",
                f"{output} 中已有 {'、'.join(taken)}，请指定其他文件夹。",
            )
        )
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, template in templates.items():
            write_template(output / name, template)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            say(f"The tables cannot be written: {reason}.", f"表格无法写入：{reason}。")
        ) from error
    written = Words("Written", "已生成").in_language(language)
    print_lines([f"{written}  {output / name}" for name in templates])
    return 0
