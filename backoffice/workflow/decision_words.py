"""What a table of decisions says: its words, and the states that follow them."""

from django.utils.translation import override

from backoffice.corrections.states import Event, State
from correctionkit.readings import matching_key
from correctionkit.terms import Words

DECISIONS = {
    Event.APPROVE: Words("approve", "通过"),
    Event.RETURN: Words("return", "退回"),
    Event.REJECT: Words("reject", "驳回"),
}
_MORE = {"同意": Event.APPROVE, "批准": Event.APPROVE}
AFTER = {
    Event.APPROVE: State.APPROVED,
    Event.RETURN: State.RETURNED,
    Event.REJECT: State.REJECTED,
}
TAKEN = Words("somebody else has taken the case", "案件已由他人领取")
OTHER_STEP = Words("this step belongs to another role or unit", "该环节属于其他岗位或单位")
FOUR_EYES = Words("you have taken part in it already", "您已参与过该申请的办理")


def read_decision(text):
    """Return the event that a text means, or None."""
    key = matching_key(text)
    for event, words in DECISIONS.items():
        if key in (matching_key(words.zh), matching_key(words.en), event.value):
            return event
    return _MORE.get(text)


def state_words(request):
    """Return where a request stands, in both languages."""
    with override("zh-hans"):
        chinese = str(request.get_state_display())
    with override("en"):
        return Words(str(request.get_state_display()), chinese)
