"""What tables can be of here: requests, decisions on them, what a register has yet to show."""

from backoffice.workflow.decision_resource import DecisionResource
from backoffice.workflow.outstanding_resource import OutstandingResource
from backoffice.workflow.request_resource import RequestResource

__all__ = ["DecisionResource", "OutstandingResource", "RequestResource"]
