from inspections.models.action import Action
from inspections.models.action_check import ActionCheck
from inspections.models.answer import Answer, IndicatorExemption
from inspections.models.attestation import Attestation
from inspections.models.checklist import Checklist, ChecklistItem, Indicator
from inspections.models.evidence import Evidence
from inspections.models.finding import Finding
from inspections.models.finding_type import FindingType
from inspections.models.inspection import Inspection, TeamMember
from inspections.models.period import Basis, InspectionPeriod, PeriodPart, StatusReason
from inspections.models.presence import Presence
from inspections.models.stage import Stage, StageAnswer
from inspections.models.visit import Postponement, Visit
from inspections.models.waiver import WaivedWarning

__all__ = [
    "Action",
    "ActionCheck",
    "Answer",
    "Attestation",
    "Basis",
    "Checklist",
    "ChecklistItem",
    "Evidence",
    "Finding",
    "FindingType",
    "Indicator",
    "IndicatorExemption",
    "Inspection",
    "InspectionPeriod",
    "PeriodPart",
    "Postponement",
    "Presence",
    "Stage",
    "StageAnswer",
    "StatusReason",
    "TeamMember",
    "Visit",
    "WaivedWarning",
]
