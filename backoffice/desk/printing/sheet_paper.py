"""The request sheet on paper, made from the frozen lines of a revision alone."""

import json
from collections import Counter

from backoffice.corrections.chain import BEFORE_FILING
from backoffice.desk.printing.paper import watermark, written_day, written_value
from backoffice.policies.shelf import policy_of
from correctionkit.masking import mask_text
from statements.contexts.parts import Box, Count
from statements.contexts.request_sheet import BOXES, RequestLine, RequestSheet
from statements.sheet_code import SheetCode

_DECLARATION = "以上信息经核对无误，证明材料与原件一致。"
_EXCEPTIONAL = "特殊情况"
# Clerk and head; seal and date come after whoever else signs.
_SIGNING = 2


def sheet_paper(revision):
    """Return the paper of a revision: the same for every print of it.

    ID numbers stand whole where they are what is to be corrected, and nowhere else.
    """
    sheet = revision.sheet
    rules = policy_of(sheet.policy)
    kind = rules.kinds[sheet.kind].label.zh
    contents = [json.loads(line.content) for line in revision.frozen_lines.all()]
    lines = tuple(_line(content) for content in contents)
    return RequestSheet(
        title=sheet_title(sheet),
        made_at=revision.frozen_at,
        watermark=watermark(),
        institution=rules.heading.institution.zh,
        # Revisions of before the unit's name was frozen do not have it.
        unit=contents[0].get("sheet_unit") or sheet.unit.name,
        kind=kind,
        day=written_day(sheet.day),
        number=sheet.number,
        revision=revision.number,
        code=sheet_code(revision),
        lines=lines,
        field_counts=_counts(line.field for line in lines),
        reason_counts=_counts(line.reason for line in lines),
        declaration=_DECLARATION,
        boxes=_boxes(rules, sheet.kind, any(content["exceptional"] for content in contents)),
    )


def sheet_title(sheet):
    """Return what the paper is called."""
    return f"学生{policy_of(sheet.policy).kinds[sheet.kind].label.zh}申请表"


def sheet_code(revision):
    """Return the code that ties a print to its revision; its short form is what is typed."""
    return SheetCode(
        number=revision.sheet.number,
        revision=revision.number,
        lines_digest=revision.lines_hash,
        chain_head=revision.chain_hash,
    )


def _boxes(rules, kind, exceptional):
    """Return the boxes of every sheet, and of those who sign exceptional cases beside."""
    steps = rules.kinds[kind].chain(exceptional)
    roles = [step.role for step in steps if step.exceptional and step.act in BEFORE_FILING]
    more = (Box(f"{rules.vocabulary.roles[role].label.zh}（签字）") for role in roles)
    return (*BOXES[:_SIGNING], *more, *BOXES[_SIGNING:])


def _line(content):
    rules = policy_of(content["policy"])
    keep = rules.numbers_of_students({content["number"]})
    kind = _kind_of(rules, content["field"])
    remark = mask_text(content["remark"], keep=keep)
    parts = [_EXCEPTIONAL] if content["exceptional"] else []
    return RequestLine(
        centre=content["unit"],
        number=content["number"],
        name=content["name"],
        field=content["field"],
        old=written_value(kind, content["old"], whole=True, keep=keep),
        new=written_value(kind, content["new"], whole=True, keep=keep),
        reason=content["reason"],
        evidence="、".join(content["evidence"]),
        remark="；".join([*parts, *([remark] if remark else [])]),
    )


def _kind_of(rules, label):
    """Return what kind of value a field holds, by what it is called on paper."""
    kinds = (term.value for term in rules.vocabulary.fields.values() if term.label.zh == label)
    return next(kinds, None)


def _counts(words):
    return tuple(Count(word, number) for word, number in Counter(words).most_common())
