"""부재와 대결: registering who signs for somebody who is away, and asking for it at a signature."""

from django.db import transaction

from accounts.models import User
from audit import clock
from audit.recording import record
from inspections.workflow import TransitionError
from notation import dates
from reports import permissions
from reports.models import Absence


@transaction.atomic
def register(user, *, substitute, mode, starts_on, ends_on, reason, by):
    """From then on, in those days, the substitute may give the signatures of `user`, who says so himself."""
    User.objects.select_for_update().get(pk=user.pk)  # two absences at once would not see each other
    if ends_on < starts_on:
        raise TransitionError("종료일이 시작일보다 앞섭니다.")
    if ends_on < clock.today():
        raise TransitionError("이미 지난 기간입니다.")
    if substitute == user or not permissions.can_stand_in_a_line(substitute):
        raise TransitionError("대신할 사람은 결재선에 설 수 있는 다른 사람이어야 합니다.")
    if user.absences.in_force().filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise TransitionError("겹치는 기간에 이미 등록한 부재가 있습니다. 먼저 그것을 거두어 주세요.")
    absence = Absence.objects.create(
        user=user, substitute=substitute, mode=mode, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    record(
        "register_absence", absence, by=by, user=str(user), substitute=str(substitute), mode=mode,
        days=[starts_on.isoformat(), ends_on.isoformat()], reason=reason,
    )  # fmt: skip
    return absence


@transaction.atomic
def end(absence, *, by):
    """Back again: no signature is given in his stead from now on. Those given stay."""
    if not Absence.objects.filter(pk=absence.pk, ended_at=None).update(ended_at=clock.now()):
        raise TransitionError("이미 거둔 부재입니다.")
    record("end_absence", absence, by=by, user=str(absence.user))


def standing_in(step, user):
    """The absence by which this user may act on the step of another today, or None."""
    return Absence.objects.on(clock.today()).filter(user=step.assignee_id, substitute=user).first()


def substitutes_of(user):
    """Who may give his signatures today."""
    return user.absences.on(clock.today()).values("substitute")


def represented_by(user, today):
    """Those whose signatures this user may give on that day."""
    return Absence.objects.on(today).filter(substitute=user).values("user")


def told(user):
    """[{title}] for the page: whom this user stands in for today, and until when."""
    now = Absence.objects.on(clock.today()).filter(substitute=user).select_related("user")
    return [
        {"title": f"{each.user}님을 {dates.long_date(each.ends_on)}까지 {each.get_mode_display()}합니다."}
        for each in now
    ]
