"""Which rules hold for a unit on a day."""

from backoffice.policies.models import PolicyInForce


class NoPolicy(Exception):
    """No policy is in force for a unit on a day: the registrar has to choose one."""

    def __init__(self, unit, day):
        super().__init__(f"no policy in force for unit {unit.pk} on {day}")
        self.unit = unit
        self.day = day


def choose_policy(unit, day):
    """Return the choice in force for *unit* on *day*.

    Raises NoPolicy.
    """
    choice = PolicyInForce.objects.chosen_for(unit, day)
    if choice is None:
        raise NoPolicy(unit, day)
    return choice
