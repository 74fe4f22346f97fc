"""Signing in, and permissions from memberships."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend


class MembershipBackend(BaseBackend):
    """Knows accounts by user name and password, and what their memberships allow."""

    def authenticate(self, request, username=None, password=None, **credentials):
        """Return the account, or None; an unknown name takes as long as a wrong password."""
        accounts = get_user_model().objects
        if not username or password is None:
            return None
        try:
            account = accounts.get_by_natural_key(username)
        except accounts.model.DoesNotExist:
            accounts.model().set_password(password)
            return None
        if account.check_password(password) and account.is_active:
            return account
        return None

    def get_user(self, user_id):
        """Return the account of a session, unless it may sign in no longer."""
        return get_user_model().objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user_obj, perm, obj=None):
        """Tell whether *perm* is held at all, or for the unit that *obj* belongs to."""
        if user_obj.is_anonymous:
            return False
        paths = user_obj.standing_for(perm)
        path = getattr(obj, "office_unit_path", None)
        if path is None:
            return bool(paths)
        return any(path.startswith(each) for each in paths)

    def has_module_perms(self, user_obj, app_label):
        """Tell whether any permission of the app is held."""
        return not user_obj.is_anonymous and any(
            code.startswith(f"{app_label}.")
            for each in user_obj.standings
            for code in each.permissions
        )
