"""The menu beside every page: the lists that somebody may see, by subject."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_REQUESTS, _PAPERS, _PACKAGES = _("Requests"), _("Papers"), _("Packages")
_TABLES = _("Tables")
_SUBJECTS = (
    (_REQUESTS, ("corrections.case", "corrections.correctionrequest", "sheets.requestsheet")),
    (_PAPERS, ()),
    (_PACKAGES, ("packages.outgoingpackage", "packages.packageaddress")),
    (_TABLES, ()),
    (_("Student roll"), ("roll.studentrecord",)),
    (_("Units and people"), ("units.unit", "units.person", "units.account", "units.membership")),
    (_("Rules"), ("policies.policyinforce", "corrections.decisionreason")),
    (_("Audit"), ("audit.auditentry",)),
)
_DECIDE, _APPLY = "corrections.decide_correctionrequest", "corrections.apply_correctionrequest"
_RECONCILE, _PRINT = "corrections.reconcile_correctionrequest", "sheets.print_requestsheet"
_BRING_IN = (
    "roll.import_studentrecord",
    "units.import_unit",
    "corrections.import_correctionrequest",
    _DECIDE,
)
# Pages that are no list of a model: of which subject, and to whom with any of which rights.
_PAGES = (
    (_REQUESTS, _("To decide"), "review:queue", (_DECIDE,)),
    (_REQUESTS, _("To apply"), "review:apply", (_APPLY,)),
    (_REQUESTS, _("Outside register"), "review:register", (_RECONCILE,)),
    (_PAPERS, _("Summary tables"), "printing:table", (_PRINT,)),
    (_PAPERS, _("Correction report"), "printing:report", (_PRINT,)),
    (_PAPERS, _("Register of decisions"), "printing:register", (_DECIDE, _APPLY)),
    (_PACKAGES, _("Packages in"), "packages_in:list", ("packages.import_package",)),
    (_TABLES, _("Tables brought in"), "tables:list", _BRING_IN),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One list."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """The lists of one subject."""

    name: str
    entries: tuple[Entry, ...]


def menu_of(apps, account, path):
    """Return the subjects of *account*: the admin's list of *apps*, and pages of its work.

    *path* is the address of the page that it stands beside.
    """
    left = {
        f"{app['app_label']}.{model['object_name'].lower()}": (model["name"], model["admin_url"])
        for app in apps
        for model in app["models"]
        if model["admin_url"]
    }
    subjects = [
        (name, [left.pop(key) for key in keys if key in left] + _pages_of(account, name))
        for name, keys in _SUBJECTS
    ]
    # What no subject names comes last, rather than not at all.
    subjects.append((_("More"), list(left.values())))
    return [_subject(name, rows, path) for name, rows in subjects if rows]


def _pages_of(account, subject):
    return [
        (name, reverse(view))
        for place, name, view, codes in _PAGES
        if place is subject and any(account.has_perm(code) for code in codes)
    ]


def _subject(name, rows, path):
    current = max((url for _name, url in rows if path.startswith(url)), key=len, default=None)
    return Subject(str(name), tuple(Entry(str(each), url, url == current) for each, url in rows))
