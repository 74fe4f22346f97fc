"""Evidence of a case: who may add, replace and remove files, and what is kept of each."""

import hashlib
import io
from datetime import timedelta

import pytest
from builders import office as build
from builders.uploads import saved, stored_names, upload
from django.utils import timezone
from PIL import Image

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import EDITABLE, State
from backoffice.evidence import services
from backoffice.evidence.keeping import find_orphans, sweep
from backoffice.evidence.models import EvidenceCheck, EvidenceFile
from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused, NotReceived
from backoffice.evidence.services import (
    add_evidence,
    current_findings,
    freeze_evidence,
    kinds_present,
    remove_evidence,
    replace_evidence,
)
from backoffice.workflow.refusals import SubmissionBlocked
from backoffice.workflow.submission import submit_case


@pytest.fixture
def case(office):
    return build.drafted(office)


def add(case, office, content=None, *, kind="id_card", name="身份证.jpg", by=None, **changes):
    content = build.scan() if content is None else content
    return add_evidence(case.pk, kind, upload(content, name), by=by or office.clerk, **changes)


def refusal_of(act, *args, **kwargs):
    with pytest.raises(EvidenceRefused) as refused:
        act(*args, **kwargs)
    assert refused.value.message
    return refused.value.refusal


def acts(case):
    entries = AuditEntry.objects.filter(chain=f"unit-{case.unit_id}", act__startswith="evidence")
    return list(entries.order_by("sequence").values_list("act", "ref", "digest", "facts"))


def test_a_file_is_kept_with_what_was_found_and_logged(case, office):
    file = add(case, office)

    sha256 = hashlib.sha256(build.scan()).hexdigest()
    assert (file.kind, file.received_as, file.sha256) == ("id_card", "身份证.jpg", sha256)
    assert (file.uploaded_by, file.frozen_at) == (office.clerk.person, None)
    check = EvidenceCheck.objects.get(file=file)
    assert (check.policy, check.policy_version, check.findings) == ("ouc-2016", "1", "[]")
    assert kinds_present(case) == {"id_card"}
    assert acts(case) == [
        ("evidence-add", f"evidencefile:{file.pk}", sha256, {"kind": "id_card", "case": case.pk})
    ]


def test_a_file_with_errors_is_kept_and_stops_the_case(case, office, page):
    add(case, office, saved(page, dpi=(150, 150)))

    assert [finding.code for finding in current_findings(case)] == ["scan-resolution"]
    check = EvidenceCheck.objects.get()
    assert (check.errors, check.warnings) == (1, 0)
    with pytest.raises(SubmissionBlocked) as blocked:
        submit_case(case.pk, by=office.clerk)
    assert [finding.code for finding in blocked.value.findings] == ["scan-resolution"]


def test_a_sound_file_lets_the_case_go(case, office):
    add(case, office)

    submit_case(case.pk, by=office.clerk)

    assert EvidenceFile.objects.get().frozen_at is not None


def test_what_is_not_received_leaves_neither_row_nor_file(case, office):
    with pytest.raises(NotReceived):
        add(case, office, b"no picture")

    assert not EvidenceFile.objects.exists()
    assert (stored_names(), acts(case)) == ([], [])


def test_only_the_case_s_clerk_touches_its_evidence(case, office):
    file, other = add(case, office), build.scan(who=1)
    before = stored_names()
    not_yours = dict.fromkeys(("colleague", "branch_clerk"), EvidenceRefusal.NOT_YOURS)
    others = ("other_clerk", "head", "reviewer", "registrar", "auditor", "administrator")
    for who, expected in (not_yours | dict.fromkeys(others, EvidenceRefusal.NOT_PERMITTED)).items():
        account = getattr(office, who)

        assert refusal_of(add, case, office, other, by=account) is expected
        assert refusal_of(replace_evidence, file.pk, upload(other), by=account) is expected
        assert refusal_of(remove_evidence, file.pk, by=account) is expected
    assert (EvidenceFile.objects.current().count(), stored_names()) == (1, before)


