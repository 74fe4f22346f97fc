"""Faults of scans: how they were made, what they are called, whose they are."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO

from PIL import Image

from correctionkit.samples import faulty, misscanned
from correctionkit.samples.drafts import Drawn, FileDraft, StudentDraft, nothing
from correctionkit.samples.fault import Fault, Part, all_hold, missing_kinds
from correctionkit.samples.filings import StudentFiling

CARD = "id_card"
_SIDES = (("身份证正面", "id_card_front"), ("身份证反面", "id_card_back"))
# What no correction is shown by, so that it is too much wherever it lies.
_SURPLUS = ("diploma", "enrolment_form", "household_register")
_NAMES = {"diploma": "毕业证书", "enrolment_form": "报名登记表", "household_register": "户口本"}


def has_document(filing: StudentFiling) -> bool:
    """Tell whether a filing is shown by more than cards."""
    return any(kind != CARD for kind in filing.kinds)


def _has_card(filing: StudentFiling) -> bool:
    return CARD in filing.kinds


def _asks_once(filing: StudentFiling) -> bool:
    return len(filing.requests) == 1


def document(student: StudentDraft) -> str:
    """Return the name of the first file that shows no card."""
    return next(name for name, file in student.files.items() if file.kind and file.kind != CARD)


def drawn(student: StudentDraft, name: str) -> Drawn:
    """Return how a file is drawn."""
    content = student.files[name].content
    if not isinstance(content, Drawn):
        raise TypeError(f"{name} is not drawn")
    return content


def _saved(save: Callable[[Image.Image], bytes], *codes: str) -> Callable[[StudentDraft], None]:
    """Return a fault that saves a document in a wrong way."""

    def spoil(student: StudentDraft) -> None:
        name = document(student)
        student.files[name].content = replace(drawn(student, name), save=save)
        for code in codes:
            student.mark(code, file=name)

    return spoil


def _spoiled(spoil_file: Callable[[bytes], bytes], *codes: str) -> Callable[[StudentDraft], None]:
    """Return a fault that spoils the file of a document."""

    def spoil(student: StudentDraft) -> None:
        name = document(student)
        student.files[name].content = replace(drawn(student, name), spoil=spoil_file)
        for code in codes:
            student.mark(code, file=name)

    return spoil


def _screenshot(student: StudentDraft) -> None:
    _saved(misscanned.screenshot)(student)
    name = document(student)
    screen = faulty.misnamed(name)
    student.rename(name, screen)
    student.mark("scan-screenshot", file=screen)
    student.mark("scan-resolution", file=screen)


def _blank(student: StudentDraft) -> None:
    # Every empty sheet is another sheet.
    serial = int(student.filing.person.student_number[-8:])
    _saved(partial(misscanned.blank, seed=serial), "scan-blank")(student)


def _heic(student: StudentDraft) -> None:
    name = document(student)
    # Every photo is another photo.
    serial = student.filing.person.student_number.encode()
    student.files[name].content = lambda: faulty.heic_like() + serial
    student.mark("scan-format", file=name)


def _no_content(student: StudentDraft) -> None:
    name = document(student)
    student.files[name].content = nothing
    student.mark("scan-format", file=name)


def _misnamed(student: StudentDraft) -> None:
    name = document(student)
    wrong = faulty.misnamed(name)
    student.rename(name, wrong)
    student.mark("scan-extension", file=wrong)


def _missing(student: StudentDraft) -> None:
    kind = student.files[document(student)].kind
    for name in student.pages(kind or ""):
        del student.files[name]
    _mark_missing(student)


def _unnamed(student: StudentDraft) -> None:
    name = document(student)
    camera_name = _beside(name, f"扫描{student.filing.person.student_number[-4:]}.jpg")
    student.rename(name, camera_name)
    student.files[camera_name].kind = None
    student.mark("evidence-unnamed", file=camera_name)
    _mark_missing(student)


def _mark_missing(student: StudentDraft) -> None:
    present = frozenset(file.kind for file in student.files.values() if file.kind)
    for _ in range(missing_kinds(student.filing, present)):
        student.mark("evidence-missing")


def _surplus(student: StudentDraft) -> None:
    wanted = {kind for need in student.filing.requirements for kind in need.kinds}
    kind = next(kind for kind in _SURPLUS if kind not in wanted)
    last = list(student.files)[-1]
    name = _beside(last, f"{_NAMES[kind]}.jpg")
    student.files[name] = FileDraft(kind, replace(_any_drawn(student), kind=kind))
    student.mark("evidence-surplus", file=name)


def _any_drawn(student: StudentDraft) -> Drawn:
    contents = (file.content for file in student.files.values())
    return next(content for content in contents if isinstance(content, Drawn))


def _one_face(student: StudentDraft) -> None:
    (name,) = student.pages(CARD)
    content = replace(drawn(student, name), kind="id_card_front")
    student.files[name].content = content
    student.mark("scan-one-side", file=name)


def _two_files(student: StudentDraft) -> None:
    (card,) = student.pages(CARD)
    content = drawn(student, card)
    files = dict[str, FileDraft]()
    for name, file in student.files.items():
        if name != card:
            files[name] = file
            continue
        for side, kind in _SIDES:
            files[_beside(card, f"{side}.jpg")] = FileDraft(CARD, replace(content, kind=kind))
    student.files = files
    student.mark("scan-one-side", file=_beside(card, f"{_SIDES[0][0]}.jpg"))


def _space_in_file_name(student: StudentDraft) -> None:
    name = document(student)
    stem, dot, extension = name.rpartition(".")
    spaced = f"{stem} （1）{dot}{extension}"
    student.rename(name, spaced)
    student.mark("folder-normalised", file=spaced)


def _archive(student: StudentDraft) -> None:
    name = _beside(list(student.files)[-1], "原图.zip")
    student.files[name] = FileDraft(None, _small_archive)
    student.mark("package-unsafe", file=name)


def _small_archive() -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        # A moment of its own, so that the same package is the same bytes.
        archive.writestr(zipfile.ZipInfo("原图.txt"), "样本\n".encode())
    return kept.getvalue()


def _stray_text(student: StudentDraft) -> None:
    name = _beside(list(student.files)[-1], "备注.txt")
    student.files[name] = FileDraft(None, "样本\r\n".encode)
    student.mark("file-unexpected", file=name)


def _beside(name: str, other: str) -> str:
    """Return the name of a file that lies where *name* lies."""
    folder, slash, _ = name.rpartition("/")
    return f"{folder}{slash}{other}"


_DOCUMENT_ALONE = all_hold(has_document, _has_card, _asks_once)


def _of_document(name: str, spoil: Callable[[StudentDraft], None]) -> Fault:
    return Fault(name, Part.SCANS, spoil, fits=has_document)


FAULTS = (
    Fault("document-missing", Part.SCANS, _missing, fits=_DOCUMENT_ALONE),
    _of_document("coarse", _saved(misscanned.low_resolution, "scan-resolution")),
    _of_document("photographed", _spoiled(faulty.photographed, "scan-photo", "scan-private")),
    Fault("two-files", Part.SCANS, _two_files, fits=_has_card),
    _of_document("truncated", _spoiled(faulty.truncated, "scan-damaged")),
    Fault("unnamed", Part.SCANS, _unnamed, fits=_DOCUMENT_ALONE),
    _of_document("screenshot", _screenshot),
    _of_document("misnamed", _misnamed),
    _of_document("blurred", _saved(misscanned.blurred, "scan-blurred")),
    _of_document("tiff", _saved(misscanned.as_tiff, "scan-format")),
    Fault(
        "too-large",
        Part.SCANS,
        _saved(misscanned.oversized, "scan-too-large"),
        fits=has_document,
        once=True,
    ),
    _of_document("blank", _blank),
    Fault("surplus", Part.SCANS, _surplus),
    _of_document("zeroed", _spoiled(faulty.zeroed, "scan-damaged")),
    _of_document("trailing", _spoiled(faulty.trailing, "scan-trailing")),
    Fault("one-face", Part.SCANS, _one_face, fits=_has_card),
    _of_document("flood", _spoiled(faulty.pixel_flood, "scan-pixels")),
    _of_document("located", _spoiled(faulty.located, "scan-private")),
    Fault("archive", Part.SCANS, _archive),
    Fault("stray-text", Part.SCANS, _stray_text),
    _of_document("space-in-file-name", _space_in_file_name),
    _of_document("pdf", _saved(misscanned.as_pdf, "scan-format")),
    _of_document("cut", _spoiled(faulty.cut, "scan-damaged")),
    Fault("no-content", Part.SCANS, _no_content, fits=has_document, once=True),
    _of_document("heic", _heic),
)
"""In the order in which a growing package gets them."""
