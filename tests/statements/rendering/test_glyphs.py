"""A character that cannot be printed is named, and whose it is."""

from __future__ import annotations

import pickle

import pytest
from builders.documents import decision_notice, request_line, request_sheet, summary_table

from statements.contexts.summary_table import SummaryRow
from statements.faults import MissingGlyph
from statements.rendering.glyphs import require_glyphs, texts
from statements.rendering.markup import to_html


def refusal(statement) -> MissingGlyph:
    with pytest.raises(MissingGlyph) as raised:
        require_glyphs(statement, to_html(statement))
    return raised.value


def test_what_can_be_printed_passes():
    sheet = request_sheet(lines=(request_line(name="𬎆𪻐𬱖䶮"),))

    require_glyphs(sheet, to_html(sheet))


def test_a_missing_character_of_a_line_is_told_with_the_students_name():
    lines = (request_line(), request_line(name="张三", new="张\U000323af"))
    missing = refusal(request_sheet(lines=lines))

    assert (missing.character, missing.code_point, missing.whose) == (
        "\U000323af",
        "U+323AF",
        "张三",
    )
    assert "张三" in str(missing)


def test_a_missing_character_of_a_table_is_told_with_the_rows_name():
    rows = (SummaryRow(("1", *"一二三四五六七八", "😀"), "李四"),)

    assert refusal(summary_table(lines=rows)).whose == "李四"


def test_a_missing_character_of_the_document_itself_is_nobodys():
    assert refusal(request_sheet(unit="😀")).whose == ""


def test_a_notice_is_its_students():
    assert refusal(decision_notice(issuer="😀")).whose == "赵秀英"


def test_a_character_that_would_spoil_the_message_is_shown_as_an_escape():
    assert str(refusal(request_sheet(lines=(request_line(name="\u202e三"),)))) == (
        "no face can print '\\u202e' (U+202E), in the name or the lines of \\u202e三"
    )


def test_a_refusal_comes_back_whole_from_another_process():
    back = pickle.loads(pickle.dumps(MissingGlyph("😀", "张三")))  # noqa: S301 - our own

    assert (back.character, back.whose, str(back)) == (
        "😀",
        "张三",
        str(MissingGlyph("😀", "张三")),
    )


def test_every_text_is_looked_at_with_its_owner():
    found = set(texts(request_sheet(lines=(request_line(name="张三", old="旧", new="新"),))))

    assert {("张三", "旧"), ("张三", "新"), ("", "示例分部"), ("", "经办人（签字）")} <= found
