"""What every page of the office does the same way: rights, scope, search, history, log."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.audit.log import office_transaction
from backoffice.desk.history import changes_of
from backoffice.desk.listing import CappedPaginator, OfficeChangeList, allowed_parameters
from backoffice.desk.searching import SEARCH_VAR, remember, search_of


class OfficeAdmin(admin.ModelAdmin):
    """Pages of one model, within what the account may see.

    Rows out of sight answer 404 as if they did not exist.  A list is searched where
    *search_hint* says by what, through :meth:`search`; one that finds no students by their
    numbers says so.  A saved form is logged by
    :meth:`log_saved`, in the transaction that saves it.
    """

    actions = ()
    list_per_page = 50
    list_max_show_all = 0
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_hint = ""
    finds_students = True
    view_on_site = False
    object_history_template = "desk/history.html"

    def search(self, rows, search):
        """Return those of *rows* that *search* is for."""
        return rows.none()

    def log_saved(self, log, obj, fields, *, added):
        """Log that *fields* of *obj* were saved."""

    def in_sight(self, rows, account):
        """Return those of *rows* that *account* may see."""
        return rows.visible_to(account)

    def get_queryset(self, request):
        """Return the rows in sight."""
        return self.in_sight(super().get_queryset(request), request.user)

    def get_object(self, request, object_id, from_field=None):
        """Return the row; one out of sight does not exist."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404(_("There is nothing here."))
        return found

    def may(self, request, verb, obj=None):
        """Tell whether the account may *verb* this model, or *obj*."""
        code = f"{self.opts.app_label}.{verb}_{self.opts.model_name}"
        return request.user.has_perm(code, obj)

    def ask(self, request, permission, obj=None):
        """Raise PermissionDenied unless the account has *permission* for *obj*."""
        if not request.user.has_perm(permission, obj):
            raise PermissionDenied

    def has_view_permission(self, request, obj=None):
        """Tell whether rows, or *obj*, may be seen."""
        return self.may(request, "view", obj) or self.has_change_permission(request, obj)

    def has_add_permission(self, request):
        """Tell whether rows may be added."""
        return self.may(request, "add")

    def has_change_permission(self, request, obj=None):
        """Tell whether rows, or *obj*, may be changed."""
        return self.may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        """Tell that nothing is deleted, unless a subject says otherwise."""
        return False

    def get_actions(self, request):
        """Return the actions of this list, without Django's own for deleting."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_field_queryset(self, db, db_field, request):
        """Offer for a relation only what is in sight."""
        rows = super().get_field_queryset(db, db_field, request)
        if rows is None:
            rows = db_field.remote_field.model._default_manager.all()
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def lookup_allowed(self, lookup, value, request):
        """Allow the filters of the list alone: any other look-up could be asked as an oracle."""
        return lookup in allowed_parameters(self.get_list_filter(request))

    def to_field_allowed(self, request, to_field):
        """Allow the key alone."""
        return to_field == self.opts.pk.name

    def get_changelist(self, request, **kwargs):
        """Return the kind of list."""
        return OfficeChangeList

    def changelist_view(self, request, extra_context=None):
        """Show the list; what was put into the address as a search is dropped, unread."""
        if "q" in request.GET:
            kept = request.GET.copy()
            kept.pop("q")
            return HttpResponseRedirect(f"{request.path}?{kept.urlencode()}")
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show or save a form; saving and its log are one transaction."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with office_transaction(request.user):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def construct_change_message(self, request, form, formsets, add=False):
        """Return the fields that were saved, for the log."""
        return list(form.changed_data)

    def log_addition(self, request, obj, message):
        """Log what was added, in place of Django's own log, which holds names."""
        with office_transaction(request.user) as log:
            self.log_saved(log, obj, message, added=True)

    def log_change(self, request, obj, message):
        """Log what was changed."""
        with office_transaction(request.user) as log:
            self.log_saved(log, obj, message, added=False)

    def log_deletions(self, request, queryset):
        """Keep what was deleted out of Django's own log."""

    def get_urls(self):
        """Return the addresses, that of searching among them."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_search"
        view = self.admin_site.admin_view(self.search_view)
        return [path("search/", view, name=name), *super().get_urls()]

    @method_decorator(require_POST)
    def search_view(self, request):
        """Keep what was typed, and go to the list of what is found."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if not self.search_hint:
            raise Http404(_("There is nothing here."))
        kept = [
            (name, value)
            for name in sorted(self._list_parameters(request) & set(request.POST))
            for value in request.POST.getlist(name)
        ]
        typed = request.POST.get("text", "")
        search = search_of(typed, finds_students=self.finds_students)
        if search:
            kept.append((SEARCH_VAR, remember(request, search)))
        place = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return HttpResponseRedirect(f"{reverse(f'admin:{place}')}?{urlencode(kept)}")

    def _list_parameters(self, request):
        return allowed_parameters(self.get_list_filter(request)) | {"o", "_popup"}

    def history_view(self, request, object_id, extra_context=None):
        """Show who changed the row, from the audit trail."""
        obj = self.get_object(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %s") % obj,
            "object": obj,
            "opts": self.opts,
            "entries": changes_of(obj),
            **(extra_context or {}),
        }
        return render(request, self.object_history_template, context)
