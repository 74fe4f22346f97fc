"""The table of evidence on a case's page: what is wanted, what is there, what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.corrections.states import State
from backoffice.desk.findings import WordedFinding, worded
from backoffice.desk.purpose import needs_purpose
from backoffice.evidence.editing import REMOVING, REPLACING, may_edit
from backoffice.evidence.judging import checked_files
from backoffice.evidence.kinds import REPORT, kind_label
from backoffice.words import kit_language, say
from backoffice.workflow.judging import exceptional_fields, judge_requests, wanted_evidence
from correctionkit.masking import mask_text
from correctionkit.render.phrases import listed
from correctionkit.render.visible import shown
from correctionkit.terms import Words

_OR = Words("or", "或")
_OVER = frozenset({State.WITHDRAWN, State.REJECTED})


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One file as the table shows it."""

    pk: int
    name: str
    kind: str
    size: int
    pages: int
    uploaded_at: datetime
    is_frozen: bool
    has_picture: bool
    has_thumbnail: bool
    may_remove: bool
    may_replace: bool
    may_read_original: bool
    findings: tuple[WordedFinding, ...]

    @property
    def further_pages(self):
        """Return the numbers of the pages after the first."""
        return range(2, self.pages + 1)

    @property
    def has_errors(self):
        """Tell whether something about it stops the case."""
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True, slots=True)
class WantedRow:
    """One document that is wanted, or several of which any one serves, with its files.

    *kinds* are (code, label).  *needed*: the case cannot go without it.
    """

    kinds: tuple[tuple[str, str], ...]
    label: str
    fields: str
    clause: str
    needed: bool
    files: tuple[ShownFile, ...]
    may_add: bool

    @property
    def is_there(self):
        """Tell whether a file of such a kind is there."""
        return bool(self.files)

    @property
    def is_missing(self):
        """Tell whether the case waits for it."""
        return self.needed and not self.files

    @property
    def is_faulty(self):
        """Tell whether something about one of its files stops the case."""
        return any(file.has_errors for file in self.files)


@dataclass(frozen=True, slots=True)
class WantedTable:
    """All rows, files that nothing asks for among them; *may_add* is for the case as a whole.

    *hides_pictures*: whoever looks has to state a purpose first.
    """

    rows: tuple[WantedRow, ...]
    may_add: bool
    kinds: tuple[tuple[str, str], ...]
    hides_pictures: bool

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def missing(self):
        """Return the rows that the case waits for."""
        return [row for row in self.rows if row.is_missing]


def shown_name(name):
    """Return a file name fit to be shown: masked, visible, not endless."""
    return shown(mask_text(name))


def wanted_rows(case, account, *, purpose_stated=False):
    """Return the table of a case's evidence as *account* sees it."""
    policy = case.rules
    files = _shown_files(case, account)
    may_add = may_edit(case, account)
    rows, served = [], set()
    for kinds, label, fields, clause, needed in _wanted(case):
        ours = tuple(file for code, file in files if code in kinds)
        served |= {file.pk for file in ours}
        offered = tuple((kind, kind_label(kind, policy)) for kind in kinds)
        rows.append(WantedRow(offered, label, fields, clause, needed, ours, may_add))
    rest = tuple(file for _code, file in files if file.pk not in served)
    if rest:
        rows.append(WantedRow((), _("Nothing asks for these"), "", "", False, rest, False))
    hides = needs_purpose(account, case) and not purpose_stated
    kinds = tuple((kind, kind_label(kind, policy)) for kind in (*policy.vocabulary.kinds, REPORT))
    return WantedTable(tuple(rows), may_add, kinds, hides)


def _wanted(case):
    """Yield kinds, label, fields, clause of what is wanted, and whether it is needed."""
    policy = case.rules
    requests = list(case.requests.exclude(state__in=sorted(_OVER)).select_related("record"))
    for each in wanted_evidence(requests, case) if requests else ():
        label = listed([kind_label(kind, policy) for kind in each.kinds], kit_language(), _OR)
        names = [say(policy.vocabulary.fields[field].label) for field in each.fields]
        fields = listed(names, kit_language())
        yield each.kinds, label, fields, say(each.clause), True
    if _is_exceptional(case, requests):
        report = kind_label(REPORT, policy)
        words = _("gives the cause; it can go on paper instead")
        yield (REPORT,), report, words, "", False


def _is_exceptional(case, requests):
    ours = [request for request in requests if request.is_editable]
    return any(request.exceptional for request in requests) or bool(
        ours and exceptional_fields(judge_requests(ours, case))
    )


def _shown_files(case, account):
    may_remove = may_edit(case, account, REMOVING)
    may_replace = may_edit(case, account, REPLACING)
    may_read_original = account.has_perm("evidence.read_original", case)
    shown = []
    for row in checked_files(case):
        file = row.file
        shown.append(
            (
                file.kind,
                ShownFile(
                    pk=file.pk,
                    name=shown_name(file.received_as),
                    kind=kind_label(file.kind, case.rules),
                    size=file.size,
                    pages=file.pages,
                    uploaded_at=file.uploaded_at,
                    is_frozen=file.frozen_at is not None,
                    has_picture=bool(file.clean),
                    has_thumbnail=bool(file.thumbnail),
                    may_remove=may_remove and file.frozen_at is None,
                    may_replace=may_replace,
                    may_read_original=may_read_original,
                    findings=tuple(worded(row.findings, case.rules)),
                ),
            )
        )
    return shown
