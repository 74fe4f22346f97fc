"""What the apps above the roll have to say before a value of it changes."""

_watchers = []


def watches_changes(function):
    """Decorator: ask *function* about every change that an import would make.

    It is told the columns by record, of those that change, and the account; it yields
    (record's key, column, reference) of whatever is under way there.
    """
    _watchers.append(function)
    return function


def under_way(changes, account):
    """Return, by record and column, the references of what is under way there."""
    found = {}
    if changes:
        for watch in _watchers:
            for record, column, reference in watch(changes, account):
                found.setdefault((record, column), reference)
    return found
