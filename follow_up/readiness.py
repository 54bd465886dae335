"""What a disposition still needs before it is decided: facts of its type, due process, a signed statement."""

from audit import clock
from deadlines.counting import has_ended
from follow_up.models import Procedure, Statement
from notation.dates import long_date

# What a type may need: (flag, (field, its name))
NEEDS = {
    "needs_deadline": ("due_on", "기한"),
    "needs_amount": ("won", "금액"),
    "needs_persons": ("persons", "인원"),
    "needs_period": ("starts_on", "기간"),
}


def missing(disposition):
    """The names of what its type needs and it does not have."""
    of_type = disposition.disposition_type
    found = [
        word
        for flag, (name, word) in NEEDS.items()
        if getattr(of_type, flag) and not getattr(disposition, name)
    ]
    if of_type.is_disposal and not disposition.basis.strip():
        found.append("법적 근거")
    return found


def obstacles(disposition):
    """Sentences that say what of due process is still open; none for what is no 행정처분."""
    if not disposition.disposition_type.is_disposal:
        return []
    procedure = Procedure.objects.filter(disposition=disposition).first()
    if procedure is None:
        return ["사전통지를 하지 않았습니다."]
    found = []
    if not has_ended(procedure.opinion_due_on, clock.today()):
        found.append(f"의견제출 기한({long_date(procedure.opinion_due_on)})이 끝나지 않았습니다.")
    if disposition.opinions.filter(answer="").exists():
        found.append("답하지 않은 의견이 있습니다.")
    if disposition.disposition_type.needs_hearing and not procedure.hearing_note:
        found.append("청문 결과를 적지 않았습니다.")
    return found


def warnings(disposition):
    """What is wise and not there: a signed statement behind 재정상·신분상. Nothing is blocked."""
    if not disposition.disposition_type.needs_statement:
        return []
    signed = Statement.objects.filter(inspection=disposition.inspection_id).exclude(signed="")
    if disposition.finding_id:
        signed = signed.filter(findings=disposition.finding_id)
    return [] if signed.exists() else ["이 처분의 사실관계에 대한 확인서나 문답서가 없습니다."]
