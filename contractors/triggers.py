"""What the database refuses about the register."""

from audit.triggers import Guard

MESSAGE = "같은 점검대상과 수탁기관의 협약과 기간이 겹칩니다."
SHARES_A_DAY = (
    "EXISTS (SELECT 1 FROM contractors_agreement other WHERE other.subject_id = NEW.subject_id "
    "AND other.contractor_id = NEW.contractor_id AND other.starts_on <= NEW.ends_on "
    "AND other.ends_on >= NEW.starts_on{but_itself})"
)
# Two transactions that cannot see each other's row must meet somewhere: at the row of the subject.
# NO KEY: whoever only refers to the subject need not wait. SQLite has one writer at a time anyway.
MEET = "PERFORM 1 FROM contractors_subject WHERE id = NEW.subject_id FOR NO KEY UPDATE;"

GUARDS = [
    Guard(
        "agreements_of_a_pair_do_not_overlap",
        "contractors_agreement",
        "INSERT",
        SHARES_A_DAY.format(but_itself=""),  # SQLite has not given the new row its id yet
        MESSAGE,
        postgresql_before=MEET,
    ),
    Guard(
        "agreements_of_a_pair_do_not_overlap_later",
        "contractors_agreement",
        "UPDATE",
        SHARES_A_DAY.format(but_itself=" AND other.id <> NEW.id"),
        MESSAGE,
        postgresql_before=MEET,
    ),
]
