"""Students of a made-up package dealt out: sound ones, and ones with faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import islice

from correctionkit.samples import misscanned, scan_faults
from correctionkit.samples.drafting import Drafter
from correctionkit.samples.drafts import StudentDraft
from correctionkit.samples.fault import Fault, all_hold, studying
from correctionkit.samples.faults import FAULTS
from correctionkit.samples.filings import Filings, Fits, StudentFiling
from correctionkit.samples.people import Person

# Of ten students so many have a fault.
_FAULTY_OF_TEN = 6
# A pair with one picture for each so many students, from so many students on.
_PAIR_FOR, _PAIR_FROM = 25, 5
# How many people are asked whether a fault befalls them, or two of them, and how many
# others are tried beside it, before it is given up.
_ASKED, _ASKED_OF_TWO, _TRIED_BESIDE = 40, 8, 6


class NobodyLeft(ValueError):
    """No filing of anybody that is left is one that the policy plainly takes."""


class Crowd:
    """People to make students of, each once."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = list(people)

    def take(
        self,
        make: Callable[[Person], StudentFiling | None],
        befalls: Callable[[Person], bool] = studying,
        asked: int | None = None,
    ) -> StudentFiling | None:
        """Return the filing of the first of *befalls* that *make* makes one for.

        Gives up after so many people as *asked* says.
        """
        tried = 0
        for place, person in enumerate(self._people):
            if not befalls(person):
                continue
            if filing := make(person):
                del self._people[place]
                return filing
            tried += 1
            if tried == asked:
                break
        return None


class Dealer:
    """Deals filings to a crowd: sound ones, and ones with faults, each fault in its turn."""

    def __init__(self, filings: Filings, crowd: Crowd, drafter: Drafter, fits: Fits) -> None:
        self._filings = filings
        self._crowd = crowd
        self._drafter = drafter
        self._fits = fits
        self._possible = list(FAULTS)
        self._queue: list[Fault] = []

    def sound(self) -> StudentDraft:
        """Make a student about whom nothing is to be said.

        Raises :exc:`NobodyLeft` where the policy takes no such filing of anybody.
        """
        filing = self._crowd.take(lambda person: self._filings.make(person, fits=self._fits))
        if filing is None:
            raise NobodyLeft
        return self._drafter.draft(filing)

    def faulty(self, students: int) -> Iterator[StudentDraft]:
        """Yield those of so many students that have faults."""
        count = students * _FAULTY_OF_TEN // 10
        pairs = max(1, students // _PAIR_FOR) if students >= _PAIR_FROM else 0
        for pair in range(pairs):
            for draft in self._pair(saved_anew=bool(pair % 2)):
                yield draft
                count -= 1
        for _ in range(count):
            yield self._next() or self.sound()

    def _next(self) -> StudentDraft | None:
        """Make a student with the next fault that can be had, and one that goes with it."""
        while self._possible:
            if not self._queue:
                self._queue = list(self._possible)
                self._possible = [fault for fault in self._possible if not fault.once]
            first = self._queue.pop(0)
            for second in tuple(islice(self._beside(first), _TRIED_BESIDE)):
                if draft := self._draft(first, second):
                    self._queue.remove(second)
                    return draft
            if draft := self._draft(first):
                return draft
            self._possible = [fault for fault in self._possible if fault is not first]
        return None

    def _beside(self, first: Fault) -> Iterator[Fault]:
        for fault in self._queue:
            if fault.part is not first.part and not fault.alone and not first.alone:
                yield fault

    def _draft(self, *faults: Fault) -> StudentDraft | None:
        """Make a student with these faults; what is wrong with the folder goes before its files."""
        in_order = sorted(faults, key=lambda fault: fault.part)
        filing = self._crowd.take(
            lambda person: self._filings.make(
                reduce(lambda altered, fault: fault.alters(altered), in_order, person),
                status=next((fault.status for fault in in_order if fault.status), None),
                codes=frozenset().union(*(fault.codes for fault in in_order)),
                # Only the paper's faults ask for fields.
                asks=in_order[0].asks,
                fits=all_hold(self._fits, *(fault.fits for fault in in_order)),
            ),
            # The faults of scans befall anybody whom those of the paper do.
            in_order[0].befalls,
            _ASKED if len(faults) == 1 else _ASKED_OF_TWO,
        )
        if filing is None:
            return None
        draft = self._drafter.draft(filing)
        for fault in in_order:
            fault.spoil(draft)
        return draft

    def _pair(self, *, saved_anew: bool) -> tuple[StudentDraft, ...]:
        """Make two students of whom one shows a document of the other as their own."""
        lender = self._crowd.take(
            lambda person: self._filings.make(
                person, fits=all_hold(self._fits, scan_faults.has_document)
            )
        )
        if lender is None:
            return ()
        lent = self._drafter.draft(lender)
        kind = lent.files[scan_faults.document(lent)].kind
        borrower = self._crowd.take(
            lambda person: self._filings.make(
                person, fits=all_hold(self._fits, lambda filing: kind in filing.kinds), show=kind
            ),
            asked=_ASKED,
        )
        if borrower is None:
            return (lent,)
        borrowed = self._drafter.draft(borrower)
        theirs, ours = scan_faults.document(lent), borrowed.pages(kind or "")[0]
        content = scan_faults.drawn(lent, theirs)
        if saved_anew:
            content = replace(content, save=misscanned.resaved)
        borrowed.files[ours].content = content
        lent.mark("evidence-reused", file=theirs)
        borrowed.mark("evidence-reused", file=ours)
        return lent, borrowed
