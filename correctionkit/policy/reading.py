"""Reading of policy and overlay files into their rows, strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from correctionkit import catalog
from correctionkit.policy import cross_checks
from correctionkit.policy.bounds import TableBounds
from correctionkit.policy.chains import read_kinds
from correctionkit.policy.layout_rows import (
    COLUMN_IDS,
    read_columns,
    read_numbers,
    read_package,
    read_package_bounds,
    read_report,
    read_scan_bounds,
    read_semesters,
    read_statuses,
)
from correctionkit.policy.mistakes import Mistake, PolicyInvalid
from correctionkit.policy.model import Heading, Overlay, Policy
from correctionkit.policy.rows import Clause
from correctionkit.policy.rule_rows import RuleReader, read_in_force
from correctionkit.policy.toml_file import read_toml
from correctionkit.policy.toml_rows import Row
from correctionkit.policy.vocabulary import Vocabulary, read_vocabulary
from correctionkit.terms import Words

POLICY_SCHEMA = "correctionkit/policy/1"
OVERLAY_SCHEMA = "correctionkit/overlay/1"


_AN_ID = Words(
    "made of small letters, digits and single hyphens", "由小写字母、数字和单个连字符组成的 id"
)
_SCHEMA_FAULTS = {
    POLICY_SCHEMA: Words(
        "this is a policy, not an overlay: name it with --policy",
        "这是规则包，不是附加规则，请用 --policy 指定",
    ),
    OVERLAY_SCHEMA: Words(
        "this is an overlay, not a policy: name it with --overlay",
        "这是附加规则，不是规则包，请用 --overlay 指定",
    ),
}


def read_policy(path: Path, name: str, shared: Vocabulary) -> Policy:
    """Read a policy file, or raise :exc:`PolicyInvalid` with all its mistakes."""
    return policy_of(read_toml(path, name), name, shared)


def read_overlay(path: Path, name: str, base: Policy) -> Overlay:
    """Read an overlay file for *base*, or raise :exc:`PolicyInvalid` with all its mistakes."""
    return overlay_of(read_toml(path, name), name, base)


def policy_of(content: dict[str, Any], name: str, shared: Vocabulary) -> Policy:
    """Make a policy of the content of a file; *name* stands for the file in mistakes.

    Raises :exc:`PolicyInvalid`.  The rows are held against each other only once each of
    them is sound: what would follow from a mistake is none of its own.
    """
    top = Row(content, name)
    _schema(top, POLICY_SCHEMA)
    heading = _heading(top)
    vocabulary = shared.joined_with(read_vocabulary(top))
    clauses = _clauses(top)
    numbers = read_numbers(top, clauses)
    statuses = read_statuses(top, numbers)
    terms = RuleReader(vocabulary, clauses, statuses)
    table = top.row("table")
    policy = Policy(
        heading=heading,
        overlays=(),
        vocabulary=vocabulary,
        clauses=clauses,
        statuses=statuses,
        numbers=numbers,
        columns=read_columns(top, "column", COLUMN_IDS),
        roll_columns=read_columns(top, "roll_column", None),
        semesters=read_semesters(top),
        acceptances=tuple(terms.acceptance(row) for row in top.rows("accept", optional=False)),
        limits=tuple(terms.limit(row) for row in top.rows("limit")),
        evidence=tuple(terms.evidence(row) for row in top.rows("evidence", optional=False)),
        package=read_package(top.row("package")),
        package_bounds=read_package_bounds(top.row("package")),
        scan_bounds=read_scan_bounds(top.row("scan")),
        table_bounds=TableBounds(
            max_rows=table.integer("max_rows", least=1),
            max_columns=table.integer("max_columns", least=1),
            max_cell_characters=table.integer("max_cell_characters", least=1),
        ),
        name_characters=table.integer("name_characters", least=50),
        reports=tuple(read_report(row) for row in top.rows("report_kind")),
        kinds=read_kinds(top, vocabulary, clauses),
    )
    table.done()
    top.done()
    _raise_for(top.mistakes)
    _raise_for(cross_checks.of_policy(policy, name))
    return policy


def overlay_of(content: dict[str, Any], name: str, base: Policy) -> Overlay:
    """Make an overlay of the content of a file, read for *base*; as :func:`policy_of`."""
    top = Row(content, name)
    _schema(top, OVERLAY_SCHEMA)
    heading = _heading(top)
    vocabulary = read_vocabulary(top)
    clauses = _clauses(top)
    terms = RuleReader(
        base.vocabulary.joined_with(vocabulary), {**base.clauses, **clauses}, base.statuses
    )
    overlay = Overlay(
        heading=heading,
        vocabulary=vocabulary,
        clauses=clauses,
        limits=tuple(terms.limit(row) for row in top.rows("limit")),
        evidence=tuple(terms.evidence(row) for row in top.rows("evidence")),
    )
    if top.rows("kind"):
        top.wrong(
            "kind",
            "kinds and their chains are the policy's: an overlay cannot change them",
            "申请种类及其流程由规则包规定，附加规则不能更改",
        )
    top.done()
    _raise_for(top.mistakes)
    _raise_for(cross_checks.of_overlay(overlay, base, name))
    return overlay


def schema_of(path: Path, name: str) -> str:
    """Return the schema that a file names."""
    schema = read_toml(path, name).get("schema")
    return schema if isinstance(schema, str) else ""


def _schema(top: Row, expected: str) -> None:
    """Stop where the file is of another schema: every other mistake would come of that."""
    found = top.choice("schema", (POLICY_SCHEMA, OVERLAY_SCHEMA))
    if not top.mistakes and found != expected:
        fault = _SCHEMA_FAULTS[found]
        top.wrong("schema", fault.en, fault.zh)
    _raise_for(top.mistakes)


def _raise_for(mistakes: Iterable[Mistake]) -> None:
    found = tuple(mistakes)
    if found:
        raise PolicyInvalid(found)


def _heading(top: Row) -> Heading:
    institution = top.row("institution")
    heading = Heading(
        id=top.parsed("id", _plain_id, "", _AN_ID),
        version=top.text("version"),
        title=top.words("title"),
        institution=Words(institution.text("en"), institution.text("zh")),
        institution_id=institution.text("id"),
        source=top.words("source"),
        note=top.words("note") if top.has("note") else None,
        in_force=read_in_force(top, optional=False),
    )
    institution.done()
    return heading


def _plain_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError(text)
    return text


def _clauses(top: Row) -> Mapping[str, Clause]:
    clauses: dict[str, Clause] = {}
    resting: dict[str, str] = {}
    for row in top.rows("clause"):
        clause = Clause(
            row.text("id"),
            Words(row.text("en"), row.text("zh")),
            row.choices("codes", catalog.BY_CODE, optional=True),
            row.boolean("ours"),
        )
        if clause.id in clauses:
            row.wrong("id", f"{clause.id!r} stands twice", f"“{clause.id}”重复")
        for code in clause.codes:
            if code in resting:
                row.wrong(
                    "codes",
                    f"{code!r} rests on clause {resting[code]!r} already",
                    f"“{code}”已归于条款“{resting[code]}”",
                )
            resting[code] = clause.id
        clauses[clause.id] = clause
        row.done()
    return MappingProxyType(clauses)
