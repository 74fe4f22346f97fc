"""Cases and their requests; what happened to each of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.chain import thaw
from backoffice.corrections.graph import RequestGraph
from backoffice.corrections.queries import (
    CaseQuerySet,
    DecisionReasonManager,
    RequestEventQuerySet,
    RequestQuerySet,
)
from backoffice.corrections.registers import RegisterLine, RegisterList
from backoffice.corrections.states import CLOSED, EDITABLE, Event, State
from backoffice.policies.shelf import policy_of
from backoffice.roll.models import StudentRecord, ValueChange
from backoffice.sealing.fields import SealedText
from backoffice.units.models import Person, Unit
from backoffice.words import is_chinese

__all__ = [
    "Case",
    "CorrectionRequest",
    "DecisionReason",
    "RegisterLine",
    "RegisterList",
    "RequestEvent",
]


class Case(models.Model):
    """One filing for one student: the requests that share its evidence.

    *policy* is the one in force on the day of the first submission, and stays.  *handler* is
    the clerk in whose hands it lies; *taken_by* the reviewer who has it on the desk.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name=_("filed by"))
    record = models.ForeignKey(
        StudentRecord, models.PROTECT, related_name="cases", verbose_name=_("student")
    )
    kind = models.SlugField(_("kind"), max_length=40)
    policy = models.CharField(_("policy"), max_length=80)
    policy_version = models.CharField(_("version of the policy"), max_length=20)
    overlays = models.JSONField(_("overlays"), default=list)
    policy_day = models.DateField(_("first submitted on"), null=True, blank=True)
    cause = models.TextField(
        _("cause of the exceptional case"),
        blank=True,
        help_text=_("Why it comes late; the report to headquarters gives it too."),
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    handler = models.ForeignKey(
        Person, models.PROTECT, related_name="cases", verbose_name=_("clerk")
    )
    taken_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_taken",
        verbose_name=_("taken by"),
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        permissions = [
            ("hand_over_case", _("Can hand cases over to another clerk")),
            ("take_case", _("Can take a filed case to decide it")),
        ]

    def __str__(self):
        return self.reference

    @property
    def reference(self):
        """Return what the case is called in lists and letters."""
        return f"C{self.pk:06d}" if self.pk else "C"

    @property
    def rules(self):
        """Return the policy that judges the case."""
        return policy_of(self.policy, tuple(self.overlays))

    @property
    def kind_rules(self):
        """Return what the policy says of this kind of request."""
        return self.rules.kinds[self.kind]

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path

    def judged_on(self):
        """Return the day whose rules hold: that of the first submission, else today."""
        return self.policy_day or timezone.localdate()


class DecisionReason(models.Model):
    """A standard reason for returning, rejecting or sending back; an editable list."""

    class Verdict(models.TextChoices):
        """What the reason is given for."""

        SEND_BACK = "send-back", Event.SEND_BACK.label
        RETURN = "return", Event.RETURN.label
        REJECT = "reject", Event.REJECT.label

    code = models.SlugField(_("code"), max_length=60, unique=True)
    verdict = models.CharField(_("for"), max_length=20, choices=Verdict)
    words_zh = models.CharField(_("reason in Chinese"), max_length=200)
    words_en = models.CharField(_("reason in English"), max_length=200)
    opinion_needed = models.BooleanField(_("an opinion must be given"), default=False)
    in_use = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = DecisionReasonManager()

    class Meta:
        ordering = ["verdict", "position", "code"]
        verbose_name = _("reason of a decision")
        verbose_name_plural = _("reasons of decisions")

    def natural_key(self):
        """Return what fixtures know a reason by."""
        return (self.code,)

    def __str__(self):
        return self.words_zh if is_chinese() else self.words_en


class CorrectionRequest(RequestGraph):
    """One field of one student: what it is, what it should be, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests", verbose_name=_("case"))
    record = models.ForeignKey(
        StudentRecord, models.PROTECT, related_name="requests", verbose_name=_("student")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="requests", verbose_name=_("filed by")
    )
    status = models.SlugField(_("student's status"), max_length=40)
    field = models.SlugField(_("field"), max_length=40)
    old = SealedText(_("before"), blank=True)
    new = SealedText(_("after"), blank=True)
    reason = models.SlugField(_("reason"), max_length=40)
    change_date = models.DateField(_("date of the change"), null=True, blank=True)
    exceptional = models.BooleanField(_("exceptional"), default=False)
    chain = models.JSONField(default=list, editable=False)
    in_conflict = models.BooleanField(_("in conflict with the record"), default=False)
    applied_change = models.OneToOneField(
        ValueChange,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="correction_request",
        verbose_name=_("change of the record"),
    )
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="reversals",
        verbose_name=_("takes back"),
    )
    state_since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        permissions = [
            ("submit_correctionrequest", _("Can submit requests")),
            ("sign_correctionrequest", _("Can sign requests off, and send them back")),
            ("report_correctionrequest", _("Can report requests without a sheet")),
            ("decide_correctionrequest", _("Can decide requests")),
            ("withdraw_correctionrequest", _("Can withdraw requests")),
            ("apply_correctionrequest", _("Can apply approved values")),
            ("reverse_correctionrequest", _("Can ask to take an applied value back")),
            ("reconcile_correctionrequest", _("Can reconcile with an outside register")),
            ("import_correctionrequest", _("Can bring in requests")),
            ("export_correctionrequest", _("Can take out requests")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "field"],
                condition=~models.Q(state__in=sorted(CLOSED)),
                name="one_open_request_a_student_and_field",
                violation_error_message=_("This field has an open request already."),
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=~models.Q(state__in=[State.REJECTED, State.WITHDRAWN]),
                name="taken_back_once",
                violation_error_message=_("A reversal of this request exists already."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self):
        return f"{self.case.reference} · {self.field}"

    @property
    def steps(self):
        """Return the steps of the frozen chain."""
        return thaw(self.chain)

    @property
    def current_step(self):
        """Return the step that stands, or None where none is left."""
        steps = self.steps
        return steps[self.step] if self.step < len(steps) else None

    @property
    def is_editable(self):
        """Tell whether its clerk may still change what it asks for."""
        return self.state in EDITABLE

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path


class RequestEvent(models.Model):
    """What happened to a request: who, when, from, to, with which reason and opinion.

    *act* names what the person did in the sense of the four-eyes rule, empty where nothing.
    """

    request = models.ForeignKey(
        CorrectionRequest, models.PROTECT, related_name="events", verbose_name=_("request")
    )
    event = models.CharField(_("event"), max_length=20, choices=Event)
    source = models.CharField(_("from"), max_length=20, choices=State)
    target = models.CharField(_("to"), max_length=20, choices=State)
    act = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.ForeignKey(
        DecisionReason, models.PROTECT, null=True, related_name="+", verbose_name=_("reason")
    )
    opinion = SealedText(_("opinion"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = RequestEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self):
        return f"{self.get_event_display()} {self.at:%Y-%m-%d %H:%M}"
