"""Registers the pages of policies in force and of reasons of decisions."""

from django.contrib import admin

from backoffice.corrections.models import DecisionReason
from backoffice.desk.rules.policies import PolicyInForceAdmin
from backoffice.desk.rules.reasons import DecisionReasonAdmin
from backoffice.policies.models import PolicyInForce

admin.site.register(PolicyInForce, PolicyInForceAdmin)
admin.site.register(DecisionReason, DecisionReasonAdmin)
