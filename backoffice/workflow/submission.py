"""Submitting of cases: judged, frozen, put on the day's sheet."""

from dataclasses import dataclass

from django.utils import timezone

from backoffice.audit.log import office_transaction
from backoffice.corrections.chain import LevelMissing, freeze
from backoffice.corrections.graph import on_report_step
from backoffice.corrections.states import Event
from backoffice.evidence.services import current_findings, freeze_evidence, kinds_present
from backoffice.workflow.intake import bring_up_to_date
from backoffice.workflow.judging import (
    exceptional_fields,
    is_error,
    judge_evidence,
    judge_requests,
)
from backoffice.workflow.performing import lock_case, move
from backoffice.workflow.refusals import Refusal, Refused, SubmissionBlocked
from backoffice.workflow.rights import holds_step
from backoffice.workflow.sheeting import put_on_sheet
from correctionkit.terms import Severity


@dataclass(frozen=True, slots=True)
class Judgement:
    """All findings about a case as it is now, and what follows from them."""

    findings: tuple
    exceptional: frozenset

    @property
    def errors(self):
        """Return the findings that stop the case."""
        return [finding for finding in self.findings if is_error(finding)]

    @property
    def warnings(self):
        """Return the findings that should be looked at."""
        return [each for each in self.findings if each.severity is Severity.WARNING]


def judge_case(case, requests=None):
    """Return what the rules say of a case's requests that lie with the clerk, and its scans."""
    requests = list(case.requests.editable()) if requests is None else list(requests)
    values = judge_requests(requests, case)
    missing = judge_evidence(requests, case, kinds_present(case)) if requests else []
    findings = (*values, *missing, *current_findings(case))
    return Judgement(findings, exceptional_fields(values))


def submit_case(pk, *, by, version=None):
    """Submit all requests of a case that lie with its clerk, and return them.

    Where the policy wants a report first thing, and *by* is the one to give it, it is given.

    Raises SubmissionBlocked with the findings that stop it, or Refused.
    """
    with office_transaction(by) as log:
        case = lock_case(pk, version)
        requests = list(case.requests.editable().held())
        if not requests:
            raise Refused(Refusal.NOTHING_TO_DO, case)
        bring_up_to_date(case)
        for request in requests:
            # A student may have graduated since the draft was written.
            if not case.kind_rules.reverses:
                request.status = case.record.status
        judgement = judge_case(case, requests)
        if judgement.errors:
            raise SubmissionBlocked(judgement.findings)
        if (judgement.exceptional or case.kind_rules.reverses) and not case.cause.strip():
            raise Refused(Refusal.CAUSE_NEEDED, case)
        case.policy_day = case.policy_day or timezone.localdate()
        case.taken_by = case.taken_at = None
        case.version += 1
        case.save()
        for request in requests:
            _submit(request, case, judgement, by, log)
        freeze_evidence(case)
        if case.kind_rules.sheet:
            put_on_sheet(requests, case, by=by, log=log)
        for request in requests:
            if on_report_step(request) and holds_step(request.current_step, request, by):
                move(request, Event.REPORT, by=by, log=log)
    return requests


def _submit(request, case, judgement, by, log):
    request.case = case
    request.exceptional = request.field in judgement.exceptional
    steps = case.kind_rules.chain(request.exceptional)
    try:
        request.chain = freeze(steps, case.unit)
    except LevelMissing as fault:
        level = case.rules.vocabulary.levels[fault.level].label
        raise Refused(Refusal.NO_LEVEL, case, level=level) from fault
    move(request, Event.SUBMIT, by=by, log=log)
