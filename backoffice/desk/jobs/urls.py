"""Addresses of long work: the list, one job, how far it is, stopping it."""

from django.contrib import admin
from django.urls import path

from backoffice.desk.jobs import views

app_name = "jobs"
_inside = admin.site.admin_view

urlpatterns = [
    path("jobs/", _inside(views.list_view), name="list"),
    path("jobs/<int:pk>/", _inside(views.job_view), name="job"),
    path("jobs/<int:pk>/progress/", _inside(views.progress_view), name="progress"),
    path("jobs/<int:pk>/stop/", _inside(views.stop_view), name="stop"),
]
