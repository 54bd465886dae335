"""알림 and 알림 설정, for everybody who signs in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit import clock
from follow_up import reminding
from follow_up.forms.reminders import ReminderSettingForm
from follow_up.models import ReminderSetting
from follow_up.views.access import sent

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request):
    setting = ReminderSetting.objects.filter(user=request.user).first() or ReminderSetting(user=request.user)
    form = ReminderSettingForm(sent(request)[0], instance=setting)
    if form.is_valid():
        form.save()
        messages.success(request, "저장했습니다.")
        return redirect("follow_up:reminders")
    context = {"form": form, "reminders": reminding.unread(request.user)[:SHOWN], "email": request.user.email}
    return render(request, "follow_up/reminders.html", context, status=422 if form.is_bound else 200)


@require_POST
def reminders_read(request):
    request.user.reminders.filter(read_at=None).update(read_at=clock.now())
    return redirect("follow_up:reminders")
