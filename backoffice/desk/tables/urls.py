"""Addresses of tables that come in: the list, a new one, its preview, what was refused."""

from django.contrib import admin
from django.urls import path

from backoffice.desk.tables import deciding, lists, naming, preview, taking_out

app_name = "tables"
_inside = admin.site.admin_view

urlpatterns = [
    path("tables/", _inside(lists.list_view), name="list"),
    path("tables/new/<slug:subject>/", _inside(lists.new_view), name="new"),
    path("tables/blank/<slug:subject>/<int:number>/", _inside(lists.blank_view), name="blank"),
    path("tables/<int:pk>/", _inside(preview.table_view), name="table"),
    path("tables/<int:pk>/columns/", _inside(naming.columns_view), name="columns"),
    path("tables/<int:pk>/check/", _inside(deciding.check_view), name="check"),
    path("tables/<int:pk>/write/", _inside(deciding.write_view), name="write"),
    path("tables/<int:pk>/drop/", _inside(deciding.drop_view), name="drop"),
    path("tables/out/<int:pk>/", _inside(taking_out.exported_view), name="exported"),
    path("tables/out/<int:pk>/file/", _inside(taking_out.exported_file_view), name="exported_file"),
    path("tables/<int:pk>/refused/", _inside(preview.refused_view), name="refused"),
]
