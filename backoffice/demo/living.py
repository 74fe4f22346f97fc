"""From the plan of the week to stories with students, clerks and scans."""

from dataclasses import replace

from backoffice.demo.hands import Story
from backoffice.demo.week import Week, plan_sheet
from correctionkit.samples.filings import StudentFiling

_DRAFTS_FROM, _DRAFTS_UNTIL = 16, 23


def plan_week(plan, calendar, units, accounts, students, papers, *, share):
    """Deal out all filings, write the roll, and return the week to live.

    *share* is how many cases there are for each planned one, at least one.
    """
    dealt = [_deal_sheet(sheet, units, students, papers, share) for sheet in plan.sheets]
    drafts = [(draft, *_deal_draft(draft, units, students, papers)) for draft in plan.drafts]
    first = max(sheet.days_ago for sheet in plan.sheets)
    week, records = Week(calendar), {}
    week.at(first + 1, 9, lambda: records.update(students.record()))

    def story(each, filing, scans):
        return Story(
            each,
            filing,
            scans,
            lambda: records[filing.person.student_number],
            accounts[each.by],
            plan.words,
        )

    def another_page(each):
        return papers.another_page(each.filing, each.plan.shows)

    people = _people(plan, units, accounts)
    for sheet, rows in zip(plan.sheets, dealt, strict=True):
        plan_sheet(week, sheet, [story(*row) for row in rows], people, another_page)
    for place, row in enumerate(drafts):
        hour = _DRAFTS_FROM + (_DRAFTS_UNTIL - _DRAFTS_FROM) * place / len(drafts)
        week.at(0, hour, story(*row).draft)
    return week


def _deal_sheet(sheet, units, students, papers, share):
    rows = []
    for each in sheet.cases:
        for _ in range(max(1, round(each.students * share))):
            filing = students.take(
                units[each.unit],
                each.fields,
                exceptional=each.exceptional,
                shows=each.shows or each.reuses,
            )
            lender = rows[-1][1] if each.reuses else None
            scans = papers.of(filing, borrowed=each.reuses, lender=lender)
            rows.append((each, filing, scans))
    return rows


def _deal_draft(draft, units, students, papers):
    filing = students.take(units[draft.unit], draft.fields)
    scans = papers.of(filing, coarse=draft.lacks == "resolution")
    if draft.lacks == "document":
        return filing, scans[:-1]
    if draft.lacks == "evidence":
        return filing, []
    if draft.lacks == "value":
        return _mistyped(filing), scans
    return filing, scans


def _mistyped(filing: StudentFiling):
    """Return the filing with the last character of each new value typed wrong."""
    requests = tuple(
        replace(request, new=request.new[:-1] + ("2" if request.new[-1] == "1" else "1"))
        for request in filing.requests
    )
    return replace(filing, requests=requests)


def _people(plan, units, accounts):
    def find(role, code):
        """Return the account of *role* that is nearest to a unit."""
        path = units[code].path
        near = [
            (len(units[unit].path), row.username)
            for row in plan.accounts
            if row.role == role
            for unit in row.assigned or (row.unit,)
            if path.startswith(units[unit].path)
        ]
        return accounts[max(near, key=lambda each: each[0])[1]]

    return find
