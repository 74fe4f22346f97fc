"""The multi-picture format (CIPA DC-007): how many pictures one JPEG file says it holds."""

from __future__ import annotations

import struct

_NUMBER_OF_IMAGES = 0xB001
_MAX_PICTURES = 32


def count(block: bytes) -> int:
    """Return the number of pictures that an index block states, 1 where it is unreadable."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 10:
        return 1
    (offset,) = struct.unpack_from(order + "I", block, 4)
    if offset + 2 > len(block):
        return 1
    (entries,) = struct.unpack_from(order + "H", block, offset)
    for at in range(offset + 2, min(offset + 2 + 12 * entries, len(block) - 11), 12):
        tag, kind, _, value = struct.unpack_from(order + "HHII", block, at)
        if tag == _NUMBER_OF_IMAGES and kind == 4:
            return max(1, min(int(value), _MAX_PICTURES))
    return 1
