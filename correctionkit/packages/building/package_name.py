"""The name of a package and the subject of its mail: one template of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from correctionkit.packages.writer.writing import name_fault
from correctionkit.policy.model import Policy
from correctionkit.readings import matching_key
from correctionkit.terms import Words


class OrderMistaken(ValueError):
    """A package was asked for in a way that cannot be; *words* say why, on one line."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def package_subject(
    policy: Policy,
    *,
    unit: str,
    batch: int,
    students: int,
    on: date,
    reasons: Sequence[str],
    platform: str | None,
) -> str:
    """Fill the policy's subject; *reasons* are ids.

    Raises :exc:`OrderMistaken` where the unit's name makes it a name that no folder can have.
    """
    terms = policy.vocabulary.reasons
    parts = {
        "unit": " ".join(unit.split()),
        "platform": platform or "",
        "reason": "、".join(terms[reason].label.zh for reason in reasons),
        "batch": str(batch),
        "students": str(students),
        "date": f"{on:%Y%m%d}",
    }
    subject = policy.package.subject.format_map(parts).strip()
    if name_fault(subject):
        raise OrderMistaken(
            Words(
                f"“{subject}” cannot name a folder: give another --unit.",
                f"“{subject}”不能用作文件夹名，请修改 --unit。",
            )
        )
    return subject


def check_platform(policy: Policy, platform: str | None) -> None:
    """Raise :exc:`OrderMistaken` unless *platform* is what the policy's subject needs."""
    known = policy.package.platforms
    if not known or platform in known:
        return
    listed = ", ".join(known)
    if platform is None:
        raise OrderMistaken(
            Words(
                f"The policy names packages by platform: give --platform, one of {listed}.",
                f"该规则包按平台命名材料包，请用 --platform 指定：{listed}。",
            )
        )
    raise OrderMistaken(
        Words(
            f"“{platform}” is no platform of the policy; there are {listed}.",
            f"“{platform}”不是规则包中的平台，可选：{listed}。",
        )
    )


def find_reason(policy: Policy, name: str) -> str:
    """Return the id of a reason by any of its spellings, or raise :exc:`OrderMistaken`."""
    for reason in policy.vocabulary.reasons.values():
        if matching_key(name) in map(matching_key, reason.spellings()):
            return reason.id
    listed = ", ".join(policy.vocabulary.reasons)
    raise OrderMistaken(
        Words(
            f"“{name}” is no reason of the policy; there are {listed}.",
            f"“{name}”不是规则包中的更正原因，可选：{listed}。",
        )
    )
