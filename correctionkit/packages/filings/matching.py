"""Table and folders matched: which student has which folder, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from correctionkit.catalog import folder_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.filings.contents import StudentFolder
from correctionkit.packages.filings.folder_names import FolderName
from correctionkit.packages.summaries.summary_rows import ReadRow
from correctionkit.policy.model import Policy
from correctionkit.readings import read_file_name
from correctionkit.terms import ValueType


@dataclass(slots=True)
class Filing:
    """One student's part of a package: rows of the tables and folders of scans."""

    number: str
    rows: list[ReadRow] = field(default_factory=list)
    folders: list[StudentFolder] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name in the table, else in the folder."""
        named = [row.name for row in self.rows if row.name]
        return named[0] if named else next((each.name.name for each in self.folders), "")

    @property
    def status(self) -> str | None:
        """The status of the first row that has one."""
        return next((row.status for row in self.rows if row.status), None)


def gather_filings(
    rows: Iterable[ReadRow], folders: Iterable[StudentFolder]
) -> tuple[dict[str, Filing], list[StudentFolder]]:
    """Put rows and folders of one number together.

    Returns the filings by number, those of the tables first, and the folders that have no
    number to go by.
    """
    filings: dict[str, Filing] = {}
    for row in rows:
        if row.number:
            filings.setdefault(row.number, Filing(row.number)).rows.append(row)
    unnumbered = []
    for folder in folders:
        number = folder.name.number
        if number in filings or (number and folder.name.fault != "number-length"):
            filings.setdefault(number, Filing(number)).folders.append(folder)
        else:
            unnumbered.append(folder)
    return filings, unnumbered


def check_folders(
    filings: Iterable[Filing],
    unnumbered: Sequence[StudentFolder],
    policy: Policy,
    *,
    tables_complete: bool,
) -> Iterator[Finding]:
    """Yield what is wrong between tables and folders, and with the folders' names."""
    for filing in filings:
        if not filing.folders:
            yield _missing(filing)
        for folder in filing.folders:
            yield from _check_form(folder, known=bool(filing.rows), filing=filing)
        for repeated in filing.folders[1:]:
            yield folder_codes.FOLDER_REPEATED.at(
                Location(path=repeated.entry.path),
                student=filing.number,
                number=filing.number,
                other=filing.folders[0].entry.path,
            )
        if filing.rows:
            yield from _check_names(filing, policy)
        elif tables_complete:
            for folder in filing.folders:
                yield folder_codes.FOLDER_UNKNOWN.at(
                    Location(path=folder.entry.path), student=filing.number, number=filing.number
                )
    for folder in unnumbered:
        yield from _check_form(folder, known=False, filing=None)


def accepted_names(filing: Filing, policy: Policy) -> dict[str, str]:
    """Return the names that a student's folder may bear, with the version each one is.

    The name of the table, and old and new value where the name is being corrected.
    """
    names: dict[str, str] = {}
    for row in filing.rows:
        request = row.request
        if request and policy.vocabulary.fields[request.field].value is ValueType.NAME:
            for version, name in (("old", request.old), ("new", request.new)):
                if name:
                    names.setdefault(read_file_name(name).read, version)
    for row in filing.rows:
        if row.name:
            names.setdefault(read_file_name(row.name).read, "table")
    return names


def _missing(filing: Filing) -> Finding:
    row = filing.rows[0]
    return folder_codes.FOLDER_MISSING.at(
        row.location,
        student=filing.number,
        number=filing.number,
        name=filing.name,
        expected=f"{filing.number}{filing.name}",
    )


def _check_form(folder: StudentFolder, *, known: bool, filing: Filing | None) -> Iterator[Finding]:
    where = Location(path=folder.entry.path)
    name = folder.name
    student = filing.number if filing else None
    if name.reading.looks_changed:
        yield folder_codes.FOLDER_NORMALISED.at(
            where,
            student=student,
            typed=name.reading.typed,
            # What would still be refused is no name to recommend.
            read=str(name) if name.fault else name.reading.read,
            changes=list(name.reading.changes),
        )
    if name.fault and not (known and name.fault == "number-length"):
        yield folder_codes.FOLDER_NAME.at(
            where,
            student=student,
            fault=name.fault,
            digits=len(name.number),
            example=_example(name, filing),
        )
    if not folder.files:
        yield folder_codes.FOLDER_EMPTY.at(where, student=student)
    for nested in folder.nested:
        yield folder_codes.FOLDER_NESTED.at(
            Location(path=nested.path), student=student, name=nested.parts[-1]
        )


_FORM = "学号姓名"


def _example(name: FolderName, filing: Filing | None) -> str:
    """Show how the folder should be called, as far as that is known."""
    if filing and filing.rows:
        return f"{filing.number}{filing.name or name.name}"
    mended = name.number and name.name and name.fault != "number-length"
    return str(name) if mended else _FORM


def _check_names(filing: Filing, policy: Policy) -> Iterator[Finding]:
    """Yield folders whose name is not that of every row.

    Old and new value of a corrected name stand for one another.
    """
    accepted = accepted_names(filing, policy)
    corrected = {name for name, version in accepted.items() if version != "table"}
    tables = {read_file_name(row.name).read for row in filing.rows if row.name}
    for folder in filing.folders:
        name = read_file_name(folder.name.name).read
        same = {name} | (corrected if name in corrected or tables & corrected else set())
        if accepted and name and not (name in accepted and tables <= same):
            yield folder_codes.FOLDER_MISMATCH.at(
                Location(path=folder.entry.path),
                student=filing.number,
                name=folder.name.name,
                accepted=list(accepted),
            )
