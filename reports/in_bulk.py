"""The same done to many: letters drafted one for each inspection, drafts sent for approval.

Each is an act of its own, as if asked for alone: what is refused is told by its name, the others go on. The
pages ask for one after the other and show how far it is; without a script a page is done in one request.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspections.workflow import TransitionError
from reports import creating, line_templates, workflow

MOST = 50  # in one request


def draft_each(inspections, *, by, kind, key):
    """A draft for each of them alone. (how many are there, why the others are not)"""

    def act(inspection):
        own = uuid.uuid5(key, f"{kind}:{inspection.pk}") if key else None
        creating.create([inspection], by=by, kind=kind, key=own)

    return _each(inspections, act, name=lambda inspection: str(inspection.subject))


def request_each(documents, *, by):
    """Each along the line that would be proposed for it alone."""

    def act(document):
        line = line_templates.proposed(document, line_templates.usable(document))
        workflow.request(document, line, by=by)

    return _each(documents, act, name=str)


def _each(objects, act, *, name):
    done, refused = 0, []
    for each in objects:
        try:
            with transaction.atomic():
                act(each)
        except (TransitionError, PermissionDenied) as error:
            refused.append(f"{name(each)}: {error or '할 수 있는 사람이 아닙니다.'}")
        else:
            done += 1
    return done, refused
