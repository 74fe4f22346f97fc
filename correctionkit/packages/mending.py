"""What a person says of a package before it is judged: whose, which document, what not to take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from correctionkit.findings import Finding
from correctionkit.packages.filings.contents import Contents
from correctionkit.packages.filings.folder_names import FolderName
from correctionkit.packages.reader.entries import Entry
from correctionkit.packages.summaries.tables_in import TablesRead


@dataclass(frozen=True, slots=True)
class Mending:
    """Answers to what a package leaves open; the package itself stays as it is.

    *kinds* says of files by path which document they show, *students* of folders whose number
    they belong to.  *left_out* are paths of files and folders that are not taken, *without*
    numbers of students who are not.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    students: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def leaves_out(self, path: str) -> bool:
        """Tell whether a path, or the folder at the top that it lies in, is not taken."""
        return path in self.left_out or path.split("/")[0] in self.left_out

    def entries(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return those of *entries* that are taken."""
        return tuple(entry for entry in entries if not self.leaves_out(entry.path))

    def findings(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that are not about something that is not taken."""
        return [
            finding
            for finding in findings
            if finding.student not in self.without
            and not (finding.location.path and self.leaves_out(finding.location.path))
        ]

    def contents(self, contents: Contents) -> Contents:
        """Give folders the numbers that were said to be theirs, and drop those not taken."""
        folders = []
        for folder in contents.folders:
            number = self.students.get(folder.entry.path)
            if number is not None:
                # Whoever matched it has seen the name: it need not be that of the table.
                folder.name = FolderName(folder.name.reading, number, "", None)
            if folder.name.number not in self.without:
                folders.append(folder)
        return replace(contents, folders=tuple(folders))

    def tables(self, tables: TablesRead) -> TablesRead:
        """Drop the rows of students who are not taken, and what was found in them."""
        if not self.without:
            return tables
        return replace(
            tables,
            rows=tuple(row for row in tables.rows if row.number not in self.without),
            findings=tuple(self.findings(tables.findings)),
        )


AS_IT_IS = Mending()
