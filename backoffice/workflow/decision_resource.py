"""Decisions as a table: the queue goes out with empty columns, and comes back decided."""

import re

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from backoffice.corrections.models import CorrectionRequest, DecisionReason, RequestEvent
from backoffice.corrections.states import Event, State
from backoffice.tables.confirming import Outdated
from backoffice.tables.models import Verdict
from backoffice.tables.resources import OfficeResource
from backoffice.tables.rows import JudgedRow, ReadRow
from backoffice.tables.subjects import brings_in
from backoffice.words import say
from backoffice.workflow.deciding import decide
from backoffice.workflow.decision_words import (
    AFTER,
    DECISIONS,
    FOUR_EYES,
    OTHER_STEP,
    TAKEN,
    read_decision,
    state_words,
)
from backoffice.workflow.refusals import Refused
from backoffice.workflow.request_cells import HEADINGS, RequestCells, call_columns
from backoffice.workflow.rights import act_of_step, has_done_another, holds_step
from correctionkit.catalog import import_codes, value_codes
from correctionkit.masking import mask_text
from correctionkit.policy.rows import Column
from correctionkit.readings import matching_key, read_text

_COLUMNS = (
    "reference", "case", "unit", "number", "name", "field", "old", "new", "request_reason", "since",
    "decision", "decision_reason", "opinion",
)  # fmt: skip
_READ = ("reference", "decision", "decision_reason", "opinion")
_LONGEST_OPINION = 1_000
_REFERENCE = re.compile(r"R0*([0-9]{1,12})-([0-9]{1,8})")
_VERDICTS = {
    Event.RETURN: DecisionReason.Verdict.RETURN,
    Event.REJECT: DecisionReason.Verdict.REJECT,
}


