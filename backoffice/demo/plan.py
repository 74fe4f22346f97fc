"""The demo as data: units, sign-ins, and the week that is lived through."""

import tomllib
from dataclasses import dataclass, field

from django.conf import settings

_FOLDER = "demo"


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit, and the code of the one above it."""

    code: str
    level: str
    name: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """A sign-in: who, in which role, of which unit, perhaps for some units below only."""

    username: str
    name: str
    role: str
    unit: str
    assigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePlan:
    """Cases of one kind: filed by whom, for which fields, and what becomes of them."""

    unit: str
    by: str
    ends: str
    students: int = 1
    fields: tuple[str, ...] = ()
    also: dict = field(default_factory=dict)
    exceptional: bool = False
    cause: str = ""
    reason: str = ""
    opinion: str = ""
    shows: str = ""
    reuses: str = ""
    meanwhile: tuple[str, ...] = ()

    def end_of(self, name):
        """Return what becomes of the request for a field."""
        return self.also.get(name, self.ends)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A day's sheet of a branch, how far it gets, and the cases on it."""

    unit: str
    days_ago: int
    reaches: str
    cases: tuple[CasePlan, ...]


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """A draft, and what it lacks."""

    unit: str
    by: str
    lacks: str
    fields: tuple[str, ...] = ()
    shows: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything of the demo that is data."""

    units: tuple[UnitPlan, ...]
    accounts: tuple[AccountPlan, ...]
    seed: int
    sheets: tuple[SheetPlan, ...]
    drafts: tuple[DraftPlan, ...]
    words: dict


def read_plan():
    """Read the demo's fixtures."""
    office, week = _read("office"), _read("week")
    return Plan(
        units=tuple(UnitPlan(**row) for row in office["unit"]),
        accounts=tuple(_row(AccountPlan, row, "assigned") for row in office["account"]),
        seed=week["seed"],
        sheets=tuple(
            SheetPlan(
                **row | {"cases": tuple(_row(CasePlan, each, "fields") for each in row["cases"])}
            )
            for row in week["sheet"]
        ),
        drafts=tuple(_row(DraftPlan, row, "fields") for row in week["draft"]),
        words=week["words"],
    )


def _row(made, row, listed):
    return made(**row | {listed: tuple(row.get(listed, ()))})


def _read(name):
    (folder,) = settings.FIXTURE_DIRS
    return tomllib.loads((folder / _FOLDER / f"{name}.toml").read_text("utf-8"))
