"""What people of the demo do with a case, each through the service that the pages use."""

import json
from dataclasses import dataclass, field

from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.states import Event, State
from backoffice.demo.papers import as_upload, signed_sheet
from backoffice.evidence.receiving import receive
from backoffice.evidence.services import add_evidence
from backoffice.roll.models import StudentRecord, ValueChange
from backoffice.roll.services import change_value
from backoffice.sheets.models import RequestSheet, SheetLine
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide, take_case
from backoffice.workflow.filing import file_sheet
from backoffice.workflow.intake import Wish, begin_case, write_requests
from backoffice.workflow.performing import perform
from backoffice.workflow.reversing import ask_reversal
from backoffice.workflow.sheeting import close_sheet
from backoffice.workflow.signing import send_back, sign_sheet, withdraw
from backoffice.workflow.submission import submit_case

VERDICTS = {
    "returned": Event.RETURN,
    "resubmitted": Event.RETURN,
    "rejected": Event.REJECT,
    "approved": Event.APPROVE,
    "conflict": Event.APPROVE,
    "applied": Event.APPROVE,
    "reconciled": Event.APPROVE,
    "reversal": Event.APPROVE,
}


@dataclass
class Story:
    """One case of the week: what was planned for it, and what it has become.

    *record* finds the student's record, once the roll is written.
    """

    plan: object
    filing: object
    scans: list
    record: object
    clerk: object
    words: dict
    case: object = field(default=None)

    def draft(self):
        """Open the case, write down what is asked for, attach the scans."""
        self.case = begin_case(self.record(), by=self.clerk)
        wishes = [
            Wish(request.field, request.new, request.reason) for request in self.filing.requests
        ]
        cause = self.words.get(self.plan.cause, "")
        write_requests(self.case.pk, wishes, by=self.clerk, cause=cause)
        for scan in self.scans:
            add_evidence(self.case.pk, scan.kind, scan.upload(), by=self.clerk)

    def submit(self):
        """Put the case on the day's sheet."""
        submit_case(self.case.pk, by=self.clerk)

    def withdraw(self):
        """Take the case back."""
        for pk in self._pks():
            withdraw(pk, by=self.clerk)

    def send_back(self, head):
        """Have the head give the case back to its clerk."""
        for pk in self._pks():
            send_back(pk, by=head, code=self.plan.reason, opinion=self._opinion())

    def take(self, reviewer):
        """Put the case on a reviewer's desk."""
        take_case(self.case.pk, by=reviewer)

    def decide(self, reviewer):
        """Decide the requests one by one, each as it ends."""
        for request in self.case.requests.all():
            verdict = VERDICTS[self.plan.end_of(request.field)]
            favours = verdict is Event.APPROVE
            decide(
                request.pk,
                verdict,
                by=reviewer,
                code="" if favours else self.plan.reason,
                opinion="" if favours else self._opinion(),
            )

    def resubmit(self, scan):
        """Add what was missing, and submit again."""
        add_evidence(self.case.pk, scan.kind, scan.upload(), by=self.clerk)
        self.submit()

    def overtake(self, registrar):
        """Let an import of the roll change the value that the request took for the old one."""
        (request,) = self.case.requests.all()
        text = next(each for each in self.plan.meanwhile if each not in (request.old, request.new))
        with office_transaction(registrar) as log:
            record = StudentRecord.objects.select_for_update().get(pk=self.case.record_id)
            cause = ValueChange.Cause.IMPORT
            change = change_value(record, request.field, text, cause=cause, by=registrar)
            log.add(
                "record-change",
                chain=chain_of(record.unit_id),
                ref=f"studentrecord:{record.pk}",
                change=change.pk,
            )

    def apply(self, registrar):
        """Write the approved values to the record."""
        for pk in self._pks(State.APPROVED):
            apply_request(pk, by=registrar)

    def reconcile(self, registrar):
        """Note that the outside register shows the value."""
        for pk in self._pks(State.APPLIED):
            perform(pk, Event.RECONCILE, by=registrar)

    def ask_reversal(self, registrar):
        """Ask for the value before."""
        for pk in self._pks(State.APPLIED):
            ask_reversal(pk, by=registrar, cause=self.words[self.plan.cause])

    def _pks(self, *states):
        rows = self.case.requests.all()
        if states:
            rows = rows.filter(state__in=states)
        return list(rows.values_list("pk", flat=True))

    def _opinion(self):
        return self.words.get(self.plan.opinion, "")


@dataclass
class DaySheet:
    """A sheet of the week, found by the first of its cases."""

    stories: list

    def close(self, clerk):
        """Close it for the day."""
        close_sheet(self._sheet().pk, by=clerk)

    def sign(self, officer):
        """Sign the revision in force."""
        sheet = self._sheet()
        sign_sheet(sheet.pk, by=officer, revision=sheet.revision)

    def file(self, clerk):
        """Scan the signed print, and file it by its code."""
        sheet = self._sheet()
        revision = sheet.revision_in_force
        lines = [json.loads(line.content) for line in revision.frozen_lines.all()]
        picture = signed_sheet(sheet, revision, lines, timezone.localdate())
        bounds = self.stories[0].case.rules.scan_bounds
        name = "申请表签字扫描件.jpg"
        file_sheet(revision.code, [receive(as_upload(name, picture), name, bounds)], by=clerk)

    def _sheet(self):
        cases = [story.case.pk for story in self.stories if story.case]
        line = SheetLine.objects.filter(request__case__in=cases).order_by("pk").first()
        return RequestSheet.objects.select_related("unit").get(pk=line.sheet_id)
