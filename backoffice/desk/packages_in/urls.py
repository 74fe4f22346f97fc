"""Addresses of packages on their way in."""

from django.contrib import admin
from django.urls import path

from backoffice.desk.packages_in import deciding, lists, mending, page, report, submitting

app_name = "packages_in"
_inside = admin.site.admin_view

urlpatterns = [
    path("packages-in/", _inside(lists.list_view), name="list"),
    path("packages-in/<int:pk>/", _inside(page.package_view), name="package"),
    path("packages-in/<int:pk>/check/", _inside(deciding.check_view), name="check"),
    path("packages-in/<int:pk>/mend/", _inside(mending.mend_view), name="mend"),
    path("packages-in/<int:pk>/take/", _inside(deciding.take_view), name="take"),
    path("packages-in/<int:pk>/drop/", _inside(deciding.drop_view), name="drop"),
    path("packages-in/<int:pk>/report/", _inside(report.report_view), name="report"),
    path("packages-in/<int:pk>/submit/", _inside(submitting.submit_view), name="submit"),
]
