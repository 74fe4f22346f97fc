"""The shelf of policies: those shipped, and files of the user's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from correctionkit.policy.mistakes import PolicyInvalid, shown
from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.reading import (
    OVERLAY_SCHEMA,
    read_overlay,
    read_policy,
    schema_of,
)
from correctionkit.policy.toml_file import read_toml
from correctionkit.policy.toml_rows import Row
from correctionkit.policy.vocabulary import Vocabulary, read_vocabulary
from correctionkit.terms import Words

_DATA = files("correctionkit.policy") / "data"


class PolicyUnknown(LookupError):
    """No policy or overlay of that id is shipped, and the name is not that of a TOML file.

    *misplaced*: it is the id of an overlay where a policy is asked for, or the other way round.
    """

    def __init__(self, name: str, known: Sequence[str], *, misplaced: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.known = tuple(known)
        self.misplaced = misplaced

    def words(self) -> Words:
        """Say what was asked for and what there is, on one line."""
        name, known = shown(self.name), ", ".join(self.known)
        if self.misplaced and self.name in overlay_ids():
            return Words(
                f"“{name}” is an overlay, not a policy: name it with --overlay",
                f"“{name}”是附加规则，不是规则包，请用 --overlay 指定",
            )
        if self.misplaced:
            return Words(
                f"“{name}” is a policy, not an overlay: name it with --policy",
                f"“{name}”是规则包，不是附加规则，请用 --policy 指定",
            )
        return Words(
            f"“{name}” is neither a TOML file nor one of: {known}",
            f"“{name}”不是 TOML 文件，也不在可选值中：{known}",
        )


def default_policy_id() -> str:
    """Return the id of the policy that judges where none is named."""
    return str(_index()["default"])


def policy_ids() -> tuple[str, ...]:
    """Return the ids of the shipped policies, in the order of lists."""
    return tuple(_index()["policies"])


def overlay_ids() -> tuple[str, ...]:
    """Return the ids of the shipped overlays, in the order of lists."""
    return tuple(_index()["overlays"])


def find_policy(name: str, overlays: Sequence[str] = ()) -> Policy:
    """Return the policy of an id or a TOML file, narrowed by *overlays* in order.

    An overlay that is named twice narrows once.

    Raises :exc:`PolicyUnknown`, or :exc:`PolicyInvalid` for a file with mistakes.
    """
    policy = _read(name, policy_ids()) if name in policy_ids() else _own_policy(name)
    for each in dict.fromkeys(overlays):
        policy = policy.narrowed_by(find_overlay(each, policy))
    return policy


def find_overlay(name: str, base: Policy) -> Overlay:
    """Return the overlay of an id or a TOML file, read for *base*.

    Raises :exc:`PolicyUnknown`, or :exc:`PolicyInvalid` for a file with mistakes.
    """
    if name in overlay_ids():
        with as_file(_DATA / f"{name}.toml") as path:
            return read_overlay(path, path.name, base)
    path = _own_file(name, overlay_ids(), policy_ids())
    return read_overlay(path, path.name, base)


def validate_file(path: Path) -> Policy | Overlay:
    """Read a policy or overlay file; an overlay is read for the default policy.

    Raises :exc:`PolicyInvalid` with all its mistakes.
    """
    if schema_of(path, path.name) == OVERLAY_SCHEMA:
        return read_overlay(path, path.name, find_policy(default_policy_id()))
    return read_policy(path, path.name, shared_vocabulary())


def is_overlay_file(path: Path) -> bool:
    """Tell whether a file calls itself an overlay; False where it cannot be read."""
    try:
        return schema_of(path, path.name) == OVERLAY_SCHEMA
    except PolicyInvalid:
        return False


@cache
def shared_vocabulary() -> Vocabulary:
    """Return the words that all policies share."""
    with as_file(_DATA / "vocabulary.toml") as path:
        top = Row(read_toml(path, path.name), path.name)
        vocabulary = read_vocabulary(top)
        top.done()
        if top.mistakes:
            raise PolicyInvalid(top.mistakes)
        return vocabulary


@cache
def _index() -> dict[str, str | list[str]]:
    with as_file(_DATA / "index.toml") as path:
        return read_toml(path, path.name)


@cache
def _read(name: str, known: tuple[str, ...]) -> Policy:
    with as_file(_DATA / f"{name}.toml") as path:
        return read_policy(path, path.name, shared_vocabulary())


def _own_policy(name: str) -> Policy:
    path = _own_file(name, policy_ids(), overlay_ids())
    return read_policy(path, path.name, shared_vocabulary())


def _own_file(name: str, known: Sequence[str], others: Sequence[str]) -> Path:
    path = Path(name)
    if path.suffix.lower() != ".toml":
        raise PolicyUnknown(name, known, misplaced=name in others)
    return path
