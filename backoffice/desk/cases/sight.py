"""Cases in sight, and what somebody is to them."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from backoffice.corrections.models import Case
from backoffice.corrections.states import UNDECIDED, State
from backoffice.workflow.handover import may_give

_CHANGING = "corrections.change_case"
_WITHDRAWING = "corrections.withdraw_correctionrequest"
_SUBMITTING = "corrections.submit_correctionrequest"
_REPORTING = "corrections.report_correctionrequest"


def case_in_sight(request, pk):
    """Return a case; one out of sight answers as if it did not exist."""
    cases = Case.objects.visible_to(request.user).select_related(
        "unit", "record__unit", "handler", "taken_by"
    )
    case = cases.filter(pk=pk).first()
    if case is None:
        raise Http404(_("There is nothing here."))
    return case


class Bond:
    """What an account is to a case whose *requests* are known, and so what it may do there."""

    def __init__(self, case, requests, account):
        self.case, self.account = case, account
        self.states = [State(each.state) for each in requests]
        self.editable = [each for each in requests if each.is_editable]
        self.undecided = [each for each in requests if each.state in UNDECIDED]
        self.reportable = [each for each in requests if self._waits_for_report(each)]
        self.is_handler = case.handler_id == account.person_id

    @property
    def lies_with_clerk(self):
        """Tell whether there is something for the clerk to do; there is at the beginning."""
        return bool(self.editable) or not self.states

    @property
    def may_write(self):
        """Tell whether the account may change what the case asks for."""
        return (
            self.is_handler
            and self.lies_with_clerk
            and not self.case.kind_rules.reverses
            and self.account.has_perm(_CHANGING, self.case)
        )

    @property
    def may_submit_again(self):
        """Tell whether a case that nobody writes by hand can be submitted once more."""
        return (
            self.is_handler
            and bool(self.editable)
            and self.case.kind_rules.reverses
            and self.account.has_perm(_SUBMITTING, self.case)
        )

    @property
    def may_report(self):
        """Tell whether the account may report what waits for its report."""
        return bool(self.reportable) and self.account.has_perm(_REPORTING, self.case)

    @property
    def may_withdraw(self):
        """Tell whether the account may take something of the case back."""
        return (
            self.is_handler
            and bool(self.undecided)
            and self.account.has_perm(_WITHDRAWING, self.case)
        )

    @property
    def may_hand_over(self):
        """Tell whether the account may put the case into other hands."""
        writes = self.account.has_perm(_CHANGING, self.case)
        others = not self.is_handler or writes
        return (
            bool(self.undecided or not self.states) and others and may_give(self.case, self.account)
        )

    def _waits_for_report(self, request):
        step = request.current_step
        return (
            request.state == State.SUBMITTED
            and step is not None
            and step.act == "report"
            and self.account.holds_role(step.role, step.unit, self.case.unit.path)
        )


def office_page(request, template, context, status=200):
    """Answer with a page of the office's site."""
    frame = admin.site.each_context(request)
    return render(request, template, {**frame, "opts": Case._meta, **context}, status=status)
