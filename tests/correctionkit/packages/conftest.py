"""ZIPs written field by field, so that one field at a time can be made to lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from correctionkit.packages.reader.tree import Package, open_package
from correctionkit.policy.bounds import PackageBounds

MIB = 1 << 20
# fmt: off
CENTRAL_FIELDS = (
    "mark", "made_by", "needed", "flags", "method", "time", "date", "crc", "packed", "size",
    "name_size", "extra_size", "comment_size", "disk", "internal", "attributes", "header_at",
)
LOCAL_FIELDS = (
    "mark", "needed", "flags", "method", "time", "date", "crc", "packed", "size", "name_size",
    "extra_size",
)
END_FIELDS = (
    "mark", "disk", "first_disk", "here", "entries", "directory_size", "directory_at",
    "comment_size",
)
# fmt: on


@dataclass(frozen=True)
class Part:
    """One sound entry; *central* and *local* replace single fields of either header."""

    name: bytes
    content: bytes = b"content"
    method: int = 8
    flags: int = 0x800
    made_by: int = 0
    attributes: int = 0
    extra: bytes = b""
    local_extra: bytes | None = None
    local_name: bytes | None = None
    packed: bytes | None = None
    gap: bytes = b""
    after: bytes = b""
    central: Mapping[str, Any] = field(default_factory=dict)
    local: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> Part:
        return replace(self, **changes)

    @property
    def bytes_packed(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.content) if self.method == 8 else self.content


def deflated(content: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflater.compress(content) + deflater.flush()


class ZipBuilder:
    def part(self, name: str | bytes = "1335001209114张三/身份证.jpg", **changes: Any) -> Part:
        raw = name.encode() if isinstance(name, str) else name
        return Part(raw).but(**changes)

    def build(
        self, *parts: Part | str, prefix: bytes = b"", comment: bytes = b"", **end: Any
    ) -> bytes:
        zipped = prefix
        central = b""
        whole = [self.part(each) if isinstance(each, str) else each for each in parts]
        for each in whole:
            zipped += each.gap
            header_at = len(zipped)
            packed = each.bytes_packed
            fields = {
                "needed": 20, "flags": each.flags, "method": each.method, "time": 0, "date": 33,
                "crc": zlib.crc32(each.content), "packed": len(packed), "size": len(each.content),
                "name_size": len(each.name), "extra_size": len(each.extra),
            }  # fmt: skip
            local_name = each.name if each.local_name is None else each.local_name
            local_extra = each.extra if each.local_extra is None else each.local_extra
            sizes = {"name_size": len(local_name), "extra_size": len(local_extra)}
            local = {"mark": b"PK\x03\x04", **fields, **sizes, **each.local}
            zipped += struct.pack("<4s5H3L2H", *(local[key] for key in LOCAL_FIELDS))
            zipped += local_name + local_extra + packed + each.after
            record = {
                "mark": b"PK\x01\x02", "made_by": each.made_by << 8 | 20, **fields,
                "comment_size": 0, "disk": 0, "internal": 0, "attributes": each.attributes,
                "header_at": header_at, **each.central,
            }  # fmt: skip
            central += struct.pack("<4s6H3L5H2L", *(record[key] for key in CENTRAL_FIELDS))
            central += each.name + each.extra
        last = {
            "mark": b"PK\x05\x06", "disk": 0, "first_disk": 0, "here": len(whole),
            "entries": len(whole), "directory_size": len(central), "directory_at": len(zipped),
            "comment_size": len(comment), **end,
        }  # fmt: skip
        packed_end = struct.pack("<4s4H2LH", *(last[key] for key in END_FIELDS))
        return zipped + central + packed_end + comment

    def build_64(self, *parts: Part | str, short: Mapping[str, Any] | None = None,
                 gap: bytes = b"", disks: int = 1, **long: Any) -> bytes:  # fmt: skip
        """The same with a zip64 end; *short* replaces fields of the ordinary end."""
        plain = self.build(*parts)
        body, end = plain[:-22], struct.unpack("<4s4H2LH", plain[-22:])
        values = dict(zip(END_FIELDS, end, strict=True))
        record = {
            "mark": b"PK\x06\x06", "length": 44, "made_by": 45, "needed": 45,
            **{key: values[key] for key in END_FIELDS[1:7]}, **long,
        }  # fmt: skip
        full = {"here": 0xFFFF, "entries": 0xFFFF, "directory_size": 0xFFFFFFFF,
                "directory_at": 0xFFFFFFFF}  # fmt: skip
        values.update(full if short is None else short)
        return (
            body
            + struct.pack("<4sQ2H2L4Q", *record.values())
            + gap
            + struct.pack("<4sLQL", b"PK\x06\x07", 0, len(body), disks)
            + struct.pack("<4s4H2LH", *values.values())
        )


@pytest.fixture(scope="session")
def zips() -> ZipBuilder:
    return ZipBuilder()


@pytest.fixture(scope="session")
def bounds() -> PackageBounds:
    return PackageBounds(
        max_entries=2000,
        max_bytes=64 * MIB,
        max_entry_bytes=16 * MIB,
        max_ratio=100,
        ratio_from=MIB,
    )


@pytest.fixture
def opened(tmp_path: Path, bounds: PackageBounds) -> Callable[..., Package]:
    """Open the bytes of a ZIP as a package named after the test's need."""

    def opened(zipped: bytes, own_bounds: PackageBounds = bounds, **options: Any) -> Package:
        path = tmp_path / "材料.zip"
        path.write_bytes(zipped)
        return open_package(path, own_bounds, **options)

    return opened


@pytest.fixture(scope="session")
def zip_corpora() -> Path:
    folder = Path(__file__).resolve().parents[3].parent / "shared/corpora/zip"
    if not folder.is_dir():
        pytest.skip("the ZIP corpora are not beside the project (../shared/corpora/zip)")
    return folder
