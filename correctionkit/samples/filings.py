"""What made-up students ask for: which fields, for which reason, shown by which documents."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from correctionkit.policy.matrix import Standing, cell
from correctionkit.policy.model import Policy, Requirement
from correctionkit.requests.check import check_student
from correctionkit.requests.model import CorrectionRequest
from correctionkit.requests.values import read_value
from correctionkit.samples.drawing import KINDS
from correctionkit.samples.former import FIELDS, as_recorded
from correctionkit.samples.people import Person
from correctionkit.terms import ValueType

# Which fields one student corrects together, and how often among a score of students.
_TOGETHER = (
    (("name",), 6),
    (("id_number",), 5),
    (("entry_education",), 4),
    (("ethnicity",), 3),
    (("gender",), 2),
    (("birth_date",), 3),
    (("name", "ethnicity"), 1),
    (("name", "id_number"), 1),
    (("gender", "id_number"), 1),
)

NOTHING_SAID = frozenset[str]()


@dataclass(frozen=True, slots=True)
class StudentFiling:
    """One student's part of a filing: as they are, as recorded, what is asked, what shows it.

    *requests* are one a field, in the policy's order; *kinds* are the documents to show.
    """

    status: str
    person: Person
    recorded: Person
    requests: tuple[CorrectionRequest, ...]
    requirements: tuple[Requirement, ...]
    kinds: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields asked for."""
        return tuple(request.field for request in self.requests)


@dataclass(frozen=True, slots=True)
class _Card:
    fields: tuple[str, ...]
    reason: str


Fits = Callable[[StudentFiling], bool]


class Filings:
    """Filings by one policy on one day, of a believable mix.

    Requests are dealt from a deck that is shuffled by *seed* and goes round; where one of
    several documents serves, the one least shown so far is taken.  So every document of
    the policy comes up early.
    """

    def __init__(self, policy: Policy, on: date, seed: int) -> None:
        self._policy = policy.on(on)
        self._on = on
        self._seed = seed
        self._deck = _deck(policy, seed)
        self._shown: Counter[str] = Counter()
        self._ordinary: dict[tuple[str, _Card], bool] = {}

    def make(
        self,
        person: Person,
        *,
        status: str | None = None,
        codes: frozenset[str] = NOTHING_SAID,
        asks: Collection[tuple[str, ...]] = (),
        fits: Fits = lambda filing: True,
        show: str | None = None,
    ) -> StudentFiling | None:
        """Deal a filing to *person*, or None where no card of the deck suits them.

        *codes* are the findings that the policy has about its requests, exactly; *asks*
        the fields together that will do, any if there are none; *status* files the person
        among others than their own.  Where *show* is one of several documents that serve,
        it is the one.
        """
        status = status or person.status
        if not self._can_be_numbered(person, status):
            return None
        for place, card in enumerate(self._deck):
            if asks and card.fields not in asks:
                continue
            if not codes and not self._is_ordinary(card, status):
                continue
            filing = self._filing(card, person, status, show)
            if filing and fits(filing) and self._said_of(filing) == codes:
                self._deck.append(self._deck.pop(place))
                self._shown.update(filing.kinds)
                return filing
        return None

    def _is_ordinary(self, card: _Card, status: str) -> bool:
        """Tell whether the policy may take the card's requests without a word."""
        key = (status, card)
        if key not in self._ordinary:
            standings = (
                cell(self._policy, status, field, card.reason, None).standing
                for field in card.fields
            )
            self._ordinary[key] = all(
                standing in (Standing.ORDINARY, Standing.DEADLINE) for standing in standings
            )
        return self._ordinary[key]

    def _can_be_numbered(self, person: Person, status: str) -> bool:
        if status not in self._policy.statuses:
            return False
        key = self._policy.key_of(status)
        return key.pattern.is_valid(getattr(person, key.id, ""))

    def _filing(
        self, card: _Card, person: Person, status: str, show: str | None
    ) -> StudentFiling | None:
        recorded = person
        for field in card.fields:
            recorded = as_recorded(recorded, field, self._seed)
        number = getattr(person, self._policy.key_of(status).id)
        requests = tuple(
            CorrectionRequest(
                number=number,
                name=recorded.name,
                status=status,
                field=field,
                old=told(recorded, field),
                new=told(person, field),
                reason=card.reason,
            )
            for field in card.fields
        )
        requirements = tuple(self._requirement(request) for request in requests)
        kinds = self._kinds(requirements, show)
        if kinds is None:
            return None
        return StudentFiling(status, person, recorded, requests, requirements, kinds)

    def _requirement(self, request: CorrectionRequest) -> Requirement:
        policy = self._policy
        kind = policy.vocabulary.fields[request.field].value
        key = read_value(kind, request.new).key if kind is ValueType.EDUCATION else None
        status = policy.statuses[request.status].judged_as
        return policy.requirement(status, request.field, request.reason, int(key) if key else None)

    def _kinds(
        self, requirements: tuple[Requirement, ...], show: str | None
    ) -> tuple[str, ...] | None:
        """Choose the documents, or None where one is needed that nobody can draw."""
        kinds = dict.fromkeys(kind for need in requirements for kind, _ in need.all_of)
        for need in requirements:
            if need.one_of and not kinds.keys() & set(need.one_of):
                drawable = [kind for kind in need.one_of if kind in KINDS]
                if not drawable:
                    return None
                least = min(drawable, key=self._shown.__getitem__)
                kinds[show if show in drawable else least] = None
        return tuple(kinds) if kinds and kinds.keys() <= set(KINDS) else None

    def _said_of(self, filing: StudentFiling) -> frozenset[str]:
        found = check_student(filing.requests, self._policy, self._on)
        return frozenset(finding.code for finding in found)


def told(person: Person, field: str) -> str:
    """Return a value of *person* as tables write it."""
    value = getattr(person, field)
    return value.isoformat() if isinstance(value, date) else str(value)


def _deck(policy: Policy, seed: int) -> list[_Card]:
    reasons = list(policy.vocabulary.reasons)
    if not policy.package.mixed_reasons:
        reasons = reasons[:1]
    deck = [_Card(fields, reason) for (fields, reason) in _cards(policy, reasons)]
    random.Random(f"filings/{seed}").shuffle(deck)  # noqa: S311 - a mix, no secrets
    return deck


def _cards(policy: Policy, reasons: list[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    known = set(policy.vocabulary.fields) & set(FIELDS)
    for (fields, times), reason in product(_TOGETHER, reasons):
        if known.issuperset(fields):
            for _ in range(times):
                yield fields, reason
