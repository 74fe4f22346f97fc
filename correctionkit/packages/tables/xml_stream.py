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
Chunks = Iterable[bytes]
Starts = Mapping[str, Callable[[Attributes], None]]
Ends = Mapping[str, Callable[[], None]]


class Position:
    """Where the parser stands."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self.fed = 0
        self.elements = 0
        self.depth = 0

    @property
    def event_at(self) -> int:
        """How many bytes stand before what the callback that runs is told of."""
        return self._parser.CurrentByteIndex


LeaveOut = Callable[[Chunks, Position], Chunks]


def stream_xml(
    chunks: Chunks,
    starts: Starts,
    ends: Ends | None = None,
    text: Callable[[str], object] | None = None,
    *,
    max_elements: int,
    leave_out: LeaveOut | None = None,
) -> int:
    """Call what *starts* and *ends* have for the local name of an element of :data:`NAMESPACES`.

    Attributes without a prefix keep their name, others are ``"namespace name"``.
    *leave_out* may keep pieces of the chunks from the parser; it counts their elements.
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
    position = Position(parser)

    def opened(name: str, attributes: Attributes) -> None:
        position.elements += 1
        position.depth += 1
        if name not in on_start:
            local = _local_name(name)
            on_start[name] = starts.get(local)
            on_end[name] = ends.get(local) if ends else None
        call = on_start[name]
        if call is not None:
            call(attributes)

    def closed(name: str) -> None:
        position.depth -= 1
        call = on_end[name]
        if call is not None:
            call()

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    try:
        for chunk in leave_out(chunks, position) if leave_out else chunks:
            parser.Parse(chunk, False)
            position.fed += len(chunk)
            # Expat keeps every name, every open element, and all of a tag until it ends.
            # One chunk cannot hold enough of them to matter.
            if (
                position.elements > max_elements
                or position.depth > MAX_DEPTH
                or len(names) > MAX_NAMES
                or position.fed - parser.CurrentByteIndex > MAX_TAG_BYTES
            ):
                raise TableUnreadable(BOMB)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise TableUnreadable(BROKEN) from error
    return position.elements


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
