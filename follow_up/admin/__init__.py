from follow_up.admin.codes import DeadlineRuleAdmin, DispositionTypeAdmin, HolidayAdmin, LadderAdmin

__all__ = ["DeadlineRuleAdmin", "DispositionTypeAdmin", "HolidayAdmin", "LadderAdmin"]
