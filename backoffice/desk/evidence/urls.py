"""Addresses of evidence: each file's pictures, and what is done with files."""

from django.contrib import admin
from django.urls import path

from backoffice.desk.evidence import uploads, views

app_name = "evidence"


def _inside(view):
    # Cacheable in Django's words: these answers say themselves that they must not be stored.
    return admin.site.admin_view(view, cacheable=True)


urlpatterns = [
    path("cases/<int:pk>/evidence/", _inside(uploads.add), name="add"),
    path("evidence/<int:pk>/replace", _inside(uploads.replace), name="replace"),
    path("evidence/<int:pk>/remove", _inside(uploads.take_out), name="remove"),
    path("evidence/<int:pk>/view", _inside(views.picture), name="view"),
    path("evidence/<int:pk>/page/<int:number>", _inside(views.picture), name="page"),
    path("evidence/<int:pk>/thumbnail", _inside(views.thumbnail), name="thumbnail"),
    path("evidence/<int:pk>/original", _inside(views.original), name="original"),
]
