from inspections.admin.checklist import ChecklistAdmin
from inspections.admin.codes import BasisAdmin, FindingTypeAdmin, StatusReasonAdmin
from inspections.admin.indicator import IndicatorAdmin

__all__ = ["BasisAdmin", "ChecklistAdmin", "FindingTypeAdmin", "IndicatorAdmin", "StatusReasonAdmin"]
