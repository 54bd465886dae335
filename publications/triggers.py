"""What the database itself refuses about public editions."""

from audit.triggers import Guard

WITHDRAWN = (
    "(SELECT e.withdrawn_on FROM publications_publicedition e WHERE e.id = NEW.edition_id) IS NOT NULL"
)
TAKEN_DOWN = "내린 공개본에는 내용을 둘 수 없습니다."
KEPT = "공개본의 이력은 고치거나 지울 수 없습니다."
HOLDING = ("content", "file", "entry", "party", "action")

GUARDS = [
    *(
        Guard(
            f"public_{name}_of_a_shown_edition", f"publications_public{name}", "INSERT", WITHDRAWN, TAKEN_DOWN
        )
        for name in HOLDING
    ),
    Guard("public_change_update_never", "publications_publicchange", "UPDATE", "1 = 1", KEPT),
    Guard("public_change_delete_never", "publications_publicchange", "DELETE", "1 = 1", KEPT),
    Guard(
        "public_edition_delete_never", "publications_publicedition", "DELETE", "1 = 1",
        "공개본의 주소는 없앨 수 없습니다. 내리세요.",
    ),
]  # fmt: skip
