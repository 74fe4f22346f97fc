"""The cover of a case's evidence, and the scans that follow it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from backoffice.corrections.states import State
from backoffice.desk.printing.answers import NotPrinted
from backoffice.desk.printing.case_facts import changes_of, facts_of, institution
from backoffice.desk.printing.paper import watermark
from backoffice.evidence.kinds import kind_label
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.storing import evidence_storage, page_name
from backoffice.workflow.judging import wanted_evidence
from statements.contexts.evidence_cover import EnclosedScan, EvidenceCover, ScanPage

_OVER = (State.WITHDRAWN, State.REJECTED)
_PREFIX = 12


def enclosed_files(case):
    """Return the files that speak for the case now, in the order of their kinds."""
    return list(EvidenceFile.objects.current().filter(case=case).order_by("kind", "pk"))


def cover_paper(case, files):
    """Return the cover; it shows no whole ID number, the scans below it do."""
    requests = list(case.requests.exclude(state__in=_OVER).select_related("record").order_by("pk"))
    latest = max([case.created_at, *(file.uploaded_at for file in files)])
    return EvidenceCover(
        title="学籍信息修改证明材料",
        made_at=latest,
        watermark=watermark(),
        institution=institution(case),
        unit=case.unit.name,
        number=case.record.shown_number,
        name=case.record.name,
        facts=facts_of(case, whole=False),
        changes=changes_of(case, requests, whole=False),
        lines=tuple(line for file in files for line in _lines(case, file)),
        missing=_missing(case, requests, {file.kind for file in files}),
    )


class ScanPages(Sequence):
    """The pages of a case's files as they are shown: upright, nothing hidden in them.

    Each is read when it is asked for: all of them may not fit into memory.  Asking raises
    NotPrinted where the storage has one no longer.
    """

    def __init__(self, case, files):
        self._rules = case.rules
        self._places = [
            (file, number) for file in files if file.clean for number in range(1, file.pages + 1)
        ]

    def __len__(self):
        return len(self._places)

    def __getitem__(self, place):
        file, number = self._places[place]
        return ScanPage(kind_label(file.kind, self._rules), _page(number), _stored(file, number))


def _lines(case, file):
    kind, prefix = kind_label(file.kind, case.rules), file.sha256[:_PREFIX].upper()
    if not file.clean:
        return [EnclosedScan(kind, "—", prefix, "原件另附")]
    return [EnclosedScan(kind, _page(number), prefix) for number in range(1, file.pages + 1)]


def _page(number):
    return f"第{number}页"


def _missing(case, requests, present):
    wanted = wanted_evidence(requests, case) if requests else ()
    return tuple(
        "或".join(kind_label(kind, case.rules) for kind in each.kinds)
        for each in wanted
        if not present & set(each.kinds)
    )


def _stored(file, number):
    try:
        with evidence_storage().open(page_name(file.clean, number)) as stored:
            return stored.read()
    except FileNotFoundError:
        message = _("A scan is missing in the storage. Tell whoever runs the office.")
        raise NotPrinted(message) from None
