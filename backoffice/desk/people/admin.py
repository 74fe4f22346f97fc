"""Registers the pages of units, people, accounts and memberships."""

# Importing Django's page of groups registers it: so that it can be taken away for good.
import django.contrib.auth.admin  # noqa: F401 - for what it does
from django.contrib import admin
from django.contrib.auth.models import Group

from backoffice.desk.people.accounts import AccountAdmin
from backoffice.desk.people.memberships import MembershipAdmin
from backoffice.desk.people.persons import PersonAdmin
from backoffice.desk.people.signing_in import SignInForm
from backoffice.desk.people.units import UnitAdmin
from backoffice.units.models import Account, Membership, Person, Unit

admin.site.register(Unit, UnitAdmin)
admin.site.register(Person, PersonAdmin)
admin.site.register(Account, AccountAdmin)
admin.site.register(Membership, MembershipAdmin)
# Roles and what they may do come with a release; nobody edits them.
admin.site.unregister(Group)
admin.site.login_form = SignInForm
