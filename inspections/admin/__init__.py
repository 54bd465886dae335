from inspections.admin.checklist import ChecklistAdmin
from inspections.admin.codes import BasisAdmin, StatusReasonAdmin
from inspections.admin.indicator import IndicatorAdmin

__all__ = ["BasisAdmin", "ChecklistAdmin", "IndicatorAdmin", "StatusReasonAdmin"]
