"""WeasyPrint reads nothing but what is packaged, and its complaints are faults."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PIL import ImageFile
from weasyprint.urls import FatalURLFetchingError, fetch

from statements.faults import RenderingFault
from statements.rendering.engine import lay_out, write
from statements.rendering.faces import FOLDER
from statements.rendering.fetching import NothingElse


def page(body: str) -> str:
    return f'<html lang="zh-Hans"><title>页</title><body>{body}</body></html>'


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        (FOLDER / "serif-1.otf").as_uri(),
        "http://127.0.0.1/",
        "https://example.org/",
        "ftp://127.0.0.1/",
        "data:text/plain,x",
        "statement-face:README.md",
        "statement-face:../../templates/base.html",
        "statement-picture:other",
        "serif-1.otf",
    ],
)
def test_nothing_else_can_be_opened(address):
    with pytest.raises(FatalURLFetchingError), fetch(NothingElse({"given": b""}), address):
        pytest.fail(f"{address} was opened")


@pytest.mark.parametrize(("address", "start"), [("statement-face:serif-1.otf", b"OTTO")])
def test_faces_and_given_pictures_can_be_opened(address, start):
    with fetch(NothingElse({"given": b"it"}), address) as face:
        assert face.read().startswith(start)
    with fetch(NothingElse({"given": b"it"}), "statement-picture:given") as picture:
        assert picture.read() == b"it"


@pytest.mark.parametrize(
    "body",
    [
        "<img src=file:///etc/passwd alt=x>",
        "<img src=http://127.0.0.1:9/ alt=x>",
        '<p style="background: url(data:image/png,x)">x</p>',
        '<link rel=stylesheet href="http://127.0.0.1:9/">',
        "<style>@import url(file:///etc/passwd);</style>",
        "<object data=file:///etc/passwd></object>",
        "<embed src=file:///etc/passwd>",
    ],
)
def test_markup_that_asks_for_more_ends_the_rendering(body):
    with pytest.raises(FatalURLFetchingError):
        lay_out(page(body), {})


def test_a_file_is_not_attached_by_markup():
    document = lay_out(page("x<link rel=attachment href=file:///etc/passwd>"), {})

    with pytest.raises(FatalURLFetchingError):
        write(document, "pdf/a-3u")


@pytest.mark.parametrize("body", ['<p style="colour: red">x</p>', "<p>\U000323af</p>"])
def test_a_complaint_is_a_fault(body):
    with pytest.raises(RenderingFault):
        write(lay_out(page(body), {}), "pdf/a-2u")


def test_the_systems_own_settings_of_fonts_are_left_as_they_were(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/elsewhere")
    # A combination of faces that no other test asks for is loaded anew.
    lay_out(page("𠀀⺀龥"), {})

    assert os.environ["FONTCONFIG_FILE"] == "/elsewhere"


def test_damaged_pictures_are_still_found_damaged_in_this_process():
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_the_door_opens_without_the_renderer():
    program = (
        "import sys, statements.rendering\n"
        "print(sorted({'weasyprint', 'pikepdf', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout == "[]\n"
