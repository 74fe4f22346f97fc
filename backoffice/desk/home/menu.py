"""The menu beside every page: the lists that somebody may see, by subject."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_SUBJECTS = (
    (_("Requests"), ("corrections.case", "corrections.correctionrequest", "sheets.requestsheet")),
    (_("Student roll"), ("roll.studentrecord",)),
    (_("Units and people"), ("units.unit", "units.person", "units.account", "units.membership")),
    (_("Rules"), ("policies.policyinforce", "corrections.decisionreason")),
    (_("Audit"), ("audit.auditentry",)),
)
# Pages that are no list of a model: to whom, in which place of the first subject.
_PAGES = (
    ("corrections.decide_correctionrequest", _("To decide"), "review:queue"),
    ("corrections.apply_correctionrequest", _("To apply"), "review:apply"),
    ("corrections.reconcile_correctionrequest", _("Outside register"), "review:register"),
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
    subjects = [(name, [left.pop(key) for key in keys if key in left]) for name, keys in _SUBJECTS]
    subjects[0][1].extend(_pages_of(account))
    # What no subject names comes last, rather than not at all.
    subjects.append((_("More"), list(left.values())))
    return [_subject(name, rows, path) for name, rows in subjects if rows]


def _pages_of(account):
    return [(name, reverse(view)) for code, name, view in _PAGES if account.has_perm(code)]


def _subject(name, rows, path):
    current = max((url for _name, url in rows if path.startswith(url)), key=len, default=None)
    return Subject(str(name), tuple(Entry(str(each), url, url == current) for each, url in rows))
