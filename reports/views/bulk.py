"""How an act on many is answered: to the script that asks for one at a time, or on a page."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect

from accounts.requests import is_by_script
from reports.in_bulk import MOST

TOO_MANY = f"한 번에 {MOST}건까지 처리합니다. 나머지는 다시 골라 주세요."


def answer(request, outcome, *, done, nothing, back):
    """`outcome`: (how many were done, why others were not). `back`: the arguments of the redirect."""
    count, refused = outcome
    if is_by_script(request):
        return JsonResponse({"done": count, "refused": refused})
    if count:
        messages.success(request, done.format(count=count))
    for text in refused:
        messages.error(request, text)
    if not count and not refused:
        messages.warning(request, nothing)
    return redirect(*back)