@brings_in
class DecisionResource(RequestCells, OfficeResource):
    """Filed requests, one a row.  A row without a decision stays as it is.

    The reference carries the version that was looked at: what has moved on since is refused.
    """

    subject = "decisions"
    label = _("Decisions")
    import_right = "corrections.decide_correctionrequest"
    export_right = "corrections.decide_correctionrequest"
    has_numbers = True

    reference = Field()
    case = Field()
    unit = Field()
    number = Field()
    name = Field()
    field = Field()
    old = Field()
    new = Field()
    request_reason = Field()
    since = Field()
    decision = Field()
    decision_reason = Field()
    opinion = Field()

    class Meta:
        model = CorrectionRequest
        fields = _COLUMNS
        import_id_fields = ("reference",)

    def __init__(self, account, unit=None, rules=None):
        super().__init__(account, unit, rules)
        self.fields = {column: self.fields[column] for column in _COLUMNS}
        call_columns(self.fields)
        self._reasons = None

    def get_queryset(self):
        """Return the filed requests that the account may decide by its unit."""
        rows = CorrectionRequest.objects.visible_to(self.account, self.import_right)
        rows = rows.below([self.unit.path]) if self.unit else rows
        return rows.filter(state=State.FILED).select_related("case", "record", "unit")

    def table_columns(self):
        """Return the columns that are read, called in either language."""
        return tuple(
            Column(
                id=each,
                headings=(say(HEADINGS[each]), HEADINGS[each].zh, HEADINGS[each].en),
                needed=each != "opinion",
            )
            for each in _READ
        )

    def blank_tables(self):
        """Return none: the queue that was taken out is filled in."""
        return []

    def columns_told(self):
        """Return all columns of the table that goes out."""
        return self.export_headings()

    def dehydrate_reference(self, request):
        """Return what a row comes back by: the request, and the version that was looked at."""
        return f"R{request.pk:06d}-{request.version}"

    def dehydrate_decision(self, request):
        """Return nothing: it is to be filled in."""
        return ""

    dehydrate_decision_reason = dehydrate_opinion = dehydrate_decision

    def target_label(self, request):
        """Return the case and the student."""
        record = request.record
        return f"{request.case.reference} {record.shown_number} {mask_text(record.name)}"

    def row_label(self, row, values):
        """Return the reference."""
        return mask_text(values.get("reference", ""))

    def shown(self, column, text):
        """Return a decision or reason in words."""
        if column == "decision" and text in Event:
            return say(DECISIONS[Event(text)])
        if column == "decision_reason":
            found = self._reasons_by_word().get(("", text))
            return str(found) if found else text
        return super().shown(column, text)

    def read_row(self, row):
        """Read one row; of the columns only those that were to be filled in count."""
        values = {column: read_text(row.text(column)).read for column in _READ}
        if not any(values.values()):
            return None
        read = ReadRow(row.sheet, row.number, {}, values, source=row)
        if not _REFERENCE.fullmatch(values["reference"]):
            _unknown(read, "reference", "not-in-list" if values["reference"] else "missing")
        else:
            read.keys["reference"] = values["reference"].partition("-")[0]
        self._read_decision(read)
        return read

    def compare(self, rows):
        """Compare decided rows with the requests as they stand."""
        wanted = {
            row.values["reference"]: _REFERENCE.fullmatch(row.values["reference"]) for row in rows
        }
        keys = [int(found[1]) for found in wanted.values()]
        seen = CorrectionRequest.objects.visible_to(self.account, self.import_right)
        seen = seen.below([self.unit.path]).select_related("case__taken_by", "record", "unit")
        requests = seen.in_bulk(keys)
        done = _acts_on(keys)
        for row in rows:
            found = wanted[row.values["reference"]]
            request = requests.get(int(found[1]))
            if request is None:
                row.findings.append(
                    import_codes.ROW_OUT_OF_REACH.at(
                        row.where("reference"), **_told(row, "reference")
                    )
                )
                yield JudgedRow(row, Verdict.REFUSED)
                continue
            yield self._judged(row, request, int(found[2]), done.get(request.pk, ()))

    def write(self, rows, log, table):
        """Decide, each request by the service that decides singly."""
        for row in rows:
            asked = {column: after for column, _before, after in row.change_list}
            try:
                decide(
                    row.target,
                    Event(asked["decision"]),
                    by=self.account,
                    code=asked.get("decision_reason", ""),
                    opinion=asked.get("opinion", ""),
                    version=row.before,
                )
            except Refused as refused:
                raise Outdated from refused

    def _judged(self, row, request, version, done):
        values = row.values
        if not values["decision"] or self._is_done(request, values["decision"], done):
            return JudgedRow(row, Verdict.SAME, request.pk, request.version)
        if request.state != State.FILED or request.version != version:
            state = state_words(request)
            row.findings.append(
                import_codes.ROW_MOVED_ON.at(
                    row.where("reference"), **_told(row, "reference"), state=state
                )
            )
        elif why := self._hindrance(request, done):
            row.findings.append(
                import_codes.ROW_NOT_YOURS.at(
                    row.where("reference"), **_told(row, "reference"), why=why
                )
            )
        if row.is_faulty:
            return JudgedRow(row, Verdict.REFUSED)
        changes = [[column, "", values[column]] for column in _READ[1:] if values[column]]
        return JudgedRow(row, Verdict.CHANGED, request.pk, request.version, changes)

    def _is_done(self, request, decision, done):
        """Tell whether the account's person decided so already: the same table once more."""
        mine = any(person == self.account.person_id for _act, person in done)
        return mine and request.state == AFTER[Event(decision)]

    def _hindrance(self, request, done):
        taken = request.case.taken_by_id
        if taken and taken != self.account.person_id:
            return TAKEN
        step = request.current_step
        if not holds_step(step, request, self.account):
            return OTHER_STEP
        return FOUR_EYES if has_done_another(act_of_step(step), done, self.account) else None

    def _read_decision(self, read):
        values = read.values
        text, reason = values["decision"], values["decision_reason"]
        if len(values["opinion"]) > _LONGEST_OPINION:
            _unknown(read, "opinion", "text-too-long", limit=_LONGEST_OPINION)
        if not text:
            if reason or values["opinion"]:
                _unknown(read, "decision", "reason-without-verdict")
            return
        event = read_decision(text)
        if event is None:
            _unknown(read, "decision", "not-in-list")
            return
        values["decision"] = event.value
        if event not in _VERDICTS:
            # Approval needs no reason, and keeps none.
            values["decision_reason"] = ""
            return
        if not reason:
            _unknown(read, "decision_reason", "missing")
            return
        found = self._reasons_by_word().get((_VERDICTS[event], matching_key(reason)))
        if found is None:
            _unknown(read, "decision_reason", "not-in-list")
            return
        values["decision_reason"] = found.code
        if found.opinion_needed and not values["opinion"]:
            _unknown(read, "opinion", "opinion-needed")

    def _reasons_by_word(self):
        if self._reasons is None:
            self._reasons = {}
            for each in DecisionReason.objects.filter(in_use=True):
                for text in (each.code, each.words_zh, each.words_en):
                    self._reasons[each.verdict, matching_key(text)] = each
                self._reasons["", each.code] = each
        return self._reasons


def _acts_on(keys):
    """Return what was done on requests, as (act, person), as the four-eyes rule counts it."""
    rows = RequestEvent.objects.filter(request__in=keys).exclude(act="")
    acts = {}
    for request, act, person in rows.values_list("request_id", "act", "person_id"):
        acts.setdefault(request, set()).add((act, person))
    return acts


def _told(row, column):
    return {"column": row.where(column).column, "value": row.values[column]}


def _unknown(row, column, fault, **params):
    row.findings.append(
        value_codes.VALUE_UNKNOWN.at(row.where(column), **_told(row, column), fault=fault, **params)
    )
