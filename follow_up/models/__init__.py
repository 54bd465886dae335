from follow_up.models.asking import PaperFile, PaperItem, Wish
from follow_up.models.codes import DeadlineRule, DispositionType, Holiday, Ladder, Rung
from follow_up.models.disposition import Disposition, Opinion, Party, Procedure
from follow_up.models.reminder import Reminder, ReminderSetting
from follow_up.models.report import ActionReport, Objection, Payment, ReportFile, Source
from follow_up.models.statement import Statement

__all__ = [
    "ActionReport",
    "DeadlineRule",
    "Disposition",
    "DispositionType",
    "Holiday",
    "Ladder",
    "Objection",
    "Opinion",
    "PaperFile",
    "PaperItem",
    "Party",
    "Payment",
    "Procedure",
    "Reminder",
    "ReminderSetting",
    "ReportFile",
    "Rung",
    "Source",
    "Statement",
    "Wish",
]
