"""Packages that go out, and packages that come in."""

from backoffice.packages.models.incoming import (
    IncomingChoice,
    IncomingPackage,
    IncomingState,
    IncomingStudent,
)
from backoffice.packages.models.outgoing import (
    OutgoingLine,
    OutgoingPackage,
    OutgoingPart,
    PackageAddress,
    PackageState,
    PartState,
)

__all__ = [
    "IncomingChoice",
    "IncomingPackage",
    "IncomingState",
    "IncomingStudent",
    "OutgoingLine",
    "OutgoingPackage",
    "OutgoingPart",
    "PackageAddress",
    "PackageState",
    "PartState",
]
