"""지표 서고: the items of published sheets, to be copied into a draft."""

from django.db.models import OuterRef, Q, Subquery

from inspections.models import Checklist, ChecklistItem

MOST = 200  # items on one page; more are found by more words


def items_of_others(sheet, words="", source=None):
    """Items of the newest published version of every other sheet that hold all the words, in order."""
    versions = Checklist.objects.published().filter(name=OuterRef("name")).order_by("-version")
    newest = sources(sheet).filter(pk=Subquery(versions.values("pk")[:1]))
    items = ChecklistItem.objects.filter(indicator__checklist__in=newest)
    if source:
        items = items.filter(indicator__checklist=source)
    for word in words.split():
        items = items.filter(
            Q(text__icontains=word)
            | Q(code__icontains=word)
            | Q(indicator__name__icontains=word)
            | Q(indicator__area__icontains=word)
        )
    order = ["indicator__checklist__name", "indicator__order", "order", "pk"]
    return items.select_related("indicator__checklist").order_by(*order)


def sources(sheet):
    """The sheets one may take from."""
    return Checklist.objects.published().exclude(name=sheet.name).order_by("name", "-version")
