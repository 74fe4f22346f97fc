from __future__ import annotations

import io
import sys

import pytest

from correctionkit.commands.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def show_on(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in place of standard error, for the rest of the test."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    return screen


@pytest.mark.parametrize(
    ("total", "shown"), [pytest.param(29, False, id="short"), pytest.param(30, True, id="long")]
)
def test_a_bar_shows_itself_once_there_is_enough_to_wait_for(
    monkeypatch: pytest.MonkeyPatch, total: int, shown: bool
) -> None:
    terminal = show_on(monkeypatch)
    with progress_bar("检查图片") as progress:
        assert progress is not None
        for done in range(1, total + 1):
            progress(done, total)

    assert ("检查图片" in terminal.getvalue()) == shown


def test_a_bar_goes_away_when_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = show_on(monkeypatch)

    with pytest.raises(KeyboardInterrupt):
        _work_that_is_interrupted()

    # The cursor, hidden while the bar runs, is shown again.
    assert terminal.getvalue().rstrip().endswith(("\x1b[?25h", "\x1b[2K"))


def _work_that_is_interrupted() -> None:
    with progress_bar("检查图片") as progress:
        assert progress is not None
        progress(1, 100)
        raise KeyboardInterrupt


def test_no_bar_where_nobody_would_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    with progress_bar("检查图片") as progress:
        assert progress is None
