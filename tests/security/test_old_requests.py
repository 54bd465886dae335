"""A form that was opened earlier and is sent after things went on has no effect (F12)."""

from django.test import TestCase

from audit import clock
from inspections.models import Inspection
from reports import issuing, workflow
from reports.tests.factories import quick_rendering, sent, step_of
from tests.access.world import undone
from tests.security.harvest import Site, everything


class TestOldRequests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = Site()

    def forms_about(self, *beginnings, roles=("own",)):
        found = [form for form in self.site.forms(roles) if form.path.startswith(beginnings)]
        assert len(found) > 5
        return found

    def effects(self, forms, role=None):
        """What the forms still change, and what went wrong for us."""
        found, before = [], everything()
        for form in forms:
            with undone():
                response = self.site.ask(role or form.role, "POST", form.path, form.filled(), keep=True)
                if everything() != before or response.status_code >= 500:
                    found.append((form.path, response.status_code))
        return found

    def test_the_work_of_an_inspection_after_its_completion(self):
        inspection = self.site.world.inspection
        forms = self.forms_about(f"/inspections/{inspection.pk}/", "/inspections/evidence/")
        assert self.effects(forms)  # while it is open they do have effects
        Inspection.objects.filter(pk=inspection.pk).update(
            status="done", completed_at=clock.now(), completed_by=self.site.world.office.drafter
        )

        assert self.effects(forms) == []

    def test_the_lines_of_a_paper_after_the_request_and_after_the_approval(self):
        office, paper = self.site.world.office, self.site.world.draft
        forms = self.forms_about(f"/reports/{paper.pk}/")
        assert self.effects(forms)
        sent(office, document=paper)
        assert self.effects([form for form in forms if not form.path.endswith("/withdraw/")]) == []

    def test_signatures_after_the_approval(self):
        office, paper = self.site.world.office, self.site.world.paper
        beginnings = (f"/reports/approvals/{paper.pk}/", f"/reports/{paper.pk}/")
        forms = [
            form for form in self.site.forms(["own", "lead", "head"]) if form.path.startswith(beginnings)
        ]
        assert {form.path.rsplit("/", 2)[1] for form in forms} >= {"sign", "return", "withdraw"}
        for step in paper.rounds.get().steps.filter(status="waiting").exclude(act="approve"):
            workflow.sign(step_of(paper, step.assignee), by=step.assignee)
        with quick_rendering():
            issuing.approve(step_of(paper, office.head), by=office.head)

        assert self.effects(forms) == []

    def test_anything_after_signing_out(self):
        forms = self.forms_about("/inspections/", "/reports/")

        assert self.effects(forms, role="nobody") == []
