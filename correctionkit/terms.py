"""Words that code itself must tell apart; everything else is a row of policy data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error stops a package, a warning may stand."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Language(StrEnum):
    """The languages that every message exists in."""

    EN = "en"
    ZH = "zh-hans"


class ValueType(StrEnum):
    """What kind of value a field holds, and so how it is read and judged."""

    NAME = "name"
    GENDER = "gender"
    ETHNICITY = "ethnicity"
    EDUCATION = "education"
    ID_NUMBER = "id_number"
    DATE = "date"


class Act(StrEnum):
    """What a step of a chain does: the graph of a request knows no other."""

    SIGN_OFF = "sign_off"
    CONSENT = "consent"
    REPORT = "report"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """Return the text in *language*."""
        return self.zh if language is Language.ZH else self.en
