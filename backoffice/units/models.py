"""Units, the people in them, their accounts, and who is what where and when."""

from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractBaseUser, Group
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.units.accounts import AccountManager
from backoffice.units.queries import AccountQuerySet, MembershipQuerySet, UnitQuerySet
from backoffice.units.roles import Role
from backoffice.units.standing import HasStanding

_CODE = RegexValidator(r"^[0-9A-Za-z]+\Z", _("Only letters and digits."))


class Unit(models.Model):
    """Headquarters, a branch, a learning centre: a node of the tree.

    *path* holds the codes from the root down, so that one comparison finds all below.  Codes
    are in capitals: not every database tells letters by their case where it compares beginnings.
    """

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("above it"),
    )
    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[_CODE],
        help_text=_("As in student numbers."),
    )
    name = models.CharField(_("name"), max_length=100)
    level = models.SlugField(_("level of the unit"), max_length=40)
    institution = models.SlugField(
        _("institution"),
        max_length=40,
        blank=True,
        help_text=_("Whose rules hold from here down; empty where the unit above says it."),
    )
    path = models.CharField(max_length=255, unique=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        permissions = [
            ("see_unit_staff", _("Can see who works in a unit")),
            ("import_unit", _("Can bring in units")),
            ("export_unit", _("Can take out units")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code=Upper("code")), name="unit_code_in_capitals"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.path

    def clean(self):
        """Put the code into capitals, and refuse a unit below itself."""
        self.code = self.code.upper()
        above = self.parent
        while above:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A unit cannot be below itself.")})
            above = above.parent

    def save(self, *args, **kwargs):
        """Save, its code in capitals, and move what is below along."""
        before = self.path
        self.code = self.code.upper()
        self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        if update_fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*update_fields, "code", "path"}
        super().save(*args, **kwargs)
        if before and before != self.path:
            for child in self.children.all():
                child.save(update_fields=["path"])


class Person(models.Model):
    """Somebody who works in the office, however many accounts they have."""

    name = models.CharField(_("name"), max_length=100)
    staff_number = models.CharField(_("staff number"), max_length=40, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name


class Account(HasStanding, AbstractBaseUser):
    """A way to sign in.  What it may do comes from its person's memberships alone.

    An administrator by *is_administrator* holds that role everywhere, and no other.
    """

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="accounts", verbose_name=_("person")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    # Django's admin asks accounts for these; here no account stands above the rules.
    is_superuser = False

    objects = AccountManager.from_queryset(AccountQuerySet)()

    class Meta:
        ordering = ["username"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self):
        return self.person.name if self.person_id else self.username

    @property
    def is_staff(self):
        """Everybody with an account works here."""
        return self.is_active

    def has_perm(self, permission, obj=None):
        """Tell whether a membership in force gives *permission*, for *obj*'s unit if given."""
        return self.is_active and any(
            backend.has_perm(self, permission, obj) for backend in get_backends()
        )

    def has_perms(self, permissions, obj=None):
        """Tell whether all of *permissions* are held."""
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label):
        """Tell whether anything of the app may be seen or done."""
        return self.is_active and any(
            backend.has_module_perms(self, app_label) for backend in get_backends()
        )

    def get_full_name(self):
        """Return how the person is called."""
        return str(self)

    def get_short_name(self):
        """Return how the person is called."""
        return str(self)


class Membership(models.Model):
    """A person's role in a unit, from one day to another, for all below it.

    *assigned* narrows it to some of the units below, as with reviewers who share a country.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="memberships", verbose_name=_("unit")
    )
    role = models.ForeignKey(
        Group, models.PROTECT, related_name="memberships", verbose_name=_("role")
    )
    assigned = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name=_("only for these units below")
    )
    first_day = models.DateField(_("from"), default=timezone.localdate)
    last_day = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "role__name", "person__name"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day=None) | models.Q(last_day__gte=models.F("first_day")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.role_label} · {self.unit}"

    @property
    def role_label(self):
        """Return the role in words."""
        name = self.role.name
        return Role(name).label if name in Role else name
