"""What several views of the follow-up need of a request, and how a file is handed out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from inspections import evidence_files

# Nothing in a served file may run or load, whatever it turns out to be.
FILE_POLICY = "default-src 'none'; sandbox"


def sent(request):
    """(data, files) of a POST, an empty one too; nothing of a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


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
