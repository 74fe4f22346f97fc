"""What a ZIP entry is besides a file: a folder, a link, a device; by the marks of its maker."""

from __future__ import annotations

import stat

from correctionkit.packages.reader.entry_names import extra_fields
from correctionkit.packages.reader.zip_directory import Member

_UNIX_MAKERS = (3, 19)  # Unix, macOS
_WINDOWS_MAKERS = (0, 10, 11, 14)  # FAT, NTFS, MVS as 7-Zip's NTFS, VFAT
_DOS_FOLDER = 0x10
_DOS_REPARSE_POINT = 0x400
_PKWARE_UNIX = 0x000D
_ASI_UNIX = 0x756E
# Times, user and group; what follows is a link's target or a device's numbers.
_PKWARE_UNIX_FIXED = 12
# Not every maker says what kind of file it is.
_PLAIN = frozenset({0, stat.S_IFREG, stat.S_IFDIR})


def is_folder(member: Member, name: str) -> bool:
    """Whether the entry stands for a folder; one with content never does without a slash."""
    if name.endswith("/"):
        return True
    mode = _unix_mode(member)
    marked = stat.S_ISDIR(mode) if mode else bool(member.attributes & _DOS_FOLDER)
    return marked and member.size == 0


def kind_fault(member: Member, name: str) -> str | None:
    """Say as a code why the entry is neither a plain file nor a plain folder."""
    fields = dict(extra_fields(member.extra)) if member.extra else {}
    kinds = {stat.S_IFMT(_unix_mode(member)), stat.S_IFMT(_asi_mode(fields))}
    if stat.S_IFLNK in kinds or len(fields.get(_PKWARE_UNIX, b"")) > _PKWARE_UNIX_FIXED:
        return "link"
    if member.made_by in _WINDOWS_MAKERS and member.attributes & _DOS_REPARSE_POINT:
        return "link"
    if kinds - _PLAIN:
        return "device"
    if member.size and name.endswith("/"):
        return "folder-with-content"
    return None


def _unix_mode(member: Member) -> int:
    mode = member.attributes >> 16
    # Other makers use the upper half as they like; a link is believed from anyone.
    return mode if member.made_by in _UNIX_MAKERS or stat.S_ISLNK(mode) else 0


def _asi_mode(fields: dict[int, bytes]) -> int:
    return int.from_bytes(fields.get(_ASI_UNIX, b"")[4:6], "little")
