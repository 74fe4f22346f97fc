"""Where a package is written: a new folder or a new ZIP, never over another one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from correctionkit.packages.reader.long_paths import long_path
from correctionkit.packages.writer.writing import Member, WritingRefused, write_folder, write_zip

_ZIP = ".zip"


def is_zip(output: Path) -> bool:
    """Tell whether a ZIP is wanted, by its name."""
    return output.suffix.casefold() == _ZIP and not output.is_dir()


def refuse_taken(target: Path) -> None:
    """Raise :exc:`WritingRefused` where something is there already; an empty folder is nothing."""
    reach = Path(long_path(target))
    if reach.is_dir() and not reach.is_symlink():
        taken = any(reach.iterdir())
    else:
        taken = reach.exists() or reach.is_symlink()
    if taken:
        raise WritingRefused("target-taken", str(target))


def refuse_inside(target: Path, source: Path) -> None:
    """Raise :exc:`WritingRefused` where *target* lies in *source*, which is never touched."""
    # Unlike Path.resolve, realpath takes links that lead in a circle.
    inner, outer = Path(os.path.realpath(target)), Path(os.path.realpath(source))
    if inner == outer or outer in inner.parents:
        raise WritingRefused("target-in-source", str(target))


def write_package(target: Path, members: Iterable[Member], *, zipped: bool) -> None:
    """Write *members* to *target*, a new folder or a new ZIP."""
    refuse_taken(target)
    if zipped:
        write_zip(target, members)
    else:
        write_folder(target, members)
