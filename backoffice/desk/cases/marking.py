"""Old and new values side by side, with what differs marked."""

from dataclasses import dataclass
from itertools import groupby

from backoffice.words import kit_language, say
from correctionkit.masking import mask_number
from correctionkit.names import explain_difference
from correctionkit.numbers import identity
from correctionkit.numbers.difference import classify
from correctionkit.render.lexicon import all_words
from correctionkit.render.phrases import listed
from correctionkit.render.visible import shown
from correctionkit.terms import ValueType

_GONE = "character-missing"
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a value, and whether it differs from the other side."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """Both values in pieces, and in words how they differ."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    words: str


def marked(kind: ValueType, old, new, *, revealed):
    """Lay *old* and *new* side by side; ID numbers are masked unless *revealed*."""
    if kind is ValueType.ID_NUMBER:
        return _numbers(old, new, revealed)
    if kind is ValueType.NAME:
        return _names(old, new)
    return Marked(_whole(old), _whole(new), "")


def _names(old, new):
    forth, back = explain_difference(old, new), explain_difference(new, old)
    words = all_words()
    kinds = dict.fromkeys(each.kind for each in forth) if old else {}
    return Marked(
        _pieces(old, _places(back) if old else set()),
        _pieces(new, _places(forth) if old else set()),
        listed([say(words[kind]) for kind in kinds], kit_language()) if kinds else "",
    )


def _numbers(old, new, revealed):
    difference = classify(old, new)
    words = say(all_words()[str(difference.kind)]) if old else ""
    if not revealed:
        return Marked(_whole(mask_number(old)), _whole(mask_number(new)), words)
    places = {at - 1 for at in difference.positions}
    return Marked(
        _pieces(old, places if len(identity.compact(old)) == len(old) == 18 else set()),
        _pieces(new, places if len(identity.compact(new)) == len(new) == 18 else set()),
        words,
    )


def _places(differences):
    """Return the places in the second text of a comparison, from 0, that differ."""
    places = set()
    for each in differences:
        if each.kind == _GONE:
            continue
        places.add(each.position - 1)
        if each.kind == "swapped":
            places.add(each.position)
    return places


def _pieces(text, places):
    signs = [(sign, at in places) for at, sign in enumerate(text)]
    return tuple(
        Piece(shown("".join(sign for sign, _differs in group), _LONGEST), differs)
        for differs, group in groupby(signs, key=lambda pair: pair[1])
    )


def _whole(text):
    return (Piece(shown(text, _LONGEST), False),) if text else ()
