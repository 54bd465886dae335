"""The archive of issued papers: whether every one is still what was signed, and where it is not."""

from django.db.models import Max

from audit.recording import broken_links
from reports import issuing
from reports.models import Document, Edition, NumberCounter


def problems():
    """Sentences, each with the place it speaks of: papers, their numbers, then the history."""
    for edition in Edition.objects.select_related("document__department").order_by("pk").iterator(50):
        for problem in issuing.problems(edition):
            yield f"{edition.document.number_text} {edition.document}: {problem}"
    for document in Document.objects.filter(status="approved", edition=None).select_related("department"):
        yield f"{document.number_text} {document}: 확정본이 없습니다."
    yield from _odd_numbers()
    yield from broken_links()


def _odd_numbers():
    """A number above the counter was not given by it."""
    counters = {(one.department_id, one.year): one.last for one in NumberCounter.objects.all()}
    numbers = Document.objects.filter(number__isnull=False)
    rows = numbers.values_list("department", "number_year", "department__name").annotate(last=Max("number"))
    for office, year, name, last in rows.order_by("department", "number_year"):
        if last > counters.get((office, year), 0):
            yield f"{name} {year}년: {last}번이 문서번호 대장보다 큽니다."
