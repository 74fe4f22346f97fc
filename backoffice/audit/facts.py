"""What an entry may hold beside its reference: nothing that names a person.

Entries outlive the people in them, so references and keyed digests only.  The rules here are
a net for slips: they stop numbers, names, sentences and addresses, not a will to evade them.
"""

import re

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,79}")
_REF = re.compile(r"[a-z][a-z0-9_-]{0,39}:[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_CHAIN = re.compile(r"[a-z]+(-[0-9]{1,18})?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"[^._:+-]+")
# Whole, or no longer than 12 digits: what lies between could be a number by chance.
_HEX = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
# Student numbers have 13 digits, and no other number of a person that is digits has fewer.
_LONG_NUMBER = re.compile(r"[0-9]{13}")
# Passports, travel and residence permits: letters, then digits.
_PERMIT = re.compile(r"[A-Z]{1,3}[0-9]{7,12}")
_ADDRESS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")
_LARGEST = 10**12


def checked_facts(facts):
    """Return *facts* as they may be stored; raises ValueError naming the key that may not."""
    for key, value in facts.items():
        if not _KEY.fullmatch(key):
            raise ValueError(f"the name of the fact {key!a} is not a plain word")
        for item in value if isinstance(value, list) else [value]:
            if fault := _fault(item):
                # The value itself may be what must not be told, in a log neither.
                raise ValueError(f"the fact {key!r} {fault}")
    return {key: list(value) if isinstance(value, list) else value for key, value in facts.items()}


def checked_ref(ref):
    """Return *ref*, such as ``correctionrequest:12``, or nothing; raises ValueError."""
    if ref and (not _REF.fullmatch(ref) or _fault(ref)):
        raise ValueError("a reference is the kind of thing, a colon and its key")
    return ref


def checked_chain(chain):
    """Return *chain*; raises ValueError where no chain can be called so."""
    if not _CHAIN.fullmatch(chain):
        raise ValueError("a chain is a word, or a word, a hyphen and a number")
    return chain


def checked_digest(digest):
    """Return *digest*, 64 hexadecimal digits or nothing; raises ValueError."""
    if digest and not _DIGEST.fullmatch(digest):
        raise ValueError("a digest has 64 hexadecimal digits")
    return digest


def _fault(value):
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return "" if abs(value) < _LARGEST else "looks like a number of a person"
    if not isinstance(value, str):
        return "is neither a number, a truth, a word nor a list of these"
    if value and not _SLUG.fullmatch(value):
        return "is no short word of ASCII letters and digits"
    if _ADDRESS.fullmatch(value):
        return "looks like an address"
    parts = _PART.findall(value)
    if any(_PERMIT.fullmatch(part) for part in parts) or any(
        _LONG_NUMBER.search(part) and not _HEX.fullmatch(part) for part in parts
    ):
        return "looks like a number of a person"
    return ""
