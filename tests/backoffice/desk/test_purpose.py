from datetime import timedelta

import pytest
from builders.office import again, student
from django.utils import timezone

from backoffice.desk import purpose
from backoffice.desk.purpose import (
    has_stated_purpose,
    may_reveal,
    needs_purpose,
    state_purpose,
    stated_purpose,
)


@pytest.fixture
def request_(rf):
    request = rf.get("/")
    request.session = {}
    return request


def test_a_purpose_stands_for_half_an_hour(request_, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(purpose.timezone, "now", lambda: now)
    digest = state_purpose(request_, "年度审计抽查")

    monkeypatch.setattr(
        purpose.timezone, "now", lambda: now + timedelta(minutes=30) - timedelta(seconds=1)
    )
    assert stated_purpose(request_) == digest
    assert has_stated_purpose(request_)
    monkeypatch.setattr(purpose.timezone, "now", lambda: now + timedelta(minutes=30))
    assert stated_purpose(request_) == ""
    assert not has_stated_purpose(request_)


def test_the_words_are_kept_nowhere(request_):
    digest = state_purpose(request_, "年度审计抽查")

    assert len(digest) == 64
    assert "审计" not in str(request_.session)


def test_the_same_words_have_the_same_digest_whatever_the_spaces(request_):
    assert state_purpose(request_, "年度审计 抽查") == state_purpose(request_, " 年度审计  抽查\n")


@pytest.mark.parametrize("text", ["", "   ", "审计用", " a  b "])
def test_a_purpose_has_four_characters_at_least(request_, text):
    with pytest.raises(ValueError, match="no purpose"):
        state_purpose(request_, text)

    assert not has_stated_purpose(request_)


def test_four_characters_are_enough(request_):
    state_purpose(request_, "审计抽查")

    assert has_stated_purpose(request_)


def test_nothing_stands_before_it_is_stated(request_):
    assert not has_stated_purpose(request_)


@pytest.mark.parametrize(
    ("who", "may", "needs"),
    [
        ("clerk", True, False),
        ("head", True, False),
        ("reviewer", True, False),
        ("registrar", True, False),
        ("auditor", True, True),
        ("administrator", False, False),
        ("other_clerk", False, False),
    ],
)
def test_who_sees_whole_numbers_and_who_says_why(office, who, may, needs):
    record = student(office.centre)
    account = again(getattr(office, who))

    assert may_reveal(account, record) is may
    assert needs_purpose(account, record) is needs
