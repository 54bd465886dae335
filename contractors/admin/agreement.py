from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery

from audit import clock
from contractors import agreements
from contractors.admin.filters import AgreementDatesFilter
from contractors.admin.register import RegisterAdmin
from contractors.models import Agreement, AgreementAmount
from contractors.sheets import AgreementSheet
from notation.money import won


class AgreementForm(forms.ModelForm):
    class Meta:
        model = Agreement
        fields = [
            "subject", "contractor", "starts_on", "ends_on", "funding", "inspection_clause", "renews", "memo",
        ]  # fmt: skip

    def clean(self):
        # Before Agreement.clean looks for an overlap: whoever saves another one at this moment waits.
        if subject := self.cleaned_data.get("subject"):
            agreements.lock_subject(Agreement(subject=subject))
        return super().clean()


class AmountInline(admin.TabularInline):
    model = AgreementAmount
    extra = 1


@admin.register(Agreement)
class AgreementAdmin(RegisterAdmin):
    form = AgreementForm
    sheet_class = AgreementSheet
    list_display = ["subject", "contractor", "department", "dates", "state", "amount"]
    list_filter = [
        AgreementDatesFilter,
        ("subject__department", admin.RelatedOnlyFieldListFilter),
        "subject__kind",
    ]
    list_select_related = ["subject__department", "contractor"]
    search_fields = ["subject__name", "contractor__name", "contractor__business_number"]
    search_help_text = "점검대상, 수탁기관, 사업자등록번호로 찾습니다."
    autocomplete_fields = ["subject", "contractor", "renews"]
    inlines = [AmountInline]

    def get_queryset(self, request):
        this_year = AgreementAmount.objects.filter(agreement=OuterRef("pk"), year=clock.today().year)
        return super().get_queryset(request).annotate(won=Subquery(this_year.values("won")))

    def oddities(self, obj):
        return agreements.oddities(obj)

    def history_view(self, request, object_id, extra_context=None):
        amounts = AgreementAmount.history.filter(agreement_id=object_id).select_related("history_user")
        context = {"amount_records": amounts.order_by("-history_date", "-history_id")}
        return super().history_view(request, object_id, context | (extra_context or {}))

    @admin.display(description="부서", ordering="subject__department")
    def department(self, agreement):
        return agreement.subject.department

    @admin.display(description="기간", ordering="starts_on")
    def dates(self, agreement):
        return agreement.dates

    @admin.display(description="상태")
    def state(self, agreement):
        today = clock.today()
        if agreement.ends_on < today:
            return "끝남"
        if agreement.starts_on > today:
            return "시작 전"
        return "올해 끝남" if agreement.ends_on.year == today.year else "진행 중"

    @admin.display(description="올해 금액", ordering="won")
    def amount(self, agreement):
        return "-" if agreement.won is None else won(agreement.won)
