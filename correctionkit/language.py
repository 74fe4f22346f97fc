"""Which language the user reads: Chinese where the locale is Chinese."""

from __future__ import annotations

import locale
import os

from correctionkit.terms import Language


def preferred_language() -> Language:
    """Return the language of the environment, else that of the system, else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = os.environ.get(variable)
        if value:
            return _language_of(value)
    return _language_of(_windows_language() if os.name == "nt" else "")


def _language_of(name: str) -> Language:
    return Language.ZH if name.lower().startswith(("zh", "chinese")) else Language.EN


def _windows_language() -> str:
    """Return the locale of the user interface; only Windows has the library that tells."""
    import ctypes  # noqa: PLC0415 - slow, and only there is it asked for

    library = getattr(ctypes, "windll", None)
    return (
        locale.windows_locale.get(library.kernel32.GetUserDefaultUILanguage(), "")
        if library
        else ""
    )
