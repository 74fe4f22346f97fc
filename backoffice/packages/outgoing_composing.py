"""Composing: the requests of a package written as one ZIP a part, and checked.

All of it comes to be, or nothing: files are written first, and thrown away unless the
transaction stands that names them.
"""

from dataclasses import replace

from backoffice.packages.models import OutgoingPackage, PackageState
from backoffice.packages.outgoing_keeping import digest_of, new_place, remove, sweep
from backoffice.packages.outgoing_outcome import (
    NotComposed,
    Written,
    keep_fault,
    keep_written,
)
from backoffice.packages.outgoing_parts import StudentTooLarge, most_bytes, split, subject_of
from backoffice.packages.outgoing_rows import status_tables
from backoffice.packages.outgoing_selection import SENDABLE, in_order, sent_before, submissions
from backoffice.packages.outgoing_students import Original, filed_students, report_members
from backoffice.workflow.judging import as_on_record
from correctionkit.packages.building.composing import FolderImpossible
from correctionkit.packages.building.package_name import OrderMistaken
from correctionkit.packages.check import check_package
from correctionkit.packages.manifest import read_manifest, with_manifest
from correctionkit.packages.writer.writing import WritingRefused, write_zip

_THREADS = 2
# One student moved on makes room for what was reckoned too small.
_ATTEMPTS = 8


def compose(pk, *, report, progress=None, hold=None):
    """Compose the package *pk* and return it; one that is composed already is left as it is.

    *report* returns the bytes of the correction report as PDF for a package and its requests.
    *progress* is told (done, total, stage=…); *hold* is called first in the transaction that
    writes.  What cannot be composed becomes the package's faults.
    """
    package = OutgoingPackage.objects.select_related("unit", "account__person").get(pk=pk)
    if package.state != PackageState.COMPOSING:
        return package
    sweep()
    written = []
    try:
        try:
            _Composing(package, report, progress or _silent, written).run()
        except NotComposed as fault:
            remove(each.stored for each in written)
            return keep_fault(package, fault, hold)
        return keep_written(package, written, hold)
    except BaseException:
        remove(each.stored for each in written)
        raise


class _Composing:
    def __init__(self, package, report, progress, written):
        self.package, self.rules = package, package.rules
        self.report, self.progress, self.written = report, progress, written
        self._reports = {}

    def run(self):
        requests = self._requests()
        self.progress(0, len(requests), stage="collect")
        students = filed_students(requests)
        most = most_bytes(self.package.limit_mb)
        room = most
        for _attempt in range(_ATTEMPTS):
            excess = self._write(self._split(students, room), most)
            if not excess:
                return
            remove(each.stored for each in self.written)
            self.written.clear()
            room -= excess
        raise NotComposed("limit-too-small", most=most)

    def _requests(self):
        keys = self.package.lines.values("request")
        requests = in_order(submissions(self.package.unit).filter(pk__in=keys))
        gone = {each.pk for each in requests if each.state not in SENDABLE}
        earlier = OutgoingPackage.objects.until_revision(self.package)
        gone |= sent_before(requests, but=earlier)
        if gone or len(requests) < self.package.lines.count():
            raise NotComposed("requests-moved", count=max(len(gone), 1))
        return requests

    def _split(self, students, room):
        try:
            return split(students, room, every_part=self._report_size(students))
        except StudentTooLarge as fault:
            raise NotComposed(
                "student-too-large",
                student=f"{fault.student.number}{fault.student.name}",
                size=fault.student.size,
                most=most_bytes(self.package.limit_mb),
            ) from fault

    def _report_size(self, students):
        requests = [request for each in students for request in each.requests]
        made = self._report_of(requests)
        return len(made) if made else 0

    def _report_of(self, requests):
        if not any(each.exceptional for each in requests):
            return None
        if "pdf" not in self.rules.package.report_formats:
            return None
        keys = tuple(each.pk for each in requests)
        if keys not in self._reports:
            self._reports[keys] = self.report(self.package, requests)
        return self._reports[keys]

    def _write(self, parts, most):
        """Write all parts; returns by how much the largest is too large."""
        excess = 0
        for number, students in enumerate(parts, 1):
            self.progress(number - 1, len(parts), stage="write")
            excess = max(excess, self._write_part(students, number, len(parts)) - most)
            if excess > 0:
                return excess
        return 0

    def _write_part(self, students, number, count):
        try:
            subject = subject_of(self.package, self.rules, students, number, count)
        except OrderMistaken as fault:
            raise NotComposed("subject-impossible", unit=self.package.unit.name) from fault
        members = self._members(students)
        # A folder that begins with a digit would be taken for a student's.
        inside = "" if subject[0].isdigit() else f"{subject}/"
        stored, place = new_place()
        try:
            write_zip(place, [(f"{inside}{name}", content) for name, content in members])
        except WritingRefused as fault:
            raise NotComposed("not-written", name=fault.name, cause=fault.fault) from fault
        size = place.stat().st_size
        self.written.append(Written(students, subject, stored, size, digest_of(place)))
        if size <= most_bytes(self.package.limit_mb):
            self.written[-1] = self._checked(self.written[-1], place)
        return size

    def _members(self, students):
        requests = [request for each in students for request in each.requests]
        tables = status_tables(requests, self.rules)
        for table in tables:
            if table.cut:
                raise NotComposed("cells-cut", name=table.name, places=list(table.cut))
        members = [(table.name, table.content) for table in tables]
        word = self.rules.package.report_words[0]
        if made := self._report_of(requests):
            members.append((f"学生信息修改{word}.pdf", made))
        received = dict(_expected(students, self.rules, members, word))
        try:
            whole = with_manifest(members)
        except FileNotFoundError as fault:
            raise NotComposed("evidence-missing") from fault
        digests = read_manifest(whole[-1][1])
        for name, sha256 in received.items():
            if digests[name] != sha256:
                raise NotComposed("evidence-changed", name=name)
        return whole

    def _checked(self, part, place):
        requests = [request for each in part.students for request in each.requests]
        # Late or not was judged on the day of the first submission, the last of which counts.
        on = max(each.case.judged_on() for each in requests)
        checked = check_package(
            place,
            self.rules,
            on,
            roll=_Roll(part.students),
            jobs=_THREADS,
            progress=lambda done, total: self.progress(done, total, stage="check"),
        )
        return replace(part, checked=checked)


class _Roll:
    """The records of the students of a package, as the check looks them up."""

    def __init__(self, students):
        self._records = {each.number: each.requests[0].record for each in students}

    def find(self, number):
        """Return the record of a number, or None."""
        record = self._records.get(number)
        return as_on_record(record) if record else None


def _expected(students, rules, members, word):
    """Add students' folders and reports to *members*; yield what each file must hash to."""
    by_stored = {
        file.original: file.sha256 for each in students for file in (*each.evidence, *each.reports)
    }
    added = list(report_members(students, word))
    for student in students:
        try:
            added += student.members(rules)
        except FolderImpossible as fault:
            raise NotComposed("folder-impossible", name=fault.name, cause=fault.fault) from fault
    members += added
    for name, content in added:
        if isinstance(content, Original):
            yield name, by_stored[content.name]


def _silent(_done, _total, *, stage=""):
    """Tell nobody."""
