"""The chain of steps of a request: frozen at submission, walked inside the fixed graph."""

from dataclasses import asdict, dataclass

from backoffice.units.models import Unit
from correctionkit.terms import Act

BEFORE_FILING = frozenset({Act.SIGN_OFF, Act.CONSENT})


class LevelMissing(Exception):
    """A policy wants a step at a level that no unit above the filing one has."""

    def __init__(self, unit, level):
        super().__init__(f"no unit of level {level} above unit {unit.pk}")
        self.unit = unit
        self.level = level


@dataclass(frozen=True, slots=True)
class FrozenStep:
    """One step: which act, by which role of which unit."""

    act: str
    role: str
    level: str
    unit: int

    @property
    def is_before_filing(self):
        """Tell whether the step is walked before the request is filed."""
        return self.act in BEFORE_FILING


def freeze(steps, unit):
    """Return the steps of a policy as they are kept on a request that *unit* files.

    Raises LevelMissing.
    """
    frozen = []
    for step in steps:
        holder = Unit.objects.nearest(unit, step.level)
        if holder is None:
            raise LevelMissing(unit, step.level)
        frozen.append(asdict(FrozenStep(str(step.act), step.role, step.level, holder.pk)))
    return frozen


def thaw(chain):
    """Return the steps that a request keeps."""
    return tuple(FrozenStep(**step) for step in chain)
