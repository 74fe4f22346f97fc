"""One streaming pass over an XML part, bounded in memory whatever it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from correctionkit.packages.tables.faults import BOMB, BROKEN, TableUnreadable

MAX_DEPTH = 64
MAX_NAMES = 5_000
"""How many different element and attribute names a part may use; Excel's use some hundred."""
MAX_PREFIXES = 500
MAX_TAG_BYTES = 2 << 20

NAMESPACES = frozenset(
    (
        "",
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/package/2006/content-types",
    )
)
"""The vocabularies whose elements are reported: transitional, strict, and the package's own."""

Attributes = dict[str, str]
Starts = Mapping[str, Callable[[Attributes], None]]
Ends = Mapping[str, Callable[[], None]]


def stream_xml(
    chunks: Iterable[bytes],
    starts: Starts,
    ends: Ends | None = None,
    text: Callable[[str], object] | None = None,
    *,
    max_elements: int,
) -> int:
    """Call what *starts* and *ends* have for the local name of an element of :data:`NAMESPACES`.

    Attributes without a prefix keep their name, others are ``"namespace name"``.
    Returns how many elements there were.

    Raises :exc:`TableUnreadable`: ``bomb`` for any document type (so for every entity)
    and for what would fill memory or time, ``broken`` for what is not well-formed, and
    for a :exc:`ValueError` or :exc:`LookupError` out of the callbacks, which is how they
    say that a value makes no sense.
    """
    names: dict[str, str] = {}
    parser = expat.ParserCreate(None, " ", names)
    parser.buffer_text = True
    _refuse_bombs(parser)
    # By the names that expat gives, filled as they come: a look-up an element is all
    # that the great part of a sheet may cost.
    on_start: dict[str, Callable[[Attributes], None] | None] = {}
    on_end: dict[str, Callable[[], None] | None] = {}
    begun = ended = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal begun
        begun += 1
        if name not in on_start:
            local = _local_name(name)
            on_start[name] = starts.get(local)
            on_end[name] = ends.get(local) if ends else None
        call = on_start[name]
        if call is not None:
            call(attributes)

    def closed(name: str) -> None:
        nonlocal ended
        ended += 1
        call = on_end[name]
        if call is not None:
            call()

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            # Expat keeps every name, every open element, and all of a tag until it ends.
            # One chunk cannot hold enough of them to matter.
            if (
                begun > max_elements
                or begun - ended > MAX_DEPTH
                or len(names) > MAX_NAMES
                or fed - parser.CurrentByteIndex > MAX_TAG_BYTES
            ):
                raise TableUnreadable(BOMB)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise TableUnreadable(BROKEN) from error
    return begun


def _refuse_bombs(parser: expat.XMLParserType) -> None:
    prefixes: set[str | None] = set()

    def document_type(*_: object) -> None:
        raise TableUnreadable(BOMB)

    def prefix(name: str | None, _: str | None) -> None:
        prefixes.add(name)
        if len(prefixes) > MAX_PREFIXES:
            raise TableUnreadable(BOMB)

    parser.StartDoctypeDeclHandler = document_type
    parser.StartNamespaceDeclHandler = prefix


def _local_name(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return local if namespace in NAMESPACES else ""
