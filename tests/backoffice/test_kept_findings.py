"""Findings as JSON: what was stored is what is read, whatever a file was called."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.kept_findings import CodeUnknown, from_json, to_json
from correctionkit import catalog
from correctionkit.findings import Location
from correctionkit.terms import Words

TEXTS = st.text(max_size=20)
PLAIN = st.one_of(
    TEXTS,
    st.integers(),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False),
    st.dates(),
    st.builds(Words, TEXTS, TEXTS),
)
PARAMS = st.dictionaries(
    st.from_regex(r"[a-z_]{1,12}", fullmatch=True).filter(
        lambda name: name not in {"student", "field", "clause"}
    ),
    st.one_of(PLAIN, st.lists(PLAIN, max_size=3)),
    max_size=4,
)
LOCATIONS = st.builds(
    Location,
    path=st.none() | TEXTS,
    table=st.none() | TEXTS,
    row=st.none() | st.integers(1, 10**6),
    column=st.none() | TEXTS,
    sheet=st.none() | TEXTS,
)


@st.composite
def findings(draw):
    return draw(st.sampled_from(catalog.ALL)).at(
        draw(LOCATIONS),
        student=draw(st.none() | TEXTS),
        field=draw(st.none() | TEXTS),
        clause=draw(st.none() | st.builds(Words, TEXTS, TEXTS)),
        **draw(PARAMS),
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(findings(), max_size=3))
def test_findings_come_back_as_they_were(found):
    back = from_json(to_json(found))

    assert list(back) == found
    assert [dict(each.params) for each in back] == [dict(each.params) for each in found]


def test_sets_come_back_as_sorted_lists_and_halves_of_characters_as_question_marks():
    found = catalog.BY_CODE["scan-photo"].at(Location(), signs={"b", "a"}, name="\ud800.jpg")

    (back,) = from_json(to_json([found]))

    assert dict(back.params) == {"signs": ["a", "b"], "name": "?.jpg"}


def test_what_is_no_plain_value_is_refused():
    found = catalog.BY_CODE["scan-photo"].at(Location(), signs=object())

    with pytest.raises(TypeError):
        to_json([found])


def test_a_code_of_other_rules_is_told():
    with pytest.raises(CodeUnknown):
        from_json('[{"code": "no-such-code"}]')


def test_days_and_words_are_told_from_texts():
    found = catalog.BY_CODE["scan-photo"].at(
        Location(), until=date(2026, 2, 28), label=Words("a", "甲"), text="2026-02-28"
    )

    (back,) = from_json(to_json([found]))

    assert dict(back.params) == dict(found.params)
