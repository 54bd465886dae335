"""현장 준비: what a browser keeps so that an inspection opens and is filled in without a network."""

from functools import cache

from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from inspections import permissions
from inspections.models import Indicator
from inspections.workflow import TransitionError

# Of the static files what a page of the checklist may ask for; not the admin, the paper and its fonts.
SHELL = ("css/", "js/", "img/", "vendor/krds/", "vendor/idb/", "django_htmx/htmx-2.min")
NOT_SHELL = ("css/admin", "css/paper", "css/editor", "js/admin", "js/sw.js")


def prepared(inspection, *, by):
    """Title and addresses (pages, pictures, shell) of an open inspection for somebody who works on it."""
    if not (inspection.is_open and permissions.can_work_on(by, inspection)):
        raise TransitionError("점검 중이거나 계획된 내 점검만 현장 준비를 할 수 있습니다.")
    return {
        "title": str(inspection.subject),
        "url": reverse("inspections:detail", args=[inspection.pk]),
        "pages": _pages(inspection),
        "pictures": [
            reverse("inspections:evidence_thumbnail", args=[pk])
            for pk in inspection.evidence.current().exclude(thumbnail="").values_list("pk", flat=True)
        ],
        "shell": [*shell(), reverse("offline")],
    }


def _pages(inspection):
    pages = [reverse("inspections:detail", args=[inspection.pk])]
    if inspection.checklist_id is None:
        return pages
    sheet = reverse("inspections:checklist", args=[inspection.pk])
    indicators = Indicator.objects.filter(checklist=inspection.checklist_id).values_list("pk", flat=True)
    own = [reverse("inspections:indicator", args=[inspection.pk, pk]) for pk in indicators]
    return [*pages, sheet, f"{sheet}?all=1", *own]


@cache
def shell():
    """The addresses of the static files, by the names under which this version of the site serves them."""
    names = getattr(staticfiles_storage, "hashed_files", None) or _found()
    chosen = sorted(name for name in names if name.startswith(SHELL) and not name.startswith(NOT_SHELL))
    return [staticfiles_storage.url(name) for name in chosen]


def _found():
    return {path for finder in get_finders() for path, _ in finder.list(["*.ttf"])}
