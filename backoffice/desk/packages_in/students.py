"""Students of a package as its page shows them: what is asked, the scans, what was found."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.desk.cases.asked import readable
from backoffice.desk.cases.marking import Marked, marked
from backoffice.desk.findings import WordedFinding, worded
from backoffice.evidence.kinds import kind_label
from backoffice.packages.incoming_rows import verdict_of
from backoffice.packages.models import IncomingStudent
from backoffice.tables.models import Verdict
from backoffice.words import say
from correctionkit.masking import mask_text
from correctionkit.render.visible import shown
from correctionkit.terms import Severity

# In the order in which they are looked at.
LABELS = {
    Verdict.REFUSED: _("Refused"),
    Verdict.NEW: _("New case"),
    Verdict.CHANGED: _("Added to a draft"),
    Verdict.SAME: _("Here already"),
}


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding in words, with the row of the table that it is about, if any."""

    words: WordedFinding
    place: str


@dataclass(frozen=True, slots=True)
class ShownWish:
    """One field that is asked for."""

    label: str
    values: Marked
    reason: str
    change_date: date | None


@dataclass(frozen=True, slots=True)
class ShownScan:
    """One scan; *kind* is empty where its name does not tell."""

    place: int
    name: str
    kind: str
    is_new: bool
    has_errors: bool


@dataclass(frozen=True, slots=True)
class ShownStudent:
    """One student of a package."""

    row: IncomingStudent
    number: str
    name: str
    folder: str
    wishes: tuple[ShownWish, ...]
    scans: tuple[ShownScan, ...]
    findings: tuple[PlacedFinding, ...]
    is_folder_alone: bool

    @property
    def verdict(self):
        """Return in words what would become of the student."""
        return LABELS[self.row.verdict]

    @property
    def is_refused(self):
        """Tell whether the student cannot be taken in as it is."""
        return self.row.verdict == Verdict.REFUSED


def placed(findings, policy):
    """Say findings in words, each with its place in a table."""
    return tuple(
        PlacedFinding(words, _place(finding.location))
        for finding, words in zip(findings, worded(findings, policy), strict=True)
    )


def shown_students(rows, policy):
    """Return what the page shows of some students, given as rows of one package."""
    return [_shown(row, verdict_of(row), policy) for row in rows]


def shown_number(number, policy):
    """Return a number as it stands in a package, masked where it is no student's."""
    return shown(mask_text(number, keep=policy.numbers_of_students({number})))


def _shown(row, verdict, policy):
    offered = verdict.offered
    new = {(scan.path, scan.kind) for scan in verdict.scans}
    faulty = {
        finding.location.path
        for finding in verdict.findings
        if finding.severity is Severity.ERROR and finding.location.path
    }
    return ShownStudent(
        row=row,
        number=shown_number(offered.number, policy),
        name=shown(mask_text(offered.name)),
        folder=shown(mask_text(offered.folder)),
        wishes=tuple(_wish(each, policy) for each in offered.requests),
        scans=tuple(
            ShownScan(
                place=place,
                name=shown(mask_text(scan.path.rpartition("/")[2])),
                kind=kind_label(scan.kind, policy) if scan.kind else "",
                is_new=(scan.path, scan.kind) in new,
                has_errors=scan.path in faulty,
            )
            for place, scan in enumerate(offered.scans)
        ),
        findings=placed(verdict.findings, policy),
        is_folder_alone=bool(offered.folder) and not offered.requests and verdict.record is None,
    )


def _place(where):
    if where.table is None:
        return ""
    table = shown(mask_text(where.table))
    if where.row is None:
        return table
    return gettext("%(table)s, row %(row)d") % {"table": table, "row": where.row}


def _wish(asked, policy):
    terms = policy.vocabulary
    field, reason = terms.fields[asked.field], terms.reasons.get(asked.reason)
    old, new = (readable(field.value, each, revealed=False) for each in (asked.old, asked.new))
    return ShownWish(
        label=say(field.label),
        values=marked(field.value, old, new, revealed=False),
        reason=say(reason.label) if reason else "",
        change_date=asked.change_date,
    )
