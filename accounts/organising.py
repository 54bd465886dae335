"""The departments are set up and changed: checked whoever does it, and told to the history."""

from django.db import transaction

from accounts import chronicle
from accounts.models import Department

WATCHED = [
    "name", "kind", "parent", "prefix", "members_may_approve", "signers_may_correct", "address", "homepage",
    "phone", "fax", "order", "is_active",
]  # fmt: skip


@transaction.atomic
def add_department(department, *, by):
    department.full_clean()
    department.save()
    chronicle.tell("add", department, by=by, path=department.path)


@transaction.atomic
def change_department(department, *, by):
    before = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    department.full_clean()
    department.save()
    if changes := chronicle.changes_between(before, department, WATCHED):
        chronicle.tell("change", department, by=by, changes=changes)


@transaction.atomic
def remove_department(department, *, by):
    """Only of a department that nothing points at; the database refuses any other."""
    chronicle.tell("remove", department, by=by, path=department.path)
    department.delete()
