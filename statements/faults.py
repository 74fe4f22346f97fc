"""Why something cannot be printed."""

from __future__ import annotations


class Unprintable(Exception):
    """A document cannot be made; nothing was."""


class MissingGlyph(Unprintable):
    """No face has a character.

    ``whose`` is the name of the student that it was found with, if it was found with one.
    """

    def __init__(self, character: str, whose: str = "") -> None:
        self.character = character
        self.code_point = f"U+{ord(character):04X}"
        self.whose = whose
        # Controls and halves of surrogate pairs would spoil the message itself.
        shown = character if character.isprintable() else ascii(character)
        of = f", in the name or the lines of {ascii_only_escapes(whose)}" if whose else ""
        super().__init__(f"no face can print {shown} ({self.code_point}){of}")

    def __reduce__(self) -> tuple[type[MissingGlyph], tuple[str, str]]:
        """Come back whole from a worker process."""
        return MissingGlyph, (self.character, self.whose)


class UnfitPicture(Unprintable):
    """A scan is not a picture that can be printed."""


class TooLarge(Unprintable):
    """Scans or originals take more room than a file may have."""


class RenderingFault(Unprintable):
    """The renderer complained, or ran out of time."""


def ascii_only_escapes(text: str) -> str:
    """Return *text* with what cannot be printed written as escapes."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
