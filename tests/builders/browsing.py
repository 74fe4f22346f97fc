"""Forms as a browser would send them: what a page holds, with what somebody typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Form:
    """One form of a page: where it goes, what it would send, which buttons press it."""

    action: str = ""
    method: str = "get"
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)

    def filled(self, **typed: Any) -> dict[str, Any]:
        """Return what is sent with *typed* in it; None leaves a control out.

        Keys are the names of controls with ``__`` in place of ``-``.
        """
        sent: dict[str, Any] = dict(self.values)
        for name, value in typed.items():
            sent[name.replace("__", "-")] = value
        return {name: value for name, value in sent.items() if value is not None}


class _Forms(HTMLParser):
    """Collects the forms of a page, controls that belong to them by *form* among them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self._open: str | None = None
        self._select: tuple[str, str] | None = None
        self._area: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("id") or f"form-{len(self.forms)}"
            form = self.forms.setdefault(self._open, Form())
            form.action, form.method = given.get("action", ""), given.get("method", "get")
        owner = given.get("form") or self._open
        if owner is None:
            return
        form = self.forms.setdefault(owner, Form())
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "button":
            form.buttons.append(given)
        elif tag == "select":
            self._select = (owner, name)
            form.values.setdefault(name, [])
        elif tag == "option" and self._select and "selected" in given:
            form.values[self._select[1]].append(given.get("value", ""))
        elif tag == "textarea":
            self._area = (owner, name)
            form.values[name] = [""]
        elif tag == "input" and name and kind in ("checkbox", "radio"):
            if "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "input" and name and kind not in ("submit", "file"):
            form.values.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            owner, name = self._area
            # A browser drops the line break that a text area begins with.
            self.forms[owner].values[name] = [data.removeprefix("\r\n").removeprefix("\n")]


def forms_of(response: Any) -> list[Form]:
    """Return the forms of a page, in their order."""
    return list(_parsed(response).values())


def form_of(response: Any, key: str) -> Form:
    """Return the form of a page that has this id, or whose address holds it."""
    forms = _parsed(response)
    if key in forms:
        return forms[key]
    return next(form for form in forms.values() if key in form.action)


def _parsed(response: Any) -> dict[str, Form]:
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms
