"""Archives told by name and by first bytes: a package holds none, and may be none but a ZIP."""

from __future__ import annotations

# fmt: off
_ENDINGS = frozenset({
    "zip", "zipx", "rar", "7z", "tar", "gz", "tgz", "bz2", "tbz", "tbz2", "xz", "txz", "lzma",
    "zst", "cab", "iso", "lzh", "lha", "arj", "ace", "jar", "z",
})
# Workbooks and letters are ZIPs by content, whatever the ending they were given; they have
# readers of their own.
_OFFICE_ENDINGS = frozenset({
    "xlsx", "xlsm", "xlsb", "xltx", "xls", "csv", "et", "docx", "docm", "doc", "wps", "pptx",
    "ods", "odt", "ofd",
})
# fmt: on

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
_TAR_MARK_AT = 257


def archive_kind(head: bytes) -> str | None:
    """Name the archive format that *head* begins: zip, rar, 7z or other; None for none."""
    if head.startswith(_ZIP_STARTS):
        return "zip"
    if head.startswith(b"Rar!\x1a\x07"):
        return "rar"
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    starts = (b"\x1f\x8b\x08", b"\xfd7zXZ\x00", b"MSCF\x00\x00\x00\x00", b"\x28\xb5\x2f\xfd")
    is_bzip2 = head.startswith(b"BZh") and head[4:10] == b"1AY&SY"
    is_tar = head[_TAR_MARK_AT : _TAR_MARK_AT + 5] == b"ustar"
    is_lzh = head[2:5] == b"-lh" and head[6:7] == b"-"
    return "other" if head.startswith(starts) or is_bzip2 or is_tar or is_lzh else None


def is_archive_name(name: str) -> bool:
    """Tell by the ending of a file's name."""
    return _ending(name) in _ENDINGS


def is_archive(name: str, head: bytes) -> bool:
    """Tell by a file's first bytes; an Office file may be a ZIP."""
    kind = archive_kind(head)
    return kind is not None and not (kind == "zip" and _ending(name) in _OFFICE_ENDINGS)


def _ending(name: str) -> str:
    stem, dot, ending = name.rstrip(" .").rpartition(".")
    return ending.casefold() if stem and dot else ""
