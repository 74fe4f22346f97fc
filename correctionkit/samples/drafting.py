"""From what a student asks for to rows and folder, as a careful clerk would make them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from correctionkit.packages.filings.evidence_names import EvidenceStems
from correctionkit.policy.model import Policy
from correctionkit.samples.drafts import Drawn, FileDraft, RowDraft, StudentDraft
from correctionkit.samples.filings import StudentFiling

# How often a folder bears the new name, a document goes by another of its names, and a
# household register has a second page: one in so many.
_NEW_NAME, _OTHER_STEM, _SECOND_PAGE = 4, 5, 4
_HAS_PAGES = "household_register"
_NEXT_PAGE = 1_000_003


class Drafter:
    """Makes drafts by one policy.  *scans_each* asks for that many scans of every student."""

    def __init__(self, policy: Policy, seed: int, scans_each: int | None) -> None:
        self._policy = policy
        self._seed = seed
        self._scans_each = scans_each
        read = EvidenceStems(policy.vocabulary.kinds.values()).read
        self._stems = {
            kind.id: tuple(
                alias
                for alias in kind.aliases
                if (says := read(alias)).kind == kind.id and not says.side
            )
            for kind in policy.vocabulary.kinds.values()
        }

    def draft(self, filing: StudentFiling) -> StudentDraft:
        """Write rows and folder of one student."""
        number = filing.requests[0].number
        rng = random.Random(f"draft/{self._seed}/{number}")  # noqa: S311 - a mix, no secrets
        bearer = filing.recorded if rng.randrange(_NEW_NAME) else filing.person
        return StudentDraft(
            filing=filing,
            folder=f"{number}{bearer.name}",
            rows=list(self._rows(filing)),
            files=dict(self._files(filing, rng)),
            in_roll=filing.recorded,
        )

    def _rows(self, filing: StudentFiling) -> Iterator[RowDraft]:
        words = self._policy.vocabulary
        for request in filing.requests:
            yield RowDraft(
                {
                    "branch": filing.person.branch,
                    "centre": filing.person.centre,
                    "number": request.number,
                    "name": request.name,
                    "field": words.fields[request.field].label.zh,
                    "old": request.old,
                    "new": request.new,
                    "reason": words.reasons[request.reason].label.zh,
                }
            )

    def _files(self, filing: StudentFiling, rng: random.Random) -> Iterator[tuple[str, FileDraft]]:
        for kind, pages in zip(filing.kinds, self._pages(filing.kinds, rng), strict=True):
            others = self._stems[kind]
            label = self._policy.vocabulary.kinds[kind].label.zh
            stem = label if rng.randrange(_OTHER_STEM) or not others else rng.choice(others)
            for page in range(pages):
                name = f"{stem}{page + 1}.jpg" if pages > 1 else f"{stem}.jpg"
                seed = self._seed + page * _NEXT_PAGE
                yield name, FileDraft(kind, Drawn(kind, filing.person, filing.recorded, seed))

    def _pages(self, kinds: Sequence[str], rng: random.Random) -> list[int]:
        if self._scans_each is not None:
            return [1] * (len(kinds) - 1) + [1 + self._scans_each - len(kinds)]
        return [
            2 if kind == _HAS_PAGES and not rng.randrange(_SECOND_PAGE) else 1 for kind in kinds
        ]
