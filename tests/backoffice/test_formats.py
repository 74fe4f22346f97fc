"""How dates are written and read in both languages."""

from datetime import date, datetime

import pytest
from django.forms import DateField
from django.utils.formats import date_format
from django.utils.translation import override

DAY = date(2026, 11, 5)
MOMENT = datetime(2026, 11, 5, 9, 30)  # noqa: DTZ001 - a form is asked, no time


@pytest.mark.parametrize(
    ("language", "day", "moment", "short"),
    [
        ("zh-hans", "2026年11月5日", "2026年11月5日 09:30", "2026-11-05"),
        ("en", "5 November 2026", "5 November 2026, 09:30", "2026-11-05"),
    ],
)
def test_dates_are_written_as_people_write_them(language, day, moment, short):
    with override(language):
        assert date_format(DAY, "DATE_FORMAT") == day
        assert date_format(MOMENT, "DATETIME_FORMAT") == moment
        assert date_format(DAY, "SHORT_DATE_FORMAT") == short


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("typed", ["2026-11-05", "2026/11/5", "2026.11.5", "20261105"])
def test_dates_are_read_with_the_year_first(language, typed):
    with override(language):
        assert DateField().clean(typed) == DAY


def test_a_date_in_chinese_words_is_read():
    with override("zh-hans"):
        assert DateField().clean("2026年11月5日") == DAY
