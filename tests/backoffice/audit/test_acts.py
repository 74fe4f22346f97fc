import pytest
from django.utils import translation

from backoffice.audit.acts import Act, known, label_of


def test_every_act_has_words_of_its_own():
    with translation.override("en"):
        labels = [str(act.label) for act in Act]

    assert len(set(labels)) == len(labels)
    assert all(labels)


@pytest.mark.parametrize("act", ["sign-in", "request-pass-on", "audit-export"])
def test_known_acts_are_known(act):
    assert known(act) == act


@pytest.mark.parametrize("act", ["", "request-guess", "Sign-in", None])
def test_an_unknown_act_is_refused(act):
    with pytest.raises(ValueError, match="not a valid Act"):
        known(act)


def test_an_act_of_another_release_is_shown_by_its_code():
    with translation.override("en"):
        assert label_of("evidence-read") == "Evidence read"
        assert label_of("of-another-release") == "of-another-release"
