"""The office's Chinese: collects every text, keeps what is translated, compiles.

    python scripts/translations.py            renew django.po and django.mo
    python scripts/translations.py FILE.po…   take translations from these files besides

Needs no gettext tools: texts are read from the syntax of modules and templates.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
OFFICE = ROOT / "backoffice"
CATALOG = OFFICE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "correctionkit",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

# Which arguments of a call are the text, its plural and its context.
_CALLS = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
}
_IN_TEMPLATE = re.compile(r"\b(n?p?gettext)\(")


@dataclass(frozen=True)
class Text:
    """One text that people see, with its plural and context if it has them."""

    singular: str
    plural: str | None = None
    context: str | None = None


def texts() -> dict[Text, list[str]]:
    """Return every text of the office with the files it stands in."""
    found: dict[Text, list[str]] = {}
    for path in sorted(OFFICE.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts:
            continue
        source = path.read_text("utf-8")
        read = _of_module if path.suffix == ".py" else _of_template
        for text in read(source):
            places = found.setdefault(text, [])
            place = path.relative_to(ROOT).as_posix()
            if place not in places:
                places.append(place)
    return found


def renewed(catalog: polib.POFile, others: list[polib.POFile]) -> polib.POFile:
    """Return a catalog of the texts there are now, translated as far as the given ones know."""
    known = {}
    for source in (*others, catalog):
        for entry in source:
            if entry.msgstr or any(entry.msgstr_plural.values()):
                key = (entry.msgid, entry.msgctxt)
                known[key] = entry.msgstr or entry.msgstr_plural.get(0, "")
    fresh = polib.POFile(wrapwidth=96)
    fresh.metadata = HEADER
    for text, places in sorted(texts().items(), key=lambda each: (each[1][0], each[0].singular)):
        said = known.get((text.singular, text.context), "")
        fresh.append(
            polib.POEntry(
                msgid=text.singular,
                msgid_plural=text.plural or "",
                msgctxt=text.context,
                msgstr="" if text.plural else said,
                msgstr_plural={0: said} if text.plural else {},
                occurrences=[(place, "") for place in places],
            )
        )
    return fresh


def missing(catalog: polib.POFile) -> list[str]:
    """Return the texts that a catalog leaves without Chinese."""
    return [
        entry.msgid for entry in catalog if not (entry.msgstr or any(entry.msgstr_plural.values()))
    ]


def _of_module(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in _CALLS:
                yield from _of_call(node, _CALLS[name])


def _of_call(node: ast.Call, places: tuple[int, int | None, int | None]) -> Iterator[Text]:
    values = [
        each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None
        for each in node.args
    ]
    singular, plural, context = (
        values[place] if place is not None and place < len(values) else None for place in places
    )
    if singular is not None:
        yield Text(singular, plural, context)


def _of_template(source: str) -> Iterator[Text]:
    if "{% trans" not in source and "{% blocktrans" not in source and "_(" not in source:
        return
    lines = templatize(source)
    for found in _IN_TEMPLATE.finditer(lines):
        end = _closing(lines, found.end())
        call = ast.parse(f"{found[1]}({lines[found.end() : end]})", mode="eval").body
        if isinstance(call, ast.Call):
            yield from _of_call(call, _CALLS[found[1]])
    for found in re.finditer(r"(?<![\w.])_\(", lines):
        end = _closing(lines, found.end())
        call = ast.parse(f"_({lines[found.end() : end]})", mode="eval").body
        if isinstance(call, ast.Call):
            yield from _of_call(call, _CALLS["_"])


def _closing(text: str, start: int) -> int:
    """Return where the call ends that opened before *start*: past strings, at its bracket."""
    quote, at = "", start
    while at < len(text):
        sign = text[at]
        if quote:
            if sign == "\\":
                at += 1
            elif text.startswith(quote, at):
                at += len(quote) - 1
                quote = ""
        elif sign in "\"'":
            quote = sign * 3 if text.startswith(sign * 3, at) else sign
            at += len(quote) - 1
        elif sign == ")":
            return at
        at += 1
    raise ValueError("a call in a template is not closed")


def main(names: list[str]) -> int:
    """Renew the catalog, and say what still lacks Chinese."""
    settings.configure(USE_I18N=True)
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    catalog = polib.pofile(str(CATALOG)) if CATALOG.exists() else polib.POFile()
    fresh = renewed(catalog, [polib.pofile(name) for name in names])
    fresh.save(str(CATALOG))
    fresh.save_as_mofile(str(CATALOG.with_suffix(".mo")))
    lacking = missing(fresh)
    sys.stdout.write("".join(f"{text!r}\n" for text in lacking))
    sys.stdout.write(f"{len(fresh)} texts, {len(lacking)} without Chinese\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
