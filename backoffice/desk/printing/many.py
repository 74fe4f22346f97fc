"""Many sheets, each as a PDF of its own: one that cannot be printed holds up no other."""

from backoffice.desk.printing.answers import NotPrinted, worded_faults
from backoffice.desk.printing.sheet_paper import sheet_paper
from statements.rendering import render_many, render_pdf


def rendered(revisions):
    """Yield (revision, PDF, None) of each revision, or (revision, None, why) in words."""
    papers = []
    for revision in revisions:
        try:
            with worded_faults():
                papers.append((revision, sheet_paper(revision)))
        except NotPrinted as fault:
            yield revision, None, fault.message
    while papers:
        done = 0
        try:
            with worded_faults():
                for pdf in _pdfs([paper for _revision, paper in papers]):
                    yield papers[done][0], pdf, None
                    done += 1
            return
        except NotPrinted as fault:
            # They come in their order: the one that is due now is the one that failed.
            yield papers[done][0], None, fault.message
            papers = papers[done + 1 :]


def _pdfs(papers):
    # Worker processes take seconds to start, and pay for themselves from the second sheet on.
    return render_many(papers) if len(papers) > 2 else map(render_pdf, papers)
