"""Making of accounts."""

from django.contrib.auth.base_user import BaseUserManager


class AccountManager(BaseUserManager):
    """Makes accounts, and a person for each where none is named."""

    use_in_migrations = False

    def create_user(self, username, password=None, person=None, **fields):
        """Create an account that may sign in."""
        if person is None:
            person = self.model._meta.get_field("person").related_model.objects.create(
                name=username
            )
        account = self.model(username=username, person=person, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, username, password=None, **fields):
        """Create an administrator: accounts and settings, no requests."""
        return self.create_user(username, password, is_administrator=True, **fields)

    def get_by_natural_key(self, username):
        """Return the account of a user name."""
        return self.get(username=username)
