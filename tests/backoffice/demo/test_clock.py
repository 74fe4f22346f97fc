"""The clock that stands, and the working days of the demo's week."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.corrections.models import RequestEvent
from backoffice.demo.clock import Calendar, clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY_EVENING = datetime(2026, 11, 20, 18, tzinfo=SHANGHAI)
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=SHANGHAI)


def test_the_clock_stands_for_whoever_asks_django():
    with clock(FRIDAY_EVENING):
        assert timezone.now() == FRIDAY_EVENING
        assert timezone.now().utcoffset() == timedelta(0)
        assert timezone.localdate() == date(2026, 11, 20)


def test_the_clock_stands_for_defaults_of_fields_too():
    with clock(FRIDAY_EVENING):
        assert RequestEvent().at == FRIDAY_EVENING


def test_the_clock_goes_on_afterwards_even_after_a_fault():
    with pytest.raises(LookupError), clock(FRIDAY_EVENING):
        raise LookupError

    assert abs(timezone.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        pytest.param(
            FRIDAY_EVENING, ["11-20", "11-19", "11-18", "11-17", "11-16", "11-13"], id="Friday"
        ),
        pytest.param(SUNDAY, ["11-22", "11-20", "11-19", "11-18", "11-17", "11-16"], id="Sunday"),
    ],
)
def test_days_before_today_are_working_days(now, days):
    calendar = Calendar(now)

    assert [f"{calendar.day(ago):%m-%d}" for ago in range(6)] == days


def test_a_past_day_has_all_its_hours():
    assert Calendar(SUNDAY).moment(1, 16.5) == datetime(2026, 11, 20, 16, 30, tzinfo=SHANGHAI)


def test_today_has_only_what_is_over():
    calendar = Calendar(SUNDAY)

    assert calendar.moment(0, 0) == SUNDAY.replace(hour=0)
    assert calendar.moment(0, 12) == SUNDAY.replace(hour=5)
    assert calendar.moment(0, 24) == SUNDAY


def test_a_day_to_come_has_no_moments():
    with pytest.raises(ValueError, match="not come yet"):
        Calendar(SUNDAY).moment(-1, 9)


@settings(deadline=None, max_examples=60)
@given(
    minutes=st.integers(0, 3_000_000),
    places=st.lists(st.tuples(st.integers(0, 8), st.floats(0, 24)), min_size=2, max_size=2),
)
def test_moments_keep_their_order_and_are_never_to_come(minutes, places):
    now = SUNDAY + timedelta(minutes=minutes)
    calendar = Calendar(now)
    (ago, hour), (later_ago, later_hour) = sorted(places, key=lambda each: (-each[0], each[1]))

    earlier, later = calendar.moment(ago, hour), calendar.moment(later_ago, later_hour)

    assert earlier <= later <= now
