"""Read the few properties of an XMP packet that say how a picture was made."""

from __future__ import annotations

import re

PNG_KEYWORD = "XML:com.adobe.xmp"

_ATTRIBUTE = re.compile(
    rb"\b(?:tiff|exif|exifEX|aux|xmp|dc):(\w{1,40})\s*=\s*[\"']([^\"'<]{0,300})[\"']"
)
_ELEMENT = re.compile(
    rb"<(?:tiff|exif|exifEX|aux|xmp|dc):(\w{1,40})[^>]{0,200}>"
    rb"(?:\s{0,40}<rdf:(?:Alt|Seq|Bag)>\s{0,40}<rdf:li[^>]{0,100}>)?([^<]{0,300})<"
)


def parse(packet: bytes) -> dict[str, str]:
    """Return the properties by local name; a packet with none of them has the key ``""``."""
    if not packet.strip(b"\x00 \r\n"):
        return {}
    found = {"": ""}
    for pattern in (_ATTRIBUTE, _ELEMENT):
        for name, value in pattern.findall(packet):
            text = value.decode("utf-8", "replace").strip()
            found.setdefault(name.decode("ascii", "replace"), text)
    return found
