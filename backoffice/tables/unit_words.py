"""What a table of units calls its columns, levels and institutions."""

from backoffice.policies.shelf import policy_of
from backoffice.words import say
from correctionkit.policy.shelf import policy_ids, shared_vocabulary
from correctionkit.readings import matching_key
from correctionkit.terms import Words

COLUMNS = {
    "code": Words("Code", "单位代码"),
    "name": Words("Name", "单位名称"),
    "parent": Words("Code of the unit above", "上级单位代码"),
    "level": Words("Level", "单位层级"),
    "institution": Words("Institution", "院校"),
    "closed_on": Words("Closed on", "撤销日期"),
}


def choices_of(column):
    """Return the words that a column of the table may have, nothing where it is free."""
    if column == "level":
        levels = sorted(shared_vocabulary().levels.values(), key=lambda level: level.rank)
        return tuple(say(level.label) for level in levels)
    if column == "institution":
        return tuple(map(say, _institutions().values()))
    return ()


def read_level(text):
    """Return the level of units that is called so, or None."""
    key = matching_key(text)
    for level in shared_vocabulary().levels.values():
        if key in map(matching_key, level.spellings()):
            return level.id
    return None


def institution_word(known):
    """Return an institution in words, by its id; one of no shipped policy as it is."""
    words = _institutions().get(known)
    return say(words) if words else known


def institution_id(text):
    """Return the institution that is called so, or None."""
    key = matching_key(text)
    for known, words in _institutions().items():
        if key in (matching_key(known), matching_key(words.zh), matching_key(words.en)):
            return known
    return None


def _institutions():
    headings = [policy_of(each).heading for each in policy_ids()]
    return {each.institution_id: each.institution for each in headings}
