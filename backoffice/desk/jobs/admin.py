"""Jobs have pages of their own; the rows of the workers' queue have none."""

# Imported first, so that what it registers can be taken back.
import django_tasks_db.admin  # noqa: F401 - for what it registers
from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
