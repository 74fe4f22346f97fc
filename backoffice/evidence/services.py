"""Writing to evidence, and what a case's files say of it."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import Case
from backoffice.evidence.editing import ADDING, REMOVING, REPLACING, ask_editor
from backoffice.evidence.judging import checked_files, judge_scan, keep_check
from backoffice.evidence.kinds import REPORT, is_known
from backoffice.evidence.models import EvidenceFile, EvidenceReuse
from backoffice.evidence.receiving import discard, receive
from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused
from backoffice.evidence.reuse import keep_reuses, look_for_saved_anew
from backoffice.evidence.storing import names_of, remove

MOST_FILES = 60


def add_evidence(case_pk, kind, upload, *, by, version=None):
    """Receive a file for a case that lies with *by*, and return it as it is kept.

    The same file of the same kind again is the one that is there.  Raises EvidenceRefused, or
    NotReceived with what is wrong with the file.
    """
    case = _case(Case.objects.all(), pk=case_pk)
    ask_editor(case, by, ADDING, version)
    if not is_known(kind, case.rules):
        raise EvidenceRefused(EvidenceRefusal.KIND_UNKNOWN, case)
    with _received(upload, kind, case) as (received, known):
        file = add_received(case_pk, kind, received, known, by=by, version=version)
        if file.original != received.original:
            discard(received)
    return file


def add_received(case_pk, kind, received, known, *, by, version=None):
    """Put a file that is stored already into a case that lies with *by*, and return it.

    The same file of the same kind again is the one that is there: the caller discards what
    was not put in.  *known* is what look_for_saved_anew found.  Raises EvidenceRefused.
    """
    with office_transaction(by) as log:
        case = _locked(case_pk)
        ask_editor(case, by, ADDING, version)
        if not is_known(kind, case.rules):
            raise EvidenceRefused(EvidenceRefusal.KIND_UNKNOWN, case)
        twin = _twin(case, kind, received)
        if twin is not None:
            return twin
        if case.evidence.current().count() >= MOST_FILES:
            raise EvidenceRefused(EvidenceRefusal.TOO_MANY, case, most=MOST_FILES)
        return _keep(case, kind, received, known, by, log)


def replace_evidence(pk, upload, *, by):
    """Put another file in the place of one, and return it.

    What was submitted is kept beside it; a file that never was goes.  Raises EvidenceRefused,
    or NotReceived.
    """
    case = _case_of_file(pk)
    ask_editor(case, by, REPLACING)
    kind = _standing(case, pk).kind
    with _received(upload, kind, case) as (received, known):
        with office_transaction(by) as log:
            case = _locked(case.pk)
            ask_editor(case, by, REPLACING)
            old = _standing(case, pk)
            twin = _twin(case, kind, received)
            if twin is None:
                new = _keep(case, kind, received, known, by, log, replaces=old.pk)
                old.replaced_by = new
                old.save(update_fields=["replaced_by"])
                if old.frozen_at is None:
                    _take_out(old, log)
                return new
            if twin.pk != old.pk:
                # The other file is there already: this one makes way for it.
                old.replaced_by = twin
                old.save(update_fields=["replaced_by"])
                if old.frozen_at is None:
                    _take_out(old, log)
        discard(received)
    return twin


def remove_evidence(pk, *, by):
    """Remove a file that was never submitted; raises EvidenceRefused."""
    case = _case_of_file(pk)
    with office_transaction(by) as log:
        case = _locked(case.pk)
        ask_editor(case, by, REMOVING)
        file = _standing(case, pk)
        if file.frozen_at is not None:
            raise EvidenceRefused(EvidenceRefusal.FROZEN, file)
        _take_out(file, log)
        case.save(update_fields=["changed_at"])


def kinds_present(case):
    """Return the kinds of evidence that a case has files of.

    A file with errors is there all the same: what is wrong with it stops the case by itself.
    """
    return frozenset(case.evidence.current().values_list("kind", flat=True))


def current_findings(case):
    """Return the findings that the files of a case were stored with.

    Where the case is judged by other rules by now, its files are judged anew.
    """
    return tuple(finding for row in checked_files(case) for finding in row.findings)


def freeze_evidence(case):
    """Keep the files of a case from being removed: they were submitted with it."""
    case.evidence.filter(frozen_at=None, removed_at=None).update(frozen_at=timezone.now())


@contextmanager
def _received(upload, kind, case):
    """Store an upload, and remove it again if the block fails.

    The search for saved copies, which reads every file's sketch, comes before the block's
    transaction: nobody should wait for it.
    """
    bounds = case.rules.scan_bounds
    received = receive(upload, upload.name, bounds, takes_pdf=kind == REPORT)
    try:
        yield received, look_for_saved_anew(received, case.record)
    except BaseException:
        discard(received)
        raise


def _keep(case, kind, received, known, by, log, *, replaces=None):
    file = EvidenceFile.objects.create(
        case=case,
        kind=kind,
        received_as=received.received_as,
        original=received.original,
        clean=received.clean,
        thumbnail=received.thumbnail,
        format=received.format,
        size=received.size,
        pages=received.pages,
        width=received.width,
        height=received.height,
        sha256=received.sha256,
        pixel_digest=received.pixel_digest,
        fingerprint=received.fingerprint,
        uploaded_by=by.person,
    )
    keep_check(file, judge_scan(received.facts, case.rules, kind, received.received_as))
    keep_reuses(file, received, known)
    case.save(update_fields=["changed_at"])
    facts = {"replaces": replaces} if replaces else {}
    _log(log, "evidence-add", file, kind=kind, **facts)
    return file


def _take_out(file, log):
    file.removed_at = timezone.now()
    file.save(update_fields=["removed_at"])
    EvidenceReuse.objects.filter(file=file).delete()
    EvidenceReuse.objects.filter(other=file).delete()
    _log(log, "evidence-remove", file, kind=file.kind)
    names = names_of(file.original, file.clean, file.thumbnail, file.pages)
    transaction.on_commit(lambda: remove(names))


def _log(log, act, file, **facts):
    log.add(
        act,
        chain=chain_of(file.case.unit_id),
        ref=f"evidencefile:{file.pk}",
        digest=file.sha256,
        case=file.case_id,
        **facts,
    )


def _case(cases, **key):
    return cases.select_related("unit", "record", "handler").get(**key)


def _case_of_file(pk):
    return _case(Case.objects.all(), evidence=pk)


def _locked(pk):
    return _case(Case.objects.filter(pk=pk).held())


def _standing(case, pk):
    file = case.evidence.current().filter(pk=pk).first()
    if file is None:
        raise EvidenceRefused(EvidenceRefusal.GONE, case)
    file.case = case
    return file


def _twin(case, kind, received):
    return case.evidence.current().filter(kind=kind, sha256=received.sha256).first()
