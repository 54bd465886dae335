"""Who goes: adding, removing and ordering the members of an inspection's team."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from inspections import teams
from inspections.forms.teams import MemberForm
from inspections.views.access import accepted, attempt, form_page, own_inspection


@require_http_methods(["GET", "HEAD", "POST"])
def member_create(request, pk):
    inspection = own_inspection(request, pk)
    form = MemberForm(request.POST or None)
    back = f"{reverse('inspections:detail', args=[pk])}#team"
    if accepted(request, form, teams.add_member, inspection):
        messages.success(request, "점검자를 더했습니다.")
        return redirect(back)
    crumbs = [("점검", reverse("inspections:list")), (str(inspection.subject), back)]
    text = "직원을 고르거나, 외부 사람의 이름을 적거나, 소속과 인원만 적습니다."
    return form_page(
        request, form, title="점검자 더하기", text=text, button="더하기", crumbs=crumbs, back_url=back
    )


@require_POST
def member_remove(request, pk, member_pk):
    attempt(request, "점검자를 뺐습니다.", teams.remove_member, _member(request, pk, member_pk))
    return _back(pk)


@require_POST
def member_up(request, pk, member_pk):
    member = _member(request, pk, member_pk)
    attempt(request, f"한 줄 위로 옮겼습니다: {member}", teams.move_member, member, up=True)
    return _back(pk)


@require_POST
def member_down(request, pk, member_pk):
    member = _member(request, pk, member_pk)
    attempt(request, f"한 줄 아래로 옮겼습니다: {member}", teams.move_member, member, up=False)
    return _back(pk)


@require_POST
def team_copy(request, pk):
    inspection = own_inspection(request, pk)
    done = "같은 회차에서 점검자가 없던 점검에 이 점검자들을 넣었습니다."
    attempt(request, done, teams.copy_team, inspection)
    return _back(pk)


def _member(request, pk, member_pk):
    inspection = own_inspection(request, pk)
    return get_object_or_404(inspection.team.select_related("inspection", "user"), pk=member_pk)


def _back(pk):
    return redirect(f"{reverse('inspections:detail', args=[pk])}#team")
