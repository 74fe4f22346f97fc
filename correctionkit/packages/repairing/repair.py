"""A repaired copy of a package.  The source is only read; the copy appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

from correctionkit.catalog import package_codes
from correctionkit.packages.building.fitting_names import FreeNames
from correctionkit.packages.building.given_tables import read_table
from correctionkit.packages.filings.contents import StudentFolder, sort_entries
from correctionkit.packages.filings.evidence_names import EvidenceStems, split_extension
from correctionkit.packages.filings.folder_names import number_lengths
from correctionkit.packages.filings.matching import gather_filings
from correctionkit.packages.reader.entries import Entry, MemberDamaged, MemberTooLarge, MemberUnsafe
from correctionkit.packages.reader.tree import Package, open_package
from correctionkit.packages.repairing.card_joining import join_cards
from correctionkit.packages.repairing.file_plans import FolderPlan, plan_folder
from correctionkit.packages.repairing.folder_repair import rename_folders
from correctionkit.packages.repairing.kept_entries import KeptEntry
from correctionkit.packages.repairing.page_placing import PagePlacer
from correctionkit.packages.repairing.repairs import Remark, Repair, RepairRefused
from correctionkit.packages.repairing.scan_repair_run import RepairedFile, repair_files
from correctionkit.packages.repairing.table_repair import TableRepaired, repair_table
from correctionkit.packages.summaries.summary_rows import ReadRow
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.writer.staging import Staging, staging_beside
from correctionkit.packages.writer.targets import is_zip, refuse_inside, refuse_taken, write_package
from correctionkit.packages.writer.writing import Member
from correctionkit.policy.model import Policy
from correctionkit.terms import Severity

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RepairedPackage:
    """A copy that was written: what was set right in it, and what was not, and why."""

    path: Path
    repairs: tuple[Repair, ...]
    remarks: tuple[Remark, ...]


def repair_package(
    path: Path,
    policy: Policy,
    output: Path,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> RepairedPackage:
    """Write a repaired copy of the package at *path* as the folder or ZIP *output*.

    *progress* is told how many files are done, of how many.  Repairing the copy again
    changes nothing.  Raises ``PackageUnreadable``, :exc:`RepairRefused`,
    ``WritingRefused`` where the target cannot be, and OSError.
    """
    refuse_inside(output, path)
    refuse_taken(output)
    with open_package(path, policy.package_bounds) as package:
        errors = [each for each in package.findings if each.severity is Severity.ERROR]
        if errors:
            raise RepairRefused(errors)
        with staging_beside(output) as staging:
            repairing = _Repairing(package, policy, staging)
            repairing.run(jobs, progress)
            zipped = is_zip(output)
            inside = f"{package.wrapper}/" if zipped and package.wrapper else ""
            members = [(f"{inside}{name}", content) for name, content in repairing.members]
            write_package(output, members, zipped=zipped)
    return RepairedPackage(
        output,
        tuple(sorted(repairing.repairs, key=attrgetter("sort_key"))),
        tuple(sorted(repairing.remarks, key=attrgetter("sort_key"))),
    )


@dataclass(slots=True)
class _Repairing:
    """One repair under way: the members of the copy, and what is to be told."""

    package: Package
    policy: Policy
    staging: Staging
    members: list[Member] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    free: FreeNames = field(default_factory=FreeNames)

    def run(self, jobs: int, progress: Progress | None) -> None:
        lengths = number_lengths(self.policy)
        contents = sort_entries(self.package.entries, self.policy.package, lengths)
        for finding in self.package.findings:
            if finding.type is package_codes.JUNK_FILE:
                self.repairs.append(Repair(finding.location.path or "", "", "junk-left-out"))
        if contents.manifest:
            self.repairs.append(Repair(contents.manifest.path, "", "manifest-left-out"))
        rows: list[ReadRow] = []
        for entry in contents.tables:
            rows.extend(self._take_table(entry))
        for entry in (*contents.reports, *contents.strays):
            self._take_over(entry)
        filings, _ = gather_filings(rows, contents.folders)
        names = rename_folders(contents.folders, filings, lengths, self.free)
        self.repairs.extend(names.repairs)
        self.remarks.extend(names.remarks)
        stems = EvidenceStems(self.policy.vocabulary.kinds.values())
        plans = [plan_folder(folder, stems, lengths) for folder in contents.folders]
        files = self._repaired_files(plans, jobs, progress)
        for plan in plans:
            own = [next(files) for _ in plan.files]
            self._place(plan, names.names[plan.folder.entry.path], own, stems)

    def _take_table(self, entry: Entry) -> Iterable[ReadRow]:
        """Take a table over, repaired; return its requests."""
        content = self._read(entry)
        if content is None:
            return ()
        try:
            table = read_table(content, entry.path, self.policy)
        except TableUnreadable:
            self._add(entry.path, entry)
            return ()
        repaired = repair_table(table, self.policy)
        name = self._add(repaired.name, entry, repaired)
        self.repairs.extend(replace(each, path_after=name) for each in repaired.repairs)
        self.remarks.extend(repaired.remarks)
        return table.rows

    def _take_over(self, entry: Entry) -> None:
        """Take a file at the top over as it is."""
        try:
            self.package.verify(entry)
        except MemberDamaged as damaged:
            self.remarks.append(Remark(entry.path, "file-unreadable", {"cause": damaged.fault}))
            return
        except (MemberTooLarge, MemberUnsafe) as refused:
            raise RepairRefused([refused.finding(entry)]) from refused
        name = self._add(entry.path, entry)
        if name != entry.path:
            self.repairs.append(Repair(entry.path, name, "file-renamed"))

    def _read(self, entry: Entry) -> bytes | None:
        try:
            return self.package.read(entry)
        except MemberDamaged as damaged:
            self.remarks.append(Remark(entry.path, "file-unreadable", {"cause": damaged.fault}))
        except (MemberTooLarge, MemberUnsafe) as refused:
            raise RepairRefused([refused.finding(entry)]) from refused
        return None

    def _add(self, name: str, entry: Entry, repaired: TableRepaired | None = None) -> str:
        taken = self.free.take(*split_extension(name))
        content = repaired.content if repaired else None
        self.members.append((taken, KeptEntry(self.package, entry) if content is None else content))
        return taken

    def _repaired_files(
        self, plans: Iterable[FolderPlan], jobs: int, progress: Progress | None
    ) -> Iterator[RepairedFile]:
        files = [file for plan in plans for file in plan.files]
        bounds = self.policy.scan_bounds
        results = repair_files(self.package, files, bounds, self.staging, jobs=jobs)
        for done, result in enumerate(results, 1):
            if progress:
                progress(done, len(files))
            yield result

    def _place(
        self, plan: FolderPlan, name: str, files: list[RepairedFile], stems: EvidenceStems
    ) -> None:
        kinds = self.policy.vocabulary.kinds
        cards = list(join_cards(files, kinds, stems, self.policy.scan_bounds, self.staging))
        placer = PagePlacer(name)
        placer.place(files, cards)
        self.members.extend(placer.members)
        self.repairs.extend(placer.repairs)
        self.repairs.extend(_empty_folders(plan.folder))
        self.remarks.extend((*plan.remarks, *placer.remarks))


def _empty_folders(folder: StudentFolder) -> Iterator[Repair]:
    for nested in folder.nested:
        if not any(file.path.startswith(f"{nested.path}/") for file in folder.files):
            yield Repair(nested.path, "", "empty-folder-left-out")
