"""The language of the page being made, for texts that the database keeps in both."""

from django.utils.translation import get_language

from correctionkit.terms import Language


def is_chinese():
    """Tell whether the page is in Chinese."""
    return (get_language() or "zh-hans").startswith("zh")


def kit_language():
    """Return the language of the page as the rules know it."""
    return Language.ZH if is_chinese() else Language.EN


def say(words):
    """Return words of the rules in the language of the page."""
    return words.in_language(kit_language())
