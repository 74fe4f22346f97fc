"""Checks of chains: an order that every request can walk, ordinary and exceptional."""

from __future__ import annotations

from collections.abc import Iterator

from correctionkit.policy.chains import Kind
from correctionkit.policy.mistakes import Mistake
from correctionkit.policy.model import Policy
from correctionkit.terms import Act, Words

_STAGES = {Act.SIGN_OFF: 0, Act.CONSENT: 0, Act.REPORT: 1, Act.DECIDE: 2}


def check_chains(policy: Policy, file: str) -> Iterator[Mistake]:
    """Yield kinds whose chains cannot be walked, and a second kind that reverses."""
    reversing = None
    for number, kind in enumerate(policy.kinds.values(), 1):
        row = f"kind[{number}]"
        yield from _order(kind, row, file)
        yield from _needed(kind, row, file)
        yield from _reports(kind, row, file)
        if kind.reverses and reversing:
            yield _mistake(
                file,
                row,
                "reverses",
                f"{reversing} reverses already; only one kind does",
                f"{reversing} 已用于撤销，撤销类申请只能有一种",
            )
        reversing = reversing or (kind.id if kind.reverses else None)


def _order(kind: Kind, row: str, file: str) -> Iterator[Mistake]:
    """Yield steps that come too late; what holds for all steps holds without some of them."""
    reached = kind.steps[0].act
    for number, step in enumerate(kind.steps, 1):
        if _STAGES[step.act] < _STAGES[reached]:
            yield _mistake(
                file,
                f"{row}.step[{number}]",
                "act",
                f"{step.act} cannot follow {reached}; "
                "the order is: sign_off and consent, then report, then decide",
                f"{step.act} 不能在 {reached} 之后；顺序应为：sign_off 和 consent、report、decide",
            )
        else:
            reached = step.act


def _needed(kind: Kind, row: str, file: str) -> Iterator[Mistake]:
    ordinary = {step.act for step in kind.chain(exceptional=False)}
    if Act.DECIDE not in ordinary:
        yield _mistake(
            file,
            row,
            "step",
            "nobody decides an ordinary case: add a step decide without exceptional",
            "普通申请无人审批：请增加一个不带 exceptional 的 decide 步骤",
        )
    if kind.sheet and Act.SIGN_OFF not in ordinary:
        yield _mistake(
            file,
            row,
            "step",
            "nobody signs the sheet of an ordinary case: add a step sign_off without "
            "exceptional, or leave out sheet",
            "普通申请的申请表无人签字：请增加一个不带 exceptional 的 sign_off 步骤，或去掉 sheet",
        )
    if not kind.sheet and Act.REPORT not in ordinary:
        yield _mistake(
            file,
            row,
            "step",
            "without a sheet nothing files an ordinary case: add a step report without "
            "exceptional, or name the level of the sheet",
            "没有申请表的普通申请无从上报：请增加一个不带 exceptional 的 report 步骤，"
            "或以 sheet 指定申请表的层级",
        )


def _reports(kind: Kind, row: str, file: str) -> Iterator[Mistake]:
    reports = [number for number, step in enumerate(kind.steps, 1) if step.act is Act.REPORT]
    needless, fault = (
        reports[1:],
        Words("a request is reported once: leave out this step", "申请只上报一次：请去掉该步骤"),
    )
    if kind.sheet:
        needless, fault = (
            reports,
            Words(
                "the signed sheet files the request: leave out this step, or sheet",
                "申请随签字的申请表上报：请去掉该步骤，或去掉 sheet",
            ),
        )
    for number in needless:
        yield Mistake(file, f"{row}.step[{number}]", "act", fault)


def _mistake(file: str, row: str, key: str, en: str, zh: str) -> Mistake:
    return Mistake(file, row, key, Words(en, zh))
