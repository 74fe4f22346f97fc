"""The acts that the audit trail knows, with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What somebody did.  Codes stand in the trail for ever: never change or reuse one."""

    SIGN_IN = "sign-in", _("Signed in")
    SIGN_IN_FAILED = "sign-in-failed", _("Sign-in failed")
    SIGN_OUT = "sign-out", _("Signed out")
    PASSWORD_CHANGE = "password-change", _("Password changed")

    REQUEST_CREATE = "request-create", _("Request drafted")
    REQUEST_EDIT = "request-edit", _("Request edited")
    REQUEST_SUBMIT = "request-submit", _("Request submitted")
    REQUEST_PASS_ON = "request-pass-on", _("Request passed on to the next step")
    REQUEST_SIGN_OFF = "request-sign-off", _("Request signed off")
    REQUEST_SEND_BACK = "request-send-back", _("Request sent back to draft")
    REQUEST_LAPSE = "request-lapse", _("Sign-off lapsed")
    REQUEST_FILE = "request-file", _("Request filed")
    REQUEST_REPORT = "request-report", _("Request reported up")
    REQUEST_REFER = "request-refer", _("Request referred to the next level")
    REQUEST_APPROVE = "request-approve", _("Request approved")
    REQUEST_RETURN = "request-return", _("Request returned")
    REQUEST_REJECT = "request-reject", _("Request rejected")
    REQUEST_WITHDRAW = "request-withdraw", _("Request withdrawn")
    REQUEST_APPLY = "request-apply", _("Value written to the record")
    REQUEST_RECONCILE = "request-reconcile", _("Request reconciled")
    REQUEST_REVERSE = "request-reverse", _("Applied value taken back")
    REQUEST_CONFLICT = "request-conflict", _("Conflict with the record found")
    REQUEST_REOPEN = "request-reopen", _("Request returned after a conflict")

    CASE_CREATE = "case-create", _("Case opened")
    CASE_TAKE = "case-take", _("Case taken")
    CASE_RELEASE = "case-release", _("Case released")
    CASE_HAND_OVER = "case-hand-over", _("Case handed over")

    EVIDENCE_ADD = "evidence-add", _("Evidence added")
    EVIDENCE_REMOVE = "evidence-remove", _("Evidence removed")
    EVIDENCE_READ = "evidence-read", _("Evidence read")

    SHEET_OPEN = "sheet-open", _("Request sheet opened")
    SHEET_CLOSE = "sheet-close", _("Request sheet closed")
    SHEET_REVISE = "sheet-revise", _("Request sheet revised")
    SHEET_FILE = "sheet-file", _("Request sheet filed")
    SHEET_PRINT = "sheet-print", _("Request sheet printed")
    SCAN_READ = "scan-read", _("Signed scan read")

    RECORD_REVEAL = "record-reveal", _("Private data of a record shown")
    RECORD_IMPORT = "record-import", _("Roll imported")
    RECORD_CHANGE = "record-change", _("Student record changed")
    EXPORT = "export", _("Data exported")
    IMPORT = "import", _("Data imported")

    ACCOUNT_CHANGE = "account-change", _("Account changed")
    MEMBERSHIP_CHANGE = "membership-change", _("Membership changed")
    POLICY_CHANGE = "policy-change", _("Policy in force changed")
    UNIT_CHANGE = "unit-change", _("Unit changed")
    SETTING_CHANGE = "setting-change", _("Setting changed")

    AUDIT_READ = "audit-read", _("Audit trail read")
    AUDIT_EXPORT = "audit-export", _("Audit trail exported")
    DEMO_LOAD = "demo-load", _("Demo loaded")


def known(act):
    """Return the code of *act*; raises ValueError for one that is not listed."""
    return Act(act).value


def label_of(act):
    """Return *act* in words, or its code where a newer or older release wrote it."""
    return Act(act).label if act in Act else act
