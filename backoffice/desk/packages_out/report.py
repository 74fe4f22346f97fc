"""The correction report of a package, as the statements print it."""

from dataclasses import replace

from django.utils import translation
from django.utils.timezone import localdate

from backoffice.desk.printing.answers import NotPrinted, worded_faults
from backoffice.desk.printing.paper import PAPER_LANGUAGE, written_day
from backoffice.desk.printing.report_paper import proposed_texts, report_paper
from backoffice.packages.outgoing_outcome import NotComposed
from statements.rendering import render_pdf


def report_pdf(package, requests):
    """Return the report about *requests* of a package; raises NotComposed."""
    rules, unit = package.rules, package.unit
    first, last = _period(package, requests)
    with translation.override(PAPER_LANGUAGE):
        texts = proposed_texts(unit, requests, rules, first, last)
        paper = report_paper(unit, rules, requests, first, last, texts)
        try:
            with worded_faults():
                # The day of the package, not of today: the same content is the same paper.
                return render_pdf(replace(paper, day=written_day(package.day)))
        except NotPrinted as fault:
            raise NotComposed("report-impossible", why=fault.message) from fault


def _period(package, requests):
    if package.first:
        return package.first, package.last
    days = [localdate(each.submitted_at) for each in requests]
    return min(days), max(days)
