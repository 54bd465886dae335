"""Fields that a form does not show, posted all the same, change nothing (S2)."""

from urllib.parse import urlsplit

from django.apps import apps
from django.db import models
from django.test import TestCase

from tests.access.world import undone
from tests.security.harvest import Site, everything

OUR_APPS = ["accounts", "contractors", "inspections", "reports"]
# Fields that the page's script sends though the form of the page does not show them.
SCRIPTED = {"id", "kind", "depth", "after", "level", "next", "client_id", "item", "caption", "file"}
SCRIPTED |= {"items", "finding_type", "rotation", "taken_at"}


class TestHiddenFields(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = Site()

    def compare(self, forms):
        changed = []
        for form in forms:
            extra = [pair for pair in hostile_fields() if pair[0] not in form.names]
            plain = self.after(form, form.filled())
            posted = self.after(form, form.filled() + extra)
            differences = {label for label in plain if plain[label] != posted[label]}
            if differences:
                changed.append((form.role, form.path, sorted(differences)))
        return changed

    def after(self, form, fields):
        with undone():
            self.site.ask(form.role, "POST", form.path, fields, keep=True)
            return everything()

    def test_no_form_of_the_office_takes_more_than_it_shows(self):
        forms = self.site.forms(["own", "lead", "head"])
        assert len(forms) > 40

        assert self.compare(forms) == []

    def test_no_form_of_the_admin_takes_more_than_it_shows(self):
        forms = [
            form for form in self.site.forms(["superintendent"]) if urlsplit(form.path).path[:7] == "/admin/"
        ]
        changes = [form for form in forms if form.path.endswith(("/add/", "/change/"))]
        assert len(changes) > 10

        assert self.compare(changes) == []


def hostile_fields():
    """A value for every column of every model of ours; the last row of a table is somebody else's."""
    fields = {}
    for name in OUR_APPS:
        for model in apps.get_app_config(name).get_models():
            for field in model._meta.concrete_fields:
                if field.name not in SCRIPTED:
                    fields.setdefault(field.name, planted(field))
                    fields.setdefault(field.attname, planted(field))
    fields |= {"is_superuser": "on", "is_staff": "on", "role": "superintendent", "drafter": "1", "by": "1"}
    return list(fields.items())


def planted(field):
    if field.is_relation:
        last = field.related_model._default_manager.order_by("pk").last()
        return str(last.pk) if last else "1"
    if field.choices:
        return str(field.choices[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return "7"
    if isinstance(field, models.DateTimeField):
        return "2001-01-01 00:00:00"
    return "2001-01-01" if isinstance(field, models.DateField) else "심은 값"
