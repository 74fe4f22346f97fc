"""Requests in cells of tables that go out: values readable, ID numbers masked unless asked for."""

from django.utils.timezone import localdate

from backoffice.words import say
from correctionkit.masking import mask_number, mask_text
from correctionkit.terms import ValueType, Words

HEADINGS = {
    "reference": Words("Request", "申请编号"),
    "case": Words("Case", "案件"),
    "unit": Words("Unit", "申报单位"),
    "number": Words("Student or certificate number", "学号/注册证号"),
    "name": Words("Name", "姓名"),
    "field": Words("Field", "修改内容"),
    "old": Words("Before", "修改前"),
    "new": Words("After", "修改后"),
    "request_reason": Words("Reason of the request", "修改原因"),
    "state": Words("State", "状态"),
    "since": Words("Since", "自"),
    "seen": Words("Latest list of the register", "最近一次核对"),
    "decision": Words("Decision", "审核结果"),
    "decision_reason": Words("Reason", "退回/驳回原因"),
    "opinion": Words("Opinion", "审核意见"),
}
_REVEALING = ("roll.reveal_number", "roll.reveal_with_purpose")


class RequestCells:
    """Mixin of a resource of requests: the cells that every such table shares."""

    def dehydrate_case(self, request):
        """Return what the case is called."""
        return request.case.reference

    def dehydrate_unit(self, request):
        """Return the unit that filed it."""
        return request.unit.name

    def dehydrate_number(self, request):
        """Return the number that identifies the student."""
        return request.record.shown_number

    def dehydrate_name(self, request):
        """Return the student's name."""
        return mask_text(request.record.name)

    def dehydrate_field(self, request):
        """Return the field in words."""
        return say(request.case.rules.vocabulary.fields[request.field].label)

    def dehydrate_old(self, request):
        """Return the value before."""
        return self._value(request, request.old)

    def dehydrate_new(self, request):
        """Return the value asked for."""
        return self._value(request, request.new)

    def dehydrate_request_reason(self, request):
        """Return in words why it is asked for."""
        reason = request.case.rules.vocabulary.reasons.get(request.reason)
        return say(reason.label) if reason else request.reason

    def dehydrate_state(self, request):
        """Return where it stands, in words."""
        return request.get_state_display()

    def dehydrate_since(self, request):
        """Return the day on which it came there."""
        return localdate(request.state_since).isoformat()

    def _value(self, request, text):
        kind = request.case.rules.vocabulary.fields[request.field].value
        whole = self.gives_whole_numbers and any(
            self.account.has_perm(right, request) for right in _REVEALING
        )
        if whole:
            return text
        return mask_number(text) if kind is ValueType.ID_NUMBER else mask_text(text)


def call_columns(fields):
    """Give the columns of a resource their headings, in the language of the page."""
    for column, field in fields.items():
        field.column_name = say(HEADINGS[column])
