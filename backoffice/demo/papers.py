"""The demo's scans: drawn by the samples, marked as such on every sheet."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from correctionkit.samples import marks, paper
from correctionkit.samples.drafts import Drawn
from correctionkit.samples.drawing import DPI, encode_jpeg
from correctionkit.samples.entries import in_words
from correctionkit.samples.misscanned import low_resolution
from correctionkit.samples.page import A4_LANDSCAPE, FAINT, Page

_COLUMNS = ((20, "序号"), (38, "学号/注册证号"), (92, "姓名"), (128, "更正内容"), (178, "更正原因"))
_TOP, _LINE = 62, 10
_LAST_LINE = 150
_NEXT_PAGE = 1_000_003


@dataclass(frozen=True)
class Scan:
    """A scan to come: of which kind, under which name a clerk would upload it."""

    kind: str
    name: str
    coming: object

    def upload(self):
        """Return the scan as a browser sends it, once it is drawn."""
        return as_upload(self.name, self.coming.result())


class Papers:
    """Draws scans ahead, by threads, while the week is lived through."""

    def __init__(self, vocabulary, seed):
        self._kinds = vocabulary.kinds
        self._seed = seed
        self._pool = ThreadPoolExecutor()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._pool.shutdown(cancel_futures=True)

    def of(self, filing, *, borrowed="", lender=None, coarse=False):
        """Order the scans that show what a filing asks for.

        The *borrowed* kind is drawn for *lender*, as when a wrong scan is attached; *coarse*
        scans have too few dots.
        """
        return [
            self._order(kind, lender if kind == borrowed else filing, coarse=coarse)
            for kind in filing.kinds
        ]

    def another_page(self, filing, kind):
        """Order a second page of a document."""
        return self._order(kind, filing, page=2)

    def _order(self, kind, filing, *, page=1, coarse=False):
        label = self._kinds[kind].label.zh
        drawn = Drawn(
            kind,
            filing.person,
            filing.recorded,
            self._seed + (page - 1) * _NEXT_PAGE,
            save=low_resolution if coarse else encode_jpeg,
        )
        name = f"{label}.jpg" if page == 1 else f"{label}{page}.jpg"
        return Scan(kind, name, self._pool.submit(drawn))


def as_upload(name, content):
    """Return the content of a JPEG as a browser sends it."""
    return SimpleUploadedFile(name, content, "image/jpeg")


def signed_sheet(sheet, revision, lines, day):
    """Draw the scan of a signed sheet: its heading, code and lines, names for signatures."""
    page = Page.blank(A4_LANDSCAPE, DPI)
    page.text(148.5, 24, "学生基本信息修改申请表", size=20, anchor="mm", bold=True)
    page.text(20, 40, f"单位：{sheet.unit.name}", size=12)
    page.text(148.5, 40, f"日期：{in_words(sheet.day)}", size=12, anchor="mm")
    page.text(277, 40, revision.code, size=11, anchor="rm")
    page.line(20, 48, 277, 48)
    for x, heading in _COLUMNS:
        page.text(x, 54, heading, size=11, bold=True)
    for position, line in enumerate(lines, 1):
        y = _TOP + (position - 1) * _LINE
        if y > _LAST_LINE:
            page.text(20, y, "……", size=11)
            break
        texts = (str(position), line["number"], line["name"], line["field"], line["reason"])
        for (x, _heading), text in zip(_COLUMNS, texts, strict=True):
            page.text(x, y, text, size=11)
    page.text(20, 176, "经办人签字：样例签名", size=12)
    page.text(120, 176, "学籍主管处长签字：样例签名", size=12)
    page.text(277, 190, in_words(day), size=12, anchor="rm")
    page.text(20, 190, "本页为软件测试样本", size=10, colour=FAINT)
    marks.stamp(page, 240, 170, "样例分部")
    marks.mark_sheet(page)
    marks.mark_foot(page, A4_LANDSCAPE)
    rng = random.Random(revision.code)  # noqa: S311 - drawing, no secrets
    return encode_jpeg(paper.scanned(page.image, rng))
