"""Why a table could not be read, as codes; their words stand in the catalog."""

from __future__ import annotations

NOT_A_WORKBOOK = "not-a-workbook"
WEB_PAGE = "web-page"
XML_SPREADSHEET = "xml-spreadsheet"
OPENDOCUMENT = "opendocument"
BINARY_WORKBOOK = "binary-workbook"
OLD_EXCEL = "old-excel"
PASSWORD = "password"  # noqa: S105 - a fault code, not a secret
MACRO = "macro"
BOMB = "bomb"
DIMENSIONS = "dimensions"
CELL_TOO_LONG = "cell-too-long"
BROKEN = "broken"
QUOTE_OPEN = "quote-open"
ENCODING = "encoding"
EMPTY_FILE = "empty-file"
NO_SHEET = "no-sheet"
EMPTY_TABLE = "empty-table"


class TableUnreadable(Exception):
    """A table that cannot be read at all.

    *fault* is one of the codes above, *params* the plain values its words may use.
    """

    def __init__(self, fault: str, **params: str | int) -> None:
        super().__init__(fault, params)
        self.fault = fault
        self.params = params

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in sorted(self.params.items()))
        return f"{self.fault} ({told})" if told else self.fault
