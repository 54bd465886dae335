from django.contrib import admin
from django.db.models import Prefetch
from django.utils.html import format_html

from audit import clock
from contractors.admin.filters import SubjectAgreementFilter
from contractors.admin.register import RegisterAdmin
from contractors.models import Agreement, Subject, SubjectKind
from contractors.sheets import SubjectSheet


class SiteInline(admin.TabularInline):
    """The sites below a commission, to be seen and opened; each is a subject of its own."""

    model = Subject
    fk_name = "parent"
    fields = ["kind", "name", "district", "address", "is_active"]
    readonly_fields = ["kind", "name", "district", "address", "is_active"]
    verbose_name_plural = "아래에 있는 점검대상"
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("kind")

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Subject)
class SubjectAdmin(RegisterAdmin):
    sheet_class = SubjectSheet
    list_display = ["path", "kind", "department", "district", "contractors", "is_active"]
    list_filter = [
        ("department", admin.RelatedOnlyFieldListFilter),
        "kind",
        SubjectAgreementFilter,
        "is_active",
        "district",
    ]
    list_select_related = ["kind", "department", "parent"]
    search_fields = ["name", "parent__name", "address", "classification", "agreements__contractor__name"]
    search_help_text = "이름, 상위 점검대상, 소재지, 분류, 수탁기관으로 찾습니다."
    autocomplete_fields = ["parent"]
    inlines = [SiteInline]

    def get_queryset(self, request):
        running = Agreement.objects.running(clock.today()).select_related("contractor")
        prefetch = Prefetch("agreements", running, to_attr="running_agreements")
        return super().get_queryset(request).prefetch_related(prefetch)

    @admin.display(description="이름", ordering="sort_key")
    def path(self, subject):
        if subject.parent_id is None:
            return subject.name
        return format_html("{} <span class='quiet'>({})</span>", subject.name, subject.parent.name)

    @admin.display(description="현재 수탁기관")
    def contractors(self, subject):
        return ", ".join(str(agreement.contractor) for agreement in subject.running_agreements) or "-"


@admin.register(SubjectKind)
class SubjectKindAdmin(admin.ModelAdmin):
    list_display = ["name", "is_commission", "order"]
    list_editable = ["order"]
    actions = None
