"""Addresses of the office."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("language/", include("django.conf.urls.i18n")),
    # Before the site, which answers for every address below its own.
    path("office/", include("backoffice.desk.evidence.urls")),
    path("office/", include("backoffice.desk.review.urls")),
    path("office/", include("backoffice.desk.printing.urls")),
    path("office/", include("backoffice.desk.jobs.urls")),
    path("office/", include("backoffice.desk.tables.urls")),
    path("office/", include("backoffice.desk.packages_in.urls")),
    path("office/", admin.site.urls),
]
