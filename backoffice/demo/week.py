"""The demo's week: what is planned for it as events, lived through in order of time."""

from functools import partial

from backoffice.demo.clock import clock
from backoffice.demo.hands import VERDICTS, DaySheet

_FROM, _UNTIL = 9, 15.5
_SUBMITTED_AFTER = 0.2


class Week:
    """Events to come, each at its moment."""

    def __init__(self, calendar):
        self._calendar = calendar
        self._events = []

    def at(self, days_ago, hour, act, *args):
        """Plan *act* for an hour of a working day."""
        self._events.append((self._calendar.moment(days_ago, hour), partial(act, *args)))

    def live(self, progress=None):
        """Let everything happen in order, the clock standing at each event's moment.

        *progress* is told how much is over, of how much.
        """
        self._events.sort(key=lambda event: event[0])
        for done, (moment, act) in enumerate(self._events, 1):
            with clock(moment):
                act()
            if progress:
                progress(done, len(self._events))


def plan_sheet(week, plan, stories, people, another_page):
    """Plan the events of one sheet: those of its cases, and its own.

    *people* names the account of a role for a unit, *another_page* a scan that comes later.
    """
    sheet, day = DaySheet(stories), plan.days_ago
    for place, story in enumerate(stories):
        hour = _FROM + (_UNTIL - _FROM) * place / len(stories)
        week.at(day, hour, story.draft)
        week.at(day, hour + _SUBMITTED_AFTER, story.submit)
        _plan_before_filing(week, story, day, people)
        if plan.reaches == "filed":
            _plan_after_filing(week, story, day, people, another_page)
    if plan.reaches == "open":
        return
    week.at(day, 16.5, sheet.close, people("clerk", plan.unit))
    if plan.reaches == "closed":
        return
    week.at(day, 17.2, sheet.sign, people("head", plan.unit))
    if plan.reaches == "first-signed":
        return
    if any(story.plan.exceptional for story in stories):
        week.at(day - 1, 9.2, sheet.sign, people("president", plan.unit))
    if plan.reaches == "filed":
        week.at(day - 1, 10, sheet.file, people("clerk", plan.unit))


def _plan_before_filing(week, story, day, people):
    if story.plan.ends == "withdrawn":
        week.at(day, 16, story.withdraw)
    elif story.plan.ends == "sent-back":
        week.at(day, 16.8, story.send_back, people("head", story.plan.unit))


def _plan_after_filing(week, story, day, people, another_page):
    ends = story.plan.ends
    reviewer = people("reviewer", story.plan.unit)
    registrar = people("registrar", story.plan.unit)
    if ends == "recalled":
        week.at(day - 1, 11, story.withdraw)
    elif ends == "taken":
        week.at(day - 1, 13.5, story.take, reviewer)
    elif ends in VERDICTS:
        week.at(day - 1, 14, story.decide, reviewer)
    if ends == "resubmitted":
        week.at(day - 2, 11, story.resubmit, another_page(story))
    if ends == "conflict":
        week.at(day - 2, 9, story.overtake, registrar)
    if ends in {"conflict", "applied", "reconciled", "reversal"}:
        week.at(day - 2, 10, story.apply, registrar)
    if ends == "reconciled":
        week.at(day - 3, 11, story.reconcile, registrar)
    elif ends == "reversal":
        week.at(day - 3, 15, story.ask_reversal, registrar)
