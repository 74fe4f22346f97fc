"""Addresses of reviewing: queues, decisions, applying, the outside register."""

from django.contrib import admin
from django.urls import path

from backoffice.desk.review import applying, deciding, lists, register, taking_out

app_name = "review"
_inside = admin.site.admin_view

urlpatterns = [
    path("review/", _inside(lists.queue_view), name="queue"),
    path("review/next/", _inside(deciding.next_view), name="next"),
    path("review/cases/<int:pk>/take/", _inside(deciding.take_view), name="take"),
    path("review/cases/<int:pk>/release/", _inside(deciding.release_view), name="release"),
    path("review/cases/<int:pk>/approve/", _inside(deciding.approve_all_view), name="approve_all"),
    path("review/requests/<int:pk>/decide/", _inside(deciding.decide_view), name="decide"),
    path("review/requests/<int:pk>/apply/", _inside(applying.apply_view), name="apply_one"),
    path("review/requests/<int:pk>/reopen/", _inside(applying.reopen_view), name="reopen"),
    path("review/requests/<int:pk>/reverse/", _inside(applying.reverse_view), name="reverse"),
    path("review/take-out/", _inside(taking_out.queue_out_view), name="queue_out"),
    path(
        "review/register/missing/take-out/",
        _inside(taking_out.outstanding_out_view),
        name="outstanding_out",
    ),
    path("review/apply/", _inside(lists.apply_list_view), name="apply"),
    path("review/apply/chosen/", _inside(applying.apply_many_view), name="apply_many"),
    path("review/register/", _inside(register.lists_view), name="register"),
    path("review/register/missing/", _inside(register.outstanding_view), name="outstanding"),
    path("review/register/<int:pk>/", _inside(register.list_view), name="register_list"),
]
