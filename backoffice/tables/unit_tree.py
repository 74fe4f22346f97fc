"""The tree of units as a table would leave it, row by row."""

from backoffice.units.models import Unit

_LONGEST_PATH = Unit._meta.get_field("path").max_length


class UnitTree:
    """The units at and below *top*, with what the rows so far add and move."""

    def __init__(self, top):
        self._top = top
        self._units = {}
        self._elsewhere = set()
        for unit in Unit.objects.select_related("parent"):
            if unit.path.startswith(top.path):
                self._units[unit.code] = unit
            else:
                self._elsewhere.add(unit.code)
        self._above = {
            code: unit.parent.code if unit.parent_id else "" for code, unit in self._units.items()
        }

    def is_elsewhere(self, code):
        """Tell whether a unit of that code is out of reach."""
        return code in self._elsewhere

    def unit(self, code):
        """Return the unit in reach of a code, or None."""
        return self._units.get(code)

    def above(self, code):
        """Return the code above one, as far as it is known."""
        return self._above.get(code, "")

    def put(self, code, above):
        """Let *code* lie below *above* from now on."""
        self._above[code] = above

    def fault_of(self, code, above):
        """Return why *code* cannot lie below *above*, or nothing."""
        if above not in self._above:
            # What is out of reach is not told from what does not exist.
            return "not-in-list"
        if code == self._top.code or code in self._line(above):
            return "unit-below-itself"
        if self._length(above) + self._depth(code) > _LONGEST_PATH:
            return "tree-too-deep"
        return ""

    def _line(self, code):
        line = []
        while code in self._above and code not in line:
            line.append(code)
            code = self._above[code]
        return line

    def _length(self, code):
        """Return how long the path of a unit in reach is."""
        outside = len(self._top.path) - len(self._top.code) - 1
        return outside + sum(len(each) + 1 for each in self._line(code))

    def _depth(self, code):
        """Return how long the longest path from *code* down is."""
        lengths = [len(code) + 1]
        if code not in self._above:
            return lengths[0]
        for each in self._above:
            line = self._line(each)
            if code in line:
                lengths.append(sum(len(one) + 1 for one in line[: line.index(code) + 1]))
        return max(lengths)