def test_an_unknown_kind_is_refused(case, office):
    assert refusal_of(add, case, office, kind="passport") is EvidenceRefusal.KIND_UNKNOWN


def test_a_form_of_an_older_version_is_refused(case, office):
    version = Case.objects.get(pk=case.pk).version

    assert refusal_of(add, case, office, version=version - 1) is EvidenceRefusal.STALE
    assert add(case, office, version=version).pk


def test_adding_does_not_make_the_open_form_of_the_case_stale(case, office):
    before = Case.objects.get(pk=case.pk).version

    add(case, office)

    assert Case.objects.get(pk=case.pk).version == before


def test_the_same_file_again_is_the_one_that_is_there(case, office):
    first = add(case, office)

    assert add(case, office, name="身份证2.jpg") == first
    assert len(stored_names()) == 3
    assert len(acts(case)) == 1


def test_the_same_file_of_another_kind_is_another(case, office):
    first, second = add(case, office), add(case, office, kind="enrolment_form")

    assert first != second
    assert kinds_present(case) == {"id_card", "enrolment_form"}


def test_a_case_takes_so_many_files_and_no_more(case, office, monkeypatch):
    monkeypatch.setattr(services, "MOST_FILES", 2)
    add(case, office)
    add(case, office, build.scan(who=1))

    assert refusal_of(add, case, office, build.scan(who=2)) is EvidenceRefusal.TOO_MANY
    assert len(stored_names()) == 6


def test_a_report_may_be_a_pdf_and_nothing_else_may(case, office):
    out = io.BytesIO()
    Image.new("L", (875, 1240), 250).save(out, "PDF", resolution=150)

    report = add(case, office, out.getvalue(), kind="report", name="书面报告.pdf")

    assert (report.format, report.pages) == ("PDF", 1)
    with pytest.raises(NotReceived):
        add(case, office, out.getvalue(), name="身份证.pdf")


def test_a_removed_file_is_gone_and_its_removal_logged(
    case, office, django_capture_on_commit_callbacks
):
    file = add(case, office)

    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(file.pk, by=office.clerk)

    assert (kinds_present(case), current_findings(case), stored_names()) == (set(), (), [])
    assert acts(case)[1][:3] == ("evidence-remove", f"evidencefile:{file.pk}", file.sha256)
    assert refusal_of(remove_evidence, file.pk, by=office.clerk) is EvidenceRefusal.GONE


def test_a_file_stays_stored_until_its_removal_is_committed(case, office):
    file = add(case, office)

    remove_evidence(file.pk, by=office.clerk)

    assert len(stored_names()) == 3


def test_what_was_submitted_is_replaced_and_never_removed(
    case, office, django_capture_on_commit_callbacks
):
    old = add(case, office)
    freeze_evidence(case)

    assert refusal_of(remove_evidence, old.pk, by=office.clerk) is EvidenceRefusal.FROZEN
    with django_capture_on_commit_callbacks(execute=True):
        new = replace_evidence(old.pk, upload(build.scan(who=1), "身份证新.jpg"), by=office.clerk)

    old.refresh_from_db()
    assert (old.replaced_by, old.removed_at) == (new, None)
    assert (new.kind, new.frozen_at) == ("id_card", None)
    assert list(case.evidence.current()) == [new]
    assert len(stored_names()) == 6
    assert acts(case)[-1][3] == {"kind": "id_card", "case": case.pk, "replaces": old.pk}


def test_a_draft_s_file_that_is_replaced_goes(case, office, django_capture_on_commit_callbacks):
    old = add(case, office)

    with django_capture_on_commit_callbacks(execute=True):
        new = replace_evidence(old.pk, upload(build.scan(who=1)), by=office.clerk)

    old.refresh_from_db()
    assert old.removed_at is not None
    assert (list(case.evidence.current()), len(stored_names())) == ([new], 3)


