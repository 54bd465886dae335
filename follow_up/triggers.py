"""What the database refuses about statements: one that was signed stands as it was signed."""

from audit.triggers import Guard

SIGNED = "서명한 확인서와 문답서는 고치거나 지울 수 없습니다."
TABLE, LINKS = "follow_up_statement", "follow_up_statement_findings"
OF_LINK = "(SELECT signed FROM follow_up_statement WHERE id = {row}.statement_id) <> ''"
GUARDS = [
    Guard("a_signed_statement_is_never_changed", TABLE, "UPDATE", "OLD.signed <> ''", SIGNED),
    Guard("a_signed_statement_is_kept", TABLE, "DELETE", "OLD.signed <> ''", SIGNED),
    Guard("a_signed_statement_gets_no_finding", LINKS, "INSERT", OF_LINK.format(row="NEW"), SIGNED),
    Guard("a_signed_statement_loses_no_finding", LINKS, "DELETE", OF_LINK.format(row="OLD"), SIGNED),
]
