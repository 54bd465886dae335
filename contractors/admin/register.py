"""What all pages of the register share: Korean search, Excel, history, and no deletion of what is used."""

import unicodedata

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.shortcuts import redirect
from django.urls import reverse

from audit.recording import record
from contractors.admin.history import HistoryAdmin
from spreadsheets.admin import SpreadsheetAdmin

NAMED = 3


class KnownKeysSelect(AutocompleteSelect):
    """Draws a form with a wrong key again; the stock widget looks for it in the table and falls over."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if str(key).isdecimal()], attr)


class KeysAdmin(admin.ModelAdmin):
    """Gives `autocomplete_fields` a widget that survives what is no key."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownKeysSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RegisterAdmin(KeysAdmin, SpreadsheetAdmin, HistoryAdmin):
    actions = None  # nothing of the register is deleted in bulk
    list_per_page = 50
    show_full_result_count = False

    def get_search_results(self, request, queryset, search_term):
        # What is pasted from a Mac comes in decomposed letters and would find nothing.
        return super().get_search_results(request, queryset, unicodedata.normalize("NFC", search_term))

    def oddities(self, obj):
        """Sentences to show after saving; nothing is refused for them."""
        return []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for sentence in self.oddities(form.instance):
            messages.warning(request, sentence)

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj and (users := self.get_deleted_objects([obj], request)[3]):
            return self._refuse_deletion(request, obj, users)
        return super().delete_view(request, object_id, extra_context)

    def imported(self, request, plan):
        record("import", request.user, by=request.user, sheet=self.sheet_class.title, rows=dict(plan.counts))

    def exported(self, request, count):
        record("export", request.user, by=request.user, sheet=self.sheet_class.title, rows=count)

    def _refuse_deletion(self, request, obj, users):
        advice = (
            "지우지 말고 ‘사용’을 꺼 주세요." if hasattr(obj, "is_active") else "지우지 말고 고쳐 주세요."
        )
        messages.error(request, f"‘{obj}’은(는) {len(users)}곳에서 쓰이고 있어 지울 수 없습니다. {advice}")
        url = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(reverse(url, args=[obj.pk]))
