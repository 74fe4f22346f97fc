"""The case file: everything of one case with its history, the originals inside."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import RequestEvent
from backoffice.desk.printing.answers import NotPrinted
from backoffice.desk.printing.case_facts import changes_of, facts_of, field_label, institution
from backoffice.desk.printing.notice_paper import OUTCOMES
from backoffice.desk.printing.paper import watermark, written_moment
from backoffice.evidence.kinds import kind_label
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.storing import evidence_storage
from correctionkit.scans.facts import JPEG, PNG
from correctionkit.scans.formats import sniff
from statements.contexts.case_file import MOST_ATTACHED, Attachment, CaseFile, Decision, Enclosure
from statements.contexts.case_file import Event as Step
from statements.contexts.parts import Fact

_TYPES = {JPEG: ("image/jpeg", "jpg"), PNG: ("image/png", "png"), "PDF": ("application/pdf", "pdf")}
_UNKNOWN = ("application/octet-stream", "bin")


def case_file_paper(case, *, with_originals):
    """Return the case file, its numbers whole; *with_originals* what was received is attached,
    as far as it fits into one file.

    To be made with Chinese as the language.  Raises NotPrinted where an original is missing.
    """
    requests = list(case.requests.select_related("record").order_by("pk"))
    events = list(
        RequestEvent.objects.filter(request__case=case)
        .select_related("request", "person", "reason")
        .order_by("at", "pk")
    )
    files = list(EvidenceFile.objects.filter(case=case, removed_at=None).order_by("kind", "pk"))
    attached = _attached(case, files) if with_originals else {}
    moments = [case.created_at, *(event.at for event in events)]
    moments += [file.uploaded_at for file in files]
    return CaseFile(
        title="学籍信息修改案卷",
        made_at=max(moments),
        watermark=watermark(),
        institution=institution(case),
        number=case.reference,
        name=case.record.name,
        facts=_facts(case),
        changes=changes_of(case, requests, whole=True),
        enclosures=tuple(_enclosures(case, files, attached)),
        decisions=tuple(_decisions(case, events)),
        lines=tuple(_step(case, event) for event in events),
        attachments=tuple(attached.values()),
    )


def _facts(case):
    facts = [
        Fact("学号／注册证号", case.record.shown_number),
        *facts_of(case, whole=True),
        Fact("申请单位", case.unit.name),
        Fact("经办人", case.handler.name),
        Fact("适用规定", f"{case.rules.heading.title.zh}（{case.policy} {case.policy_version}）"),
        Fact("特殊情况原因", case.cause),
        Fact("备注", case.remark),
    ]
    return tuple(fact for fact in facts if fact.text)


def _enclosures(case, files, attached):
    for file in files:
        kind = kind_label(file.kind, case.rules)
        yield Enclosure(
            kind=f"{kind}（已更换）" if file.replaced_by_id else kind,
            name=attached[file.pk].name if file.pk in attached else "—",
            size=str(filesizeformat(file.size)),
            sha256=file.sha256,
        )


def _attached(case, files):
    """Return the originals by their files' keys: as many as one case file may hold."""
    attached, room = {}, MOST_ATTACHED
    for place, file in enumerate(files, 1):
        try:
            with evidence_storage().open(file.original) as stored:
                content = stored.read()
        except FileNotFoundError:
            message = _("An original is missing in the storage. Tell whoever runs the office.")
            raise NotPrinted(message) from None
        if len(content) > room:
            continue
        room -= len(content)
        kind = kind_label(file.kind, case.rules)
        media_type, ending = _TYPES.get(sniff(content), _UNKNOWN)
        name = f"{place:02}-{kind}.{ending}"
        attached[file.pk] = Attachment(name, media_type, kind, content)
    return attached


def _decisions(case, events):
    for event in events:
        if event.event in OUTCOMES:
            yield Decision(
                when=written_moment(event.at),
                field=field_label(case, event.request),
                outcome=OUTCOMES[event.event],
                reviewer=str(event.person or ""),
                opinion=_opinion(event),
            )


def _step(case, event):
    return Step(
        when=written_moment(event.at),
        who=str(event.person or "系统"),
        act=f"{field_label(case, event.request)}：{event.get_event_display()}",
        became=event.get_target_display(),
        opinion=_opinion(event),
    )


def _opinion(event):
    reason = event.reason.words_zh if event.reason else ""
    return "　".join(part for part in (reason, event.opinion) if part)