def test_replacing_a_file_by_itself_changes_nothing(case, office):
    file = add(case, office)

    assert replace_evidence(file.pk, upload(build.scan()), by=office.clerk) == file
    assert (len(stored_names()), len(acts(case))) == (3, 1)


def test_a_replaced_file_is_not_replaced_again(case, office):
    old = add(case, office)
    replace_evidence(old.pk, upload(build.scan(who=1)), by=office.clerk)

    again = refusal_of(replace_evidence, old.pk, upload(build.scan(who=2)), by=office.clerk)

    assert again is EvidenceRefusal.GONE


def in_states(case, *states):
    """Make the requests of a case stand so."""
    CorrectionRequest.objects.filter(case=case).delete()
    for state, field in zip(states, ("name", "gender"), strict=False):
        made = CorrectionRequest.objects.create(
            case=case, record=case.record, unit=case.unit, field=field, status="enrolled"
        )
        CorrectionRequest.objects.filter(pk=made.pk).update(state=state)


def test_evidence_is_added_to_what_is_judged_and_not_taken_away(case, office):
    in_states(case, "submitted", "returned")
    file = add(case, office, build.scan(who=1))

    expected = EvidenceRefusal.NOT_WITH_CLERK
    assert refusal_of(replace_evidence, file.pk, upload(b""), by=office.clerk) is expected
    assert refusal_of(remove_evidence, file.pk, by=office.clerk) is expected


def test_evidence_changes_while_the_case_lies_with_the_clerk(case, office):
    for who, states in enumerate([[], ["draft"], ["returned"], ["approved", "returned"]]):
        in_states(case, *states)

        file = add(case, office, build.scan(who=who))
        remove_evidence(file.pk, by=office.clerk)


def test_evidence_changes_no_longer_once_nothing_lies_with_the_clerk(case, office):
    file, expected = add(case, office), EvidenceRefusal.NOT_WITH_CLERK
    for state in set(State) - EDITABLE:
        in_states(case, state)

        assert refusal_of(add, case, office, build.scan(who=1)) is expected
        assert refusal_of(replace_evidence, file.pk, upload(b""), by=office.clerk) is expected
        assert refusal_of(remove_evidence, file.pk, by=office.clerk) is expected
    assert len(stored_names()) == 3


@pytest.mark.parametrize("failing", ["keep_check", "keep_reuses"])
def test_a_transaction_that_fails_takes_the_files_along(case, office, monkeypatch, failing):
    def fail(*args):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(services, failing, fail)

    with pytest.raises(RuntimeError):
        add(case, office)

    assert (stored_names(), EvidenceFile.objects.count(), acts(case)) == ([], 0, [])


def test_a_crash_before_the_row_leaves_an_orphan_that_is_swept_after_a_day(
    case, office, monkeypatch
):
    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(services, "discard", lambda received: None)
    monkeypatch.setattr(services, "keep_check", die)
    with pytest.raises(Killed):
        add(case, office)

    orphans = stored_names()
    assert len(orphans) == 3
    assert list(find_orphans(set())) == []
    tomorrow = timezone.now() + timedelta(days=1, seconds=1)
    assert [fault.name for fault in find_orphans(set(), tomorrow)] == orphans
    assert sweep(set(), tomorrow) == 3
    assert stored_names() == []


def test_freezing_leaves_earlier_freezing_and_removed_files_alone(case, office):
    file, removed = add(case, office), add(case, office, build.scan(who=1))
    remove_evidence(removed.pk, by=office.clerk)
    freeze_evidence(case)
    first = EvidenceFile.objects.get(pk=file.pk).frozen_at

    freeze_evidence(case)

    assert EvidenceFile.objects.get(pk=file.pk).frozen_at == first
    assert EvidenceFile.objects.get(pk=removed.pk).frozen_at is None
