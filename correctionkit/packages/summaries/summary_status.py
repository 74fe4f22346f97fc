"""Which students a summary table is about: told by file name, sheet name or title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from correctionkit.packages.tables.cells import Row
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Status
from correctionkit.readings import matching_key


def tell_status(
    policy: Policy, file_name: str, sheet_name: str, title_rows: Iterable[Row]
) -> Status | None:
    """Return the status that a sheet's requests have, or None where nothing tells.

    附表N in the file name wins, then a status's word in file name, sheet name, title; a text
    that names several statuses tells nothing.
    """
    title = " ".join(text for row in title_rows for text in row.texts if text)
    for text, tables_only in (
        (file_name, True),
        (file_name, False),
        (sheet_name, True),
        (sheet_name, False),
        (title, True),
        (title, False),
    ):
        key = matching_key(text)
        found = {
            status.id: status
            for status in policy.statuses.values()
            if _names(key, status, tables_only)
        }
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _names(key: str, status: Status, tables_only: bool) -> bool:
    if tables_only:
        return bool(re.search(re.escape(matching_key(status.table)) + r"(?!\d)", key))
    return any(matching_key(word) in key for word in (status.label.zh, *status.aliases))
