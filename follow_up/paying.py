"""납부: parts of the money that was demanded, with interest beside them."""

from django.db import transaction

from audit import clock
from audit.recording import record
from follow_up.acting import locked, rest_of
from follow_up.models import Payment
from inspections.workflow import TransitionError, given


@transaction.atomic
def add(action, *, by, id, kind, paid_on, won, note=""):
    """The client made the id: a repeat gives the payment that is there."""
    action = locked(action, by)
    if known := Payment.objects.filter(pk=id).first():
        return known
    if not action.won:
        raise TransitionError("금액을 요구한 조치가 아닙니다.")
    if paid_on > clock.today():
        raise TransitionError("낸 날이 오늘보다 뒤입니다.")
    if kind == Payment.Kind.PRINCIPAL and won > (rest := rest_of(action)):
        raise TransitionError(f"남은 금액({rest:,}원)보다 많습니다. 이자는 따로 적어 주세요.")
    made = Payment.objects.create(
        id=id, action=action, kind=kind, paid_on=paid_on, won=won, note=note.strip(), entered_by=by
    )
    record("pay", action, by=by, chain=action.inspection, kind=kind, on=str(paid_on), won=won)
    return made


@transaction.atomic
def take_back(payment, *, by, reason):
    """It was entered by mistake: it stays, struck out, and counts no more."""
    action = locked(payment.action, by)
    changed = Payment.objects.filter(pk=payment.pk, taken_back_reason="").update(
        taken_back_reason=given(reason)
    )
    if not changed:
        raise TransitionError("이미 되돌린 납부입니다.")
    record("take_back_payment", action, by=by, chain=action.inspection, won=payment.won, reason=reason)
