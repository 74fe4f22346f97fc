"""Text in CSV: nothing runs, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correctionkit.packages.tables.inert import guard, unguard


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        (" \u3000=1", "' \u3000=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("\na", "'\na"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'a", "'a"),
        ("'", "'"),
        (" a", " a"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text, written):
    assert (guard(text), unguard(written)) == (written, text)


@given(st.text(st.sampled_from("'=+-@ \t\r\na＝\u3000\u200b")))
def test_reading_undoes_writing(text):
    assert unguard(guard(text)) == text
