"""What the database refuses about sheets: a version that was published never changes, whoever asks.

The guards on INSERT lock the sheet on PostgreSQL first: an item that is being added while somebody publishes
waits, and is then refused. SQLite has one writer at a time.
"""

from audit.triggers import Guard
from inspections.work_guards import WORK_GUARDS

FROZEN = "확정한 점검표는 고칠 수 없습니다. 새 판으로 복사해 고쳐 주세요."
UNPUBLISHED = "확정한 점검표만 점검에 쓸 수 있습니다."

CHECKLIST, INDICATOR, ITEM = "inspections_checklist", "inspections_indicator", "inspections_checklistitem"
OF_INDICATOR = "SELECT status FROM inspections_checklist WHERE id = {row}.checklist_id"
OF_ITEM = (
    "SELECT sheet.status FROM inspections_checklist sheet JOIN inspections_indicator indicator "
    "ON indicator.checklist_id = sheet.id WHERE indicator.id = {row}.indicator_id"
)
MEET_OF_INDICATOR = "PERFORM 1 FROM inspections_checklist WHERE id = {row}.checklist_id FOR SHARE;"
MEET_OF_ITEM = (
    "PERFORM 1 FROM inspections_checklist sheet JOIN inspections_indicator indicator "
    "ON indicator.checklist_id = sheet.id WHERE indicator.id = {row}.indicator_id FOR SHARE OF sheet;"
)
# The one thing that may still happen to a published version.
RETIRED = (
    "OLD.status = 'published' AND NEW.status = 'retired' AND NEW.id = OLD.id AND NEW.name = OLD.name "
    "AND NEW.version = OLD.version AND NEW.guidance = OLD.guidance "
    "AND NEW.threshold IS NOT DISTINCT FROM OLD.threshold AND NEW.bands = OLD.bands "
    "AND NEW.published_at = OLD.published_at AND NEW.published_by_id = OLD.published_by_id "
    "AND NEW.copied_from_id IS NOT DISTINCT FROM OLD.copied_from_id"
)
IS_DRAFT = "(SELECT status FROM inspections_checklist WHERE id = NEW.checklist_id) = 'draft'"


def _frozen(name, table, event, query, meet):
    """A row of a sheet that is not a draft, seen from the rows the event concerns."""
    rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}[event]
    condition = " OR ".join(f"({query.format(row=row)}) <> 'draft'" for row in rows)
    return Guard(name, table, event, condition, FROZEN, " ".join(meet.format(row=row) for row in rows))


SHEET_GUARDS = [
    Guard(
        "a_published_checklist_only_retires",
        CHECKLIST,
        "UPDATE",
        f"OLD.status <> 'draft' AND NOT ({RETIRED})",
        FROZEN,
    ),
    Guard("a_published_checklist_is_kept", CHECKLIST, "DELETE", "OLD.status <> 'draft'", FROZEN),
    _frozen("a_published_sheet_gets_no_indicator", INDICATOR, "INSERT", OF_INDICATOR, MEET_OF_INDICATOR),
    _frozen("a_published_indicator_is_kept_as_it_is", INDICATOR, "UPDATE", OF_INDICATOR, MEET_OF_INDICATOR),
    _frozen("a_published_indicator_is_kept", INDICATOR, "DELETE", OF_INDICATOR, MEET_OF_INDICATOR),
    _frozen("a_published_sheet_gets_no_item", ITEM, "INSERT", OF_ITEM, MEET_OF_ITEM),
    _frozen("a_published_item_is_kept_as_it_is", ITEM, "UPDATE", OF_ITEM, MEET_OF_ITEM),
    _frozen("a_published_item_is_kept", ITEM, "DELETE", OF_ITEM, MEET_OF_ITEM),
    Guard("a_part_uses_a_published_sheet", "inspections_periodpart", "INSERT", IS_DRAFT, UNPUBLISHED),
    Guard("a_part_changes_to_a_published_sheet", "inspections_periodpart", "UPDATE", IS_DRAFT, UNPUBLISHED),
    Guard("an_inspection_uses_a_published_sheet", "inspections_inspection", "INSERT", IS_DRAFT, UNPUBLISHED),
    Guard(
        "an_inspection_changes_to_a_published_sheet",
        "inspections_inspection",
        "UPDATE",
        IS_DRAFT,
        UNPUBLISHED,
    ),
]

GUARDS = [*SHEET_GUARDS, *WORK_GUARDS]
