"""``correctionkit explain``: tell what a number or name says and what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

import click

from correctionkit.commands.options import (
    lang_option,
    on_option,
    policy_of,
    policy_options,
    today,
)
from correctionkit.commands.speech import language_of, say
from correctionkit.explanation import explain_value
from correctionkit.render.explanation_text import explanation_text
from correctionkit.render.streams import write_text


@click.command(
    "explain",
    help=say(
        "Tell what VALUE says, a number or a name, and what is wrong with it. With - the values "
        "are read from standard input, one a line.\n\nIdentity numbers are masked unless --show.",
        "解读 VALUE（号码或姓名），指出错误之处。VALUE 为 - 时从标准输入逐行读取。\n\n"
        "证件号码默认遮盖，加 --show 显示。",
    ),
)
@click.argument("value")
@click.option(
    "--show", is_flag=True, help=say("Show numbers and birth dates.", "显示号码和出生日期。")
)
@policy_options
@on_option
@lang_option
def command(
    value: str,
    show: bool,
    policy_name: str | None,
    overlays: Sequence[str],
    on: date | None,
    lang: str | None,
) -> int:
    """Explain one value, or each line of standard input."""
    policy = policy_of(policy_name, overlays)
    language = language_of(lang)
    values = _lines(sys.stdin.buffer.read()) if value == "-" else [value]
    wrong = False
    for each in values:
        if not each.strip() and value == "-":
            continue
        explanation = explain_value(each, policy, on or today())
        wrong = wrong or bool(explanation.faults)
        write_text(sys.stdout, explanation_text(explanation, language, show=show))
    return int(wrong)


def _lines(content: bytes) -> list[str]:
    """Split what came on standard input, in UTF-8 or as Chinese Windows writes it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    return text.splitlines()
