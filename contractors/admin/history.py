"""The change history of a row: which field, old → new, who, when, in Korean."""

import datetime as dt
from dataclasses import replace

from django.contrib import admin
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from notation.dates import long_date, moment

SHOWN_CHARACTERS = 500
DERIVED = {"sort_key"}


class HistoryAdmin(SimpleHistoryAdmin):
    object_history_template = "admin/contractors/history.html"

    def get_urls(self):
        # Without the page of one old state: it would offer a form of a row that is no more.
        return admin.ModelAdmin.get_urls(self)

    def history_view_title(self, request, obj):
        return f"변경 이력: {obj}"

    def get_historical_record_context_helper(self, request, historical_record):
        return KoreanChanges(self.model, historical_record, max_displayed_delta_change_chars=SHOWN_CHARACTERS)


class KoreanChanges(HistoricalRecordContextHelper):
    def context_for_delta_changes(self, delta):
        changes = [change for change in delta.changes if change.field not in DERIVED]
        return super().context_for_delta_changes(replace(delta, changes=changes))

    def prepare_delta_change_value(self, change, value):
        return written(super().prepare_delta_change_value(change, value))


def written(value):
    """A value as an official writes it."""
    if value in (None, ""):
        return "(비움)"
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if isinstance(value, dt.datetime):
        return moment(timezone.localtime(value))
    if isinstance(value, dt.date):
        return long_date(value)
    return str(value)
