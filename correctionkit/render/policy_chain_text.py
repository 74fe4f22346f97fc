"""Kinds of requests as text: which sheet carries them, and who does what in turn."""

from __future__ import annotations

from correctionkit.policy.chains import Kind, Step
from correctionkit.policy.vocabulary import Vocabulary
from correctionkit.render.policy_sheet import Sheet
from correctionkit.terms import Act, Language, Words

_ACTS = {
    Act.SIGN_OFF: Words("signs and seals", "签字盖章"),
    Act.CONSENT: Words("consents", "同意"),
    Act.REPORT: Words("reports", "上报"),
    Act.DECIDE: Words("decides", "审批"),
}


def write_chains(sheet: Sheet) -> None:
    """Write each kind of request with its steps."""
    if sheet.rules.kinds:
        sheet.section("kinds")
    for kind in sheet.rules.kinds.values():
        sheet.item(_kind(kind, sheet), kind.clause.words)
        for number, step in enumerate(kind.steps, 1):
            text = step_in_words(step, sheet.terms, sheet.language)
            if step.clause != kind.clause:
                text += f" {sheet.notes.cite(step.clause.words)}"
            sheet.page.paragraph(text, indent=4, mark=f"{number}. ")


def step_in_words(step: Step, terms: Vocabulary, language: Language) -> str:
    """Say who does what in a step."""
    role, level, act = terms.roles[step.role].label, terms.levels[step.level].label, _ACTS[step.act]
    words = Words(f"{role.en} ({level.en}) {act.en}", f"{level.zh}{role.zh}{act.zh}")
    if step.exceptional:
        words = Words(f"{words.en}, exceptional cases only", f"{words.zh}（仅限个例）")
    return words.in_language(language)


def _kind(kind: Kind, sheet: Sheet) -> str:
    text = f"{sheet.say(kind.label)}{sheet.both(': ', '：')}"
    if kind.sheet is None:
        text += sheet.both("without a sheet", "不用申请表")
    else:
        level = sheet.say(sheet.terms.levels[kind.sheet].label)
        text += sheet.both(f"one sheet a {level} and day", f"每个{level}每日一张申请表")
    if kind.reverses:
        text += sheet.both("; the former value stands again", "；恢复修改前的内容")
    return text
