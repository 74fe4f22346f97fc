"""Which formats show dates, and which dates."""

from __future__ import annotations

import pytest

from correctionkit.packages.tables.number_formats import is_date_format, iso_date


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (0, None, False),
        (13, None, False),
        (14, None, True),
        (22, None, True),
        (23, None, False),
        (31, None, True),
        (49, None, False),
        (58, None, True),
        (164, "General", False),
        (164, "@", False),
        (164, "yyyy-mm-dd", True),
        (164, 'yyyy"年"m"月"', True),
        (164, "[$-804]yyyy/m/d;@", True),
        (164, "[h]:mm", True),
        (164, "[Red]0.00", False),
        (164, '0"days"', False),
        (164, "0\\d", False),
        (164, "0.00E+00", False),
        (164, "G/通用格式", False),
        (164, "#,##0_);(#,##0_y)", False),
        (14, "0", False),
    ],
)
def test_formats(number, code, expected):
    assert is_date_format(number, code) is expected


@pytest.mark.parametrize(
    ("serial", "epoch_1904", "expected"),
    [
        (0, False, "00:00:00"),
        (0.75, False, "18:00:00"),
        (1, False, "1900-01-01"),
        (59, False, "1900-02-28"),
        (60, False, "1900-02-29"),
        (61, False, "1900-03-01"),
        (36925, False, "2001-02-03"),
        (36925.999999, False, "2001-02-04"),
        (36925.25, False, "2001-02-03T06:00:00"),
        (2_958_465, False, "9999-12-31"),
        (2_958_465.999999, False, "9999-12-31"),
        (2_958_466, False, None),
        (-1, False, None),
        (float("nan"), False, None),
        (float("inf"), False, None),
        (0, True, "1904-01-01"),
        (0.5, True, "12:00:00"),
        (2_957_003, True, "9999-12-31"),
        (2_957_004, True, None),
    ],
)
def test_dates(serial, epoch_1904, expected):
    assert iso_date(serial, epoch_1904=epoch_1904) == expected
