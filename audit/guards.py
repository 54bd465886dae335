"""What the database refuses about the history."""

from audit.triggers import Guard

GUARDS = [
    Guard(
        "event_is_never_changed",
        "audit_event",
        "UPDATE",
        "1 = 1",
        "이력은 고칠 수 없습니다.",
    ),
    Guard(
        "event_is_never_deleted",
        "audit_event",
        "DELETE",
        "1 = 1",
        "이력은 지울 수 없습니다.",
    ),
    Guard(
        "chain_head_is_never_deleted",
        "audit_chainhead",
        "DELETE",
        "1 = 1",
        "이력은 지울 수 없습니다.",
    ),
    Guard(
        "chain_head_only_moves_on",
        "audit_chainhead",
        "UPDATE",
        "NEW.last_seq <> OLD.last_seq + 1 OR NEW.chain <> OLD.chain",
        "이력의 순서가 맞지 않습니다.",
    ),
]
