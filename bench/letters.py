"""Letters to many: drafted, sent, reviewed, decided and frozen one after the other, as a script of the pages does.

LETTERS=1000 for a whole city; each is rendered as HTML, PDF and HWPX and kept with its hashes.
"""

import os
import resource
import time

import django

django.setup()

from django.core.management import call_command

from bench.progress import tell
from inspections.models import Inspection
from inspections.tests.factories import InspectionFactory
from reports import in_bulk, issuing, workflow
from reports.models import Document
from reports.tests.factories import Office, step_of

LETTERS = int(os.environ.get("LETTERS", "60"))
WIDTH = 40  # letters of the bar


def main():
    call_command("migrate", verbosity=0)
    office = Office()
    part = InspectionFactory(department=office.department, done=True).part
    for _ in range(LETTERS - 1):
        InspectionFactory(department=office.department, done=True, part=part)
    inspections = list(Inspection.objects.filter(part=part))
    whole = {name: _all(name, act, inspections, office) for name, act in STEPS.items()}
    issued = Document.objects.filter(department=office.department).exclude(number=None).count()
    if issued != LETTERS:
        raise SystemExit(f"{issued} of {LETTERS} letters were issued")
    told = ", ".join(f"{name} {seconds / LETTERS * 1000:.0f} ms" for name, seconds in whole.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = sum(whole.values())
    print(f"시행문 {LETTERS}건: {seconds:.0f}초, 한 건에 {told}; 최대 메모리 {peak} MB")


def _all(name, act, inspections, office):
    start = time.perf_counter()
    for number, inspection in enumerate(inspections, 1):
        act(inspection, office)
        if number % max(LETTERS // WIDTH, 1) == 0:
            full = number * WIDTH // LETTERS
            tell(f"{name} [{'#' * full}{'.' * (WIDTH - full)}] {number} / {LETTERS}")
    return time.perf_counter() - start


def _draft(inspection, office):
    _, refused = in_bulk.draft_each([inspection], by=office.drafter, kind=Document.Kind.OUTCOME, key=None)
    if refused:
        raise SystemExit(refused[0])
    letter = inspection.documents.get().letter
    letter.organisation, letter.sender = "가온시", "가온시장"
    letter.save(update_fields=["organisation", "sender"])


def _send(inspection, office):
    document = inspection.documents.get()
    workflow.request(document, office.line, by=office.drafter)
    workflow.sign(step_of(document, office.lead), by=office.lead)


def _decide(inspection, office):
    issuing.approve(step_of(inspection.documents.get(), office.head), by=office.head)


STEPS = {"기안": _draft, "요청과 검토": _send, "결재와 확정": _decide}

main()
