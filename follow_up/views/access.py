"""What several views of the follow-up need of a request, and how a file is handed out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from inspections import evidence_files
from inspections.forms.fields import knowing
from inspections.views.evidence import FILE_POLICY
from inspections.workflow import StaleError, TransitionError

STALE = "그 사이 다른 사람이 고쳤거나 처리했습니다. 지금 상태를 보고 다시 저장해 주세요."


def sent(request):
    """(data, files) of a POST, an empty one too; nothing of a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def carried_out(request, form, act, done):
    """(what `act` made of the cleaned form, status of the page): nothing and 422 or 409 where it was refused.

    A refusal stands in the form, nothing typed is lost; after a stale one the next save is a decision.
    """
    if not form.is_bound:
        return None, 200
    try:
        if form.is_valid():
            saved = act(form.cleaned_data.copy())
            messages.success(request, done)
            return saved or True, 302
    except TransitionError as error:
        form.add_error(None, str(error))
    except StaleError as stale:
        knowing(form, stale.current)
        form.add_error(None, STALE)
        return None, 409
    return None, 422


def served(request, kept, back, *args):
    """A photograph inline from the copy made here, a paper as a download; `back` if it is missing."""
    is_photo = kept.kind == "photo"
    try:
        data = evidence_files.stored_bytes(kept.shown)
    except evidence_files.MissingFileError:
        context = {"file": kept, "back_url": reverse(back, args=args)}
        return render(request, "follow_up/file_missing.html", context, status=410)
    response = HttpResponse(data, content_type="image/jpeg" if is_photo else "application/pdf")
    response["Content-Disposition"] = content_disposition_header(not is_photo, kept.name)
    response["Content-Security-Policy"] = FILE_POLICY
    return response
