"""What an identity number says, whichever kind it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from correctionkit.masking import mask_number


class IdentityKind(StrEnum):
    """The kinds of identity numbers, told by their shape."""

    RESIDENT = "resident-id"
    RESIDENT_15 = "resident-id-15"
    RESIDENCE_PERMIT = "residence-permit"
    FOREIGN_PERMIT = "foreign-permit"
    FOREIGN_PERMIT_15 = "foreign-permit-15"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid identity number, taken apart.

    *area* is the six-digit code of first issue, *gender* a code of GB/T 2261.1; each is
    None where this kind of number does not say it.
    """

    kind: IdentityKind
    number: str
    area: str | None
    birth_date: date | None
    gender: str | None

    @property
    def masked(self) -> str:
        """The number as it may be shown: without the birth date."""
        return mask_number(self.number)
