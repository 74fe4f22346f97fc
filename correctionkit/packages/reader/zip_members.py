"""The bytes of one ZIP entry, unpacked in blocks and held against what is declared."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from correctionkit.packages.reader.entries import MemberDamaged
from correctionkit.packages.reader.positioned import PositionedFile
from correctionkit.packages.reader.zip_directory import DEFLATED, STORED, Placed

_BLOCK = 1 << 20


def unpacked(file: PositionedFile, placed: Placed) -> Iterator[bytes]:
    """Yield the content of a member; never more than its declared size.

    Raises :exc:`MemberDamaged` where the bytes do not unpack to the declared size and
    checksum.  Only what was read to its end is verified.
    """
    member = placed.member
    if member.method == STORED:
        blocks = _packed(file, placed)
    elif member.method == DEFLATED:
        blocks = _inflated(_packed(file, placed))
    else:
        raise MemberDamaged("method-unsupported")
    size = crc = 0
    for block in blocks:
        size += len(block)
        if size > member.size:
            raise MemberDamaged("member-longer")
        crc = zlib.crc32(block, crc)
        yield block
    if size < member.size:
        raise MemberDamaged("member-shorter")
    if crc != member.crc:
        raise MemberDamaged("member-checksum")


def _packed(file: PositionedFile, placed: Placed) -> Iterator[bytes]:
    at, end = placed.data_at, placed.data_at + placed.member.packed
    while at < end:
        try:
            block = file.read_at(at, min(_BLOCK, end - at))
        except (OSError, ValueError) as error:
            # ValueError: the file was closed in between.
            raise MemberDamaged("entry-unreadable") from error
        if not block:
            raise MemberDamaged("member-shorter")
        yield block
        at += len(block)


def _inflated(blocks: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    ended = False
    try:
        for block in blocks:
            # The stream ended exactly where the block before did.
            if ended:
                raise MemberDamaged("member-broken")
            rest = block
            while rest and not inflater.eof:
                content = inflater.decompress(rest, _BLOCK)
                rest = inflater.unconsumed_tail
                if content:
                    yield content
            ended = inflater.eof
            if ended and inflater.unused_data:
                raise MemberDamaged("member-broken")
        # What was held back for want of room comes without further input.
        while not inflater.eof and (content := inflater.decompress(b"", _BLOCK)):
            yield content
    except zlib.error as error:
        raise MemberDamaged("member-broken") from error
    if not inflater.eof:
        raise MemberDamaged("member-shorter")
