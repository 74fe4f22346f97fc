"""Names of files as people sent them, fit to be written down."""

import re

_LONGEST = 200
# Half characters and NUL fit no database; the rest of these would break a line.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def plain_name(name):
    """Return a sent file name as it is kept: without folders, and fit to be written down."""
    last = re.split(r"[/\\]", name or "")[-1]
    text = _UNWRITABLE.sub("\ufffd", last).strip() or "\ufffd"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 20] + "…" + text[-19:]
