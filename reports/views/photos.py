"""Photographs of the inspections in a paper: put in several at once, and their words changed."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inspections.models import Evidence
from inspections.workflow import StaleError, TransitionError
from reports import lines
from reports.forms.photos import PhotosForm, PhotoTextForm
from reports.models import Block
from reports.views.access import own_draft, refused_on_paper


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def photo_create(request, pk):
    document = own_draft(request, pk)
    live = document.blocks.filter(is_removed=False)
    form = PhotosForm(
        request.POST if request.method == "POST" else None,
        photos=_photos(document),
        lines=live.filter(~Q(kind=Block.Kind.PHOTO) | Q(pk=getattr(live.last(), "pk", None))),
    )
    if form.is_valid():
        data = form.cleaned_data
        last = lines.add_photos(
            document, form.payloads, by=request.user, after=data["after"], key=data["key"]
        )
        return redirect(f"{reverse('reports:document', args=[pk])}#line-{last.pk}")
    context = {"document": document, "form": form}
    return render(request, "reports/photos.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def photo_edit(request, pk, line_pk):
    document = own_draft(request, pk)
    block = get_object_or_404(document.blocks, pk=line_pk, kind=Block.Kind.PHOTO)
    form = PhotoTextForm(
        request.POST if request.method == "POST" else None, initial=block.payload | {"version": block.version}
    )
    if form.is_valid():
        _save(block, request.user, **form.cleaned_data)
        return redirect(f"{reverse('reports:document', args=[pk])}#line-{block.pk}")
    context = {"document": document, "form": form, "title": "사진 글 고치기"}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)


def _photos(document):
    photos = Evidence.objects.current().filter(
        inspection__in=document.inspections.all(), kind=Evidence.Kind.PHOTO
    )
    return photos.select_related("inspection__subject", "item").order_by("inspection", "position", "pk")


def _save(block, user, *, alt, caption, version):
    payload = block.payload | {"alt": alt, "caption": caption}
    try:
        lines.save_line(block, by=user, version=version, payload=payload)
    except StaleError:
        raise TransitionError("그 사이 다른 곳에서 고친 사진입니다. 다시 열어 고쳐 주세요.") from None
