from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery

from audit import clock
from contractors import business_number
from contractors.admin.filters import ContractorAgreementFilter
from contractors.admin.register import KeysAdmin, RegisterAdmin
from contractors.models import Agreement, Contractor, ContractorUser
from contractors.sheets import ContractorSheet, contractor_oddities


class ContractorForm(forms.ModelForm):
    business_number = forms.CharField(
        label="사업자등록번호",
        max_length=40,
        required=False,
        help_text="숫자만 적어도 됩니다. 예: 000-00-00000",
    )

    class Meta:
        model = Contractor
        fields = [
            "name", "legal_form", "business_number", "representative", "phone", "email", "address", "memo",
            "is_active",
        ]  # fmt: skip

    def clean_business_number(self):
        return business_number.normalise(self.cleaned_data["business_number"])


@admin.register(Contractor)
class ContractorAdmin(RegisterAdmin):
    form = ContractorForm
    sheet_class = ContractorSheet
    list_display = ["name", "legal_form", "number", "phone", "running", "is_active"]
    list_filter = ["is_active", ContractorAgreementFilter]
    search_fields = ["name", "business_number", "address"]
    search_help_text = "기관명, 사업자등록번호(숫자만도 됨), 주소로 찾습니다."

    def get_queryset(self, request):
        # A subquery, not a join: the count of the whole list leaves it out.
        running = Agreement.objects.running(clock.today()).filter(contractor=OuterRef("pk")).order_by()
        number = running.values("contractor").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(running_count=Subquery(number))

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        number = business_number.normalise(search_term)
        return (found | queryset.filter(business_number=number)) if number else found, may_repeat

    def oddities(self, obj):
        same = Contractor.objects.filter(sort_key=obj.sort_key).exclude(pk=obj.pk).first()
        doubled = (
            [f"비슷한 이름의 수탁기관이 이미 있습니다: {same}. 같은 기관이 아닌지 확인해 주세요."]
            if same
            else []
        )
        return contractor_oddities(obj) + doubled

    @admin.display(description="사업자등록번호", ordering="business_number")
    def number(self, contractor):
        return (
            f"{contractor.business_number} (확인 필요)"
            if contractor_oddities(contractor)
            else contractor.business_number
        )

    @admin.display(description="진행 중 협약", ordering="running_count")
    def running(self, contractor):
        return contractor.running_count or "-"


@admin.register(ContractorUser)
class ContractorUserAdmin(KeysAdmin):
    list_display = ["user", "contractor"]
    list_select_related = ["user", "contractor"]
    search_fields = ["user__name", "user__username", "contractor__name"]
    search_help_text = "사용자 이름, 로그인 이름, 기관명으로 찾습니다."
    autocomplete_fields = ["contractor"]
    actions = None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.queryset = field.queryset.filter(role="contractor")
            field.help_text = "역할이 수탁기관인 사용자만 고를 수 있습니다."
        return field
