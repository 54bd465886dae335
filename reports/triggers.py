"""What the database itself refuses about papers, whoever asks: code, admin or a hand in the console."""

from audit.triggers import Guard

NOT_A_DRAFT = "(SELECT d.status FROM reports_document d WHERE d.id = {row}.document_id) <> 'draft'"
ROUND_IS_CLOSED = "(SELECT r.status FROM reports_approvalround r WHERE r.id = {row}.round_id) <> 'open'"
SENT = "결재를 요청한 문서는 고칠 수 없습니다."
KEPT = "결재 기록은 고치거나 지울 수 없습니다."
FROZEN = "확정본은 고치거나 지울 수 없습니다."


def _of_a_draft_only(table, name):
    rows = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}
    return [
        Guard(f"{name}_{event.lower()}_needs_a_draft", table, event, NOT_A_DRAFT.format(row=row), SENT)
        for event, row in rows.items()
    ]


def _never(table, name, message):
    return [
        Guard(f"{name}_{event.lower()}_never", table, event, "1 = 1", message)
        for event in ("UPDATE", "DELETE")
    ]


def _file_of_a_draft_only():
    """The file of an attachment comes and goes with a draft, and is never another one."""
    status = (
        "(SELECT d.status FROM reports_document d JOIN reports_attachment a ON a.document_id = d.id"
        " WHERE a.id = {row}.attachment_id) <> 'draft'"
    )
    table = "reports_attachmentfile"
    yield Guard("attachment_file_insert_needs_a_draft", table, "INSERT", status.format(row="NEW"), SENT)
    yield Guard("attachment_file_delete_needs_a_draft", table, "DELETE", status.format(row="OLD"), SENT)
    yield Guard("attachment_file_update_never", table, "UPDATE", "1 = 1", FROZEN)


def _marks():
    """A mark of the draft comes and goes with it; a later one needs an approved paper. Its words stay."""
    table, status = (
        "reports_disclosuremark",
        "(SELECT d.status FROM reports_document d WHERE d.id = NEW.document_id)",
    )
    timely = f"(NEW.is_later AND {status} <> 'approved') OR (NOT NEW.is_later AND {status} <> 'draft')"
    yield Guard("mark_insert_in_its_time", table, "INSERT", timely, SENT)
    yield Guard("mark_delete_needs_a_draft", table, "DELETE", NOT_A_DRAFT.format(row="OLD"), SENT)
    changed = " OR ".join(
        f"NEW.{name} <> OLD.{name}" for name in ("quote", "clause", "is_later", "document_id")
    )
    yield Guard(
        "mark_keeps_its_words", table, "UPDATE", f"OLD.lifted_at IS NOT NULL OR {changed}",
        "비공개 표시의 말과 조항은 바꿀 수 없습니다.",
    )  # fmt: skip


ISSUED = "FROM reports_document d WHERE d.department_id = OLD.department_id AND d.number_year = OLD.year"

GUARDS = [
    Guard(
        "approved_document_is_for_ever", "reports_document", "UPDATE", "OLD.status = 'approved'",
        "결재가 끝난 문서는 고칠 수 없습니다.",
    ),
    Guard(
        "only_an_approved_document_is_superseded", "reports_document", "INSERT",
        "(SELECT d.status FROM reports_document d WHERE d.id = NEW.supersedes_id) <> 'approved'",
        "결재가 끝난 문서만 정정할 수 있습니다.",
    ),
    Guard("only_a_draft_is_deleted", "reports_document", "DELETE", "OLD.status <> 'draft'", SENT),
    *_of_a_draft_only("reports_block", "block"),
    *_of_a_draft_only("reports_attachment", "attachment"),
    *_marks(),
    *_file_of_a_draft_only(),
    *_of_a_draft_only("reports_document_inspections", "reported_inspection"),
    *_of_a_draft_only("reports_document_writers", "writer"),
    *_of_a_draft_only("reports_letter", "letter"),
    *_of_a_draft_only("reports_reference", "reference"),
    Guard(
        "edition_needs_an_approved_document", "reports_edition", "INSERT",
        "(SELECT d.status FROM reports_document d WHERE d.id = NEW.document_id) <> 'approved'",
        "결재가 끝나지 않은 문서입니다.",
    ),
    *_never("reports_edition", "edition", FROZEN),
    *_never("reports_editionfile", "edition_file", FROZEN),
    *_never("reports_outsideapproval", "outside_approval", FROZEN),
    Guard(
        "closed_round_is_kept", "reports_approvalround", "UPDATE",
        "OLD.status <> 'open' OR NEW.content <> OLD.content OR NEW.content_sha256 <> OLD.content_sha256",
        KEPT,
    ),
    Guard("round_is_never_deleted", "reports_approvalround", "DELETE", "1 = 1", KEPT),
    Guard(
        "step_of_an_open_round_only", "reports_approvalstep", "INSERT", ROUND_IS_CLOSED.format(row="NEW"),
        KEPT,
    ),
    Guard(
        "given_signature_is_kept", "reports_approvalstep", "UPDATE",
        f"OLD.status <> 'waiting' OR {ROUND_IS_CLOSED.format(row='OLD')}", KEPT,
    ),
    Guard("step_is_never_deleted", "reports_approvalstep", "DELETE", "1 = 1", KEPT),
    Guard(
        "counter_stays_above_issued_numbers", "reports_numbercounter", "UPDATE",
        f"NEW.last < (SELECT COALESCE(MAX(d.number), 0) {ISSUED})"
        " OR NEW.department_id <> OLD.department_id OR NEW.year <> OLD.year",
        "이미 나간 문서번호보다 작게 정할 수 없습니다.",
    ),
    Guard(
        "used_counter_is_never_deleted", "reports_numbercounter", "DELETE", f"EXISTS (SELECT 1 {ISSUED})",
        "번호가 나간 대장은 지울 수 없습니다.",
    ),
]  # fmt: skip
