"""Composing a package: of what, on which terms, and what that would be, before it is begun."""

from collections import Counter

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.desk.jobs.following import follow
from backoffice.desk.packages_out.forms import TermsForm, WhatForm
from backoffice.desk.packages_out.terms import terms_of
from backoffice.desk.packages_out.work import start_composing
from backoffice.packages.models import OutgoingPackage
from backoffice.packages.outgoing_refusals import PackageRefusal, PackageRefused
from backoffice.packages.outgoing_selection import (
    MOST_REQUESTS,
    LeftOut,
    Selection,
    TooMany,
    select,
)
from backoffice.packages.outgoing_services import ADDING, begin
from backoffice.words import say

MOST_SHOWN = 200
NOTHING = gettext_lazy("Nothing was submitted there and then that could be sent.")


def compose_view(page, request):
    """Ask for days or sheets, show what they come to, and begin the package.

    *page* answers with a template: (name, context, status).
    """
    if not request.user.has_perm(ADDING):
        raise PermissionDenied
    if request.method != "POST":
        return _what_page(page, WhatForm(request.user, initial=_this_month()))
    what = WhatForm(request.user, request.POST)
    if not what.is_valid():
        return _what_page(page, what, 400)
    asked = tuple(what.cleaned_data[name] for name in ("unit", "first", "last", "sheets"))
    terms = terms_of(*asked, request.POST.get("policy", ""))
    if terms is None:
        what.add_error(None, NOTHING)
        return _what_page(page, what, 200)
    return _Terms(page, request, what, asked, terms).answer()


class _Terms:
    """The second page: terms, and what would go into the package on them."""

    def __init__(self, page, request, what, asked, terms):
        self.page, self.request = page, request
        self.what, self.asked, self.terms = what, asked, terms

    def answer(self):
        if "batch" not in self.request.POST:
            form = TermsForm(self.terms, initial=self._proposed())
            return self._show(form, self.terms.reason)
        form = TermsForm(self.terms, self.request.POST)
        if not form.is_valid():
            return self._show(form, self.terms.reason, 400)
        reason = form.cleaned_data["reason"]
        if "compose" not in self.request.POST:
            return self._show(form, reason)
        try:
            package = self._begin(form.cleaned_data, reason)
        except PackageRefused as refused:
            field = "batch" if refused.refusal is PackageRefusal.BATCH_TAKEN else None
            form.add_error(field, refused.message)
            return self._show(form, reason, 409)
        return follow(self.request, start_composing(package, self.request.user))

    def _begin(self, given, reason):
        return begin(
            self.terms.order(*self.asked, reason),
            batch=given["batch"],
            day=given["day"],
            platform=given.get("platform", ""),
            limit_mb=given["limit_mb"],
            expected=self.request.POST.get("expected", ""),
            by=self.request.user,
        )

    def _proposed(self):
        today = timezone.localdate()
        return {
            "policy": self.terms.key,
            "reason": self.terms.reason,
            "batch": OutgoingPackage.objects.next_batch(self.asked[0], today.year),
            "day": today,
            "limit_mb": settings.OFFICE_MAIL_LIMIT_MB,
        }

    def _show(self, form, reason, status=200):
        try:
            selection = select(self.terms.order(*self.asked, reason))
        except TooMany:
            words = _("More than %(most)d requests. Choose a shorter period.")
            self.what.add_error(None, words % {"most": MOST_REQUESTS})
            return _what_page(self.page, self.what, 400)
        context = {
            "title": _("Compose a package"),
            "form": form,
            "what": self.what,
            "asked": self.asked,
            "sheet_numbers": self.request.POST.get("sheets", ""),
            "selection": selection,
            "students": len({each.record_id for each in selection.taken}),
            "exceptional": sum(each.exceptional for each in selection.taken),
            "counts": _counts(selection),
            "taken": [_row(each) for each in selection.taken[:MOST_SHOWN]],
            "left": _left(selection),
            "most": MOST_SHOWN,
        }
        return self.page("desk/packages_out/terms.html", context, status)


def _what_page(page, form, status=200):
    context = {"title": _("Compose a package"), "form": form}
    return page("desk/packages_out/what.html", context, status)


def _counts(selection: Selection):
    """Return how many requests are left out, by why, in the order of the reasons."""
    found = Counter(why for _request, why in selection.left)
    return [(why.label, found[why]) for why in LeftOut if found[why]]


def _left(selection: Selection):
    """Return what is left out as a page shows it, in the order of the reasons."""
    places = list(LeftOut)
    left = sorted(selection.left, key=lambda each: places.index(each[1]))
    return [(*_row(request), why.label) for request, why in left[:MOST_SHOWN]]


def _row(request):
    """Return the request with what its field is called."""
    term = request.case.rules.vocabulary.fields.get(request.field)
    return request, say(term.label) if term else request.field


def _this_month():
    today = timezone.localdate()
    return {"first": today.replace(day=1), "last": today}
