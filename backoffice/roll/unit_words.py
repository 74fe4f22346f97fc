"""Units as tables name them: by name or code, within what an import may reach."""

from difflib import get_close_matches

from backoffice.units.models import Unit
from correctionkit.readings import matching_key


class UnitUnknown(Exception):
    """A unit that a row names cannot be told; *column* says where, *fault* and *params* why."""

    def __init__(self, column, fault, **params):
        super().__init__(fault)
        self.column = column
        self.fault = fault
        self.params = params


class UnitWords:
    """The units at and below *unit*, found by what a table calls them.

    What lies outside is not told from what does not exist.
    """

    def __init__(self, unit):
        self._unit = unit
        self._rows = list(Unit.objects.below([unit.path]).order_by("path"))
        above = list(Unit.objects.above(unit, including=False))
        self._keys = {each.pk: _keys(each) for each in (*self._rows, *above)}
        by_path = {each.path: each for each in (*self._rows, *above)}
        self._chains = {each.pk: list(_chain(each, by_path)) for each in self._rows}
        self._met = {}
        self.by_pk = {each.pk: each for each in self._rows}

    def find(self, branch, centre):
        """Return the unit of a row; None where it names none.  Raises UnitUnknown."""
        met = self._met.get((branch, centre))
        if met is None:
            try:
                met = self._found(branch, centre)
            except UnitUnknown as fault:
                met = fault
            self._met[branch, centre] = met
        if isinstance(met, UnitUnknown):
            raise met
        return met or None

    def own(self):
        """Return the unit of rows that name none; None where there are several below."""
        return self._unit if len(self._rows) == 1 or self._unit.parent_id else None

    def _found(self, branch, centre):
        if not centre:
            return self._branch(branch) if branch else False
        called = self._called(centre)
        if not called:
            raise self._unknown("centre", centre)
        if branch:
            inside = [unit for unit in called if self._is_inside(unit, branch)]
            if not inside:
                raise self._unknown("branch", branch)
            called = inside
        return _one("centre", centre, called)

    def _branch(self, branch):
        if called := self._called(branch):
            return _one("branch", branch, called)
        if self._is_inside(self._unit, branch):
            # The table of a centre names the branch above it.
            return self._unit
        raise self._unknown("branch", branch)

    def _called(self, text):
        key = matching_key(text)
        return [unit for unit in self._rows if key in self._keys[unit.pk]]

    def _is_inside(self, unit, branch):
        key = matching_key(branch)
        return any(key in self._keys[each.pk] for each in self._chains[unit.pk])

    def _unknown(self, column, text):
        names = {key: unit.name for unit in self._rows for key in self._keys[unit.pk]}
        near = get_close_matches(matching_key(text), names, n=1, cutoff=0.6)
        if near:
            return UnitUnknown(column, "looks-like", value=text, suggestion=names[near[0]])
        return UnitUnknown(column, "not-in-list", value=text)


def _one(column, text, called):
    if len(called) > 1:
        raise UnitUnknown(column, "several-units", value=text)
    return called[0]


def _keys(unit):
    return {matching_key(unit.name), matching_key(unit.code)}


def _chain(unit, by_path):
    codes = unit.path.split("/")[:-1]
    for length in range(len(codes), 0, -1):
        if above := by_path.get("/".join(codes[:length]) + "/"):
            yield above
