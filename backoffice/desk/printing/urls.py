"""Addresses of papers."""

from django.contrib import admin
from django.urls import path

from backoffice.desk.printing import cases, register, sheets, tables

app_name = "printing"


def _inside(view):
    # Cacheable in Django's words: these answers say themselves that they must not be stored.
    return admin.site.admin_view(view, cacheable=True)


urlpatterns = [
    path("print/sheets/<int:pk>/", _inside(sheets.sheet_view), name="sheet"),
    path("print/cases/<int:pk>/cover/", _inside(cases.cover_view), name="cover"),
    path("print/cases/<int:pk>/bundle/", _inside(cases.bundle_view), name="bundle"),
    path("print/cases/<int:pk>/notice/", _inside(cases.notice_view), name="notice"),
    path("print/cases/<int:pk>/file/", _inside(cases.case_file_view), name="case_file"),
    path("print/register/", _inside(register.register_view), name="register"),
    path("print/tables/", _inside(tables.table_view), name="table"),
    path("print/report/", _inside(tables.report_view), name="report"),
]
