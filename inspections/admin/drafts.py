"""Sheets in the admin: a draft may be edited, anything else only looked at."""

from django.db import transaction

from inspections import checklists
from inspections.workflow import TransitionError


class DraftOnly:
    """For the admin of a sheet, its indicators and its items; `sheet_of` says whose row it is."""

    def sheet_of(self, obj):
        raise NotImplementedError

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_draft(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_draft(obj)

    def has_add_permission(self, request, *above):
        # Only an inline is told the row above it.
        return super().has_add_permission(request, *above) and all(self._is_draft(obj) for obj in above)

    def _is_draft(self, obj):
        return obj is None or obj.pk is None or self.sheet_of(obj).is_draft

    @transaction.atomic
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Locked before Django looks at the status: nobody publishes the sheet between the look and the save.
        obj = self.get_object(request, object_id) if request.method == "POST" and object_id else None
        if obj:
            self._lock(obj, request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _lock(self, obj, request):
        try:
            checklists.lock_draft(self.sheet_of(obj), by=request.user)
        except TransitionError:
            return  # Django refuses it in its own words
