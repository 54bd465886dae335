"""Forms of 점검 회차 and of the plan of one inspection."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.forms.utils import ErrorDict

from contractors.models import Agreement
from inspections.forms.fields import ManyField, date_field, layout, version_field
from inspections.models import Basis, Checklist, Inspection, InspectionPeriod, StatusReason
from inspections.models.period import DatePrecision


class PeriodForm(forms.ModelForm):
    class Meta:
        model = InspectionPeriod
        fields = ["kind", "year", "round", "title", "previous", "bases", "memo"]
        field_classes = {"bases": ManyField}
        widgets = {"bases": forms.CheckboxSelectMultiple, "memo": forms.Textarea(attrs={"rows": 2})}

    version = version_field()
    helper = layout(
        Fieldset(
            "회차",
            Row(
                Column("kind", css_class="col-4"),
                Column("year", css_class="col-4"),
                Column("round", css_class="col-4"),
            ),
            "title",
            "previous",
        ),
        Fieldset("점검 근거", "bases"),
        "memo",
        "version",
    )

    def __init__(self, *args, department, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        periods = InspectionPeriod.objects.filter(department=department).exclude(pk=self.instance.pk)
        self.fields["previous"].queryset = periods
        self.fields["previous"].empty_label = "없음"
        self.fields["bases"].queryset = Basis.objects.filter(is_active=True)
        self.fields["bases"].help_text = "없는 근거는 총괄 관리자에게 등록을 요청해 주세요."


class PartForm(forms.Form):
    """A plain form: a ModelForm would ask the database about every constraint of every part."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=10**15)
    name = forms.CharField(
        label="구분 이름", max_length=80, required=False, help_text="하나뿐이면 비워 둡니다. 예: 상반기, 1차"
    )
    starts_on = date_field("시작일")
    ends_on = date_field("종료일")
    precision = forms.ChoiceField(label="날짜 표기", choices=DatePrecision)
    bodies = forms.CharField(
        label="점검 기관",
        max_length=160,
        required=False,
        help_text="합동점검일 때 적습니다. 예: 시·자치구 합동",
    )
    checklist = forms.ModelChoiceField(
        label="점검표", queryset=Checklist.objects.none(), required=False, empty_label="점검표 없음",
        help_text="확정된 점검표만 보입니다. 새로 고르는 점검대상에 쓰입니다.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["checklist"].queryset = Checklist.objects.published()
        rows = [
            Row(Column("name", css_class="col-6"), Column("bodies", css_class="col-6")),
            Row(
                Column("starts_on", css_class="col-4"),
                Column("ends_on", css_class="col-4"),
                Column("precision", css_class="col-4"),
            ),
            "checklist",
            "pk",
        ]
        self.helper = layout(*rows)

    def clean(self):
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "종료일이 시작일보다 앞섭니다.")


class BasePartFormSet(forms.BaseFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index == 0:
            del form.fields["DELETE"]  # A period has one part at least.
        else:
            form.fields["DELETE"].label = "이 구분 지우기"
            form.helper.layout.append("DELETE")

    @property
    def parts(self):
        kept = [form.cleaned_data.copy() for form in self.forms if not form.cleaned_data.get("DELETE")]
        for part in kept:
            part.pop("DELETE", None)
        return kept

    def left_unchecked(self):
        """Show again what was typed without complaining: the user only asked for one more part."""
        for form in self.forms:
            form._errors = ErrorDict()
        self._errors, self._non_form_errors = [], self.error_class()
        return self


PartFormSet = forms.formset_factory(PartForm, formset=BasePartFormSet, extra=0, min_num=1, can_delete=True)


class PlanForm(forms.ModelForm):
    class Meta:
        model = Inspection
        fields = [
            "agreement", "joint_agreements", "sites", "checklist", "previous", "covers_from", "covers_to",
            "covers_precision", "covers_to_present", "methods", "method_note",
        ]  # fmt: skip
        field_classes = {"joint_agreements": ManyField, "sites": ManyField}
        widgets = dict.fromkeys(["joint_agreements", "sites"], forms.CheckboxSelectMultiple)

    covers_from = date_field("대상기간 시작", required=False)
    covers_to = date_field("대상기간 끝", required=False)
    methods = forms.MultipleChoiceField(
        label="점검방법", choices=Inspection.Method, widget=forms.CheckboxSelectMultiple, required=False
    )
    version = version_field()
    helper = layout(
        Fieldset("점검대상", "agreement", "joint_agreements", "sites", "checklist", "previous"),
        Fieldset(
            "대상기간",
            Row(
                Column("covers_from", css_class="col-4"),
                Column("covers_to", css_class="col-4"),
                Column("covers_precision", css_class="col-4"),
            ),
            "covers_to_present",
        ),
        Fieldset("점검방법", "methods", "method_note"),
        "version",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        inspection = self.instance
        holders = [inspection.subject_id, inspection.subject.parent_id]
        agreements = Agreement.objects.filter(subject__in=holders).select_related("subject", "contractor")
        sheets = Checklist.objects.published() | Checklist.objects.filter(pk=inspection.checklist_id)
        others = Inspection.objects.filter(subject=inspection.subject).exclude(pk=inspection.pk)
        self.fields["agreement"].queryset = self.fields["joint_agreements"].queryset = agreements
        self.fields["checklist"].queryset = sheets
        self.fields["previous"].queryset = others.select_related("subject", "part__period")
        self.fields["version"].initial = inspection.version
        labels = {"agreement": "협약 없음", "checklist": "점검표 없음", "previous": "없음"}
        for name, label in labels.items():
            self.fields[name].empty_label = label
        below = inspection.subject.sites.filter(is_active=True) | inspection.sites.all()
        self.fields["sites"].queryset = sites = below.distinct()
        for name, is_offered in {"joint_agreements": len(agreements) > 1, "sites": len(sites) > 0}.items():
            if not is_offered:
                self.fields[name].widget = forms.MultipleHiddenInput()
        self.fields["covers_to_present"].help_text = "‘’20. 12월 현재’처럼 끝에 현재를 붙입니다."

    def clean(self):
        cleaned = super().clean()
        agreement, joint = cleaned.get("agreement"), cleaned.get("joint_agreements") or []
        if agreement in joint:
            self.add_error("joint_agreements", "협약으로 고른 것은 공동 수탁 협약에서 빼 주세요.")
        return cleaned


class AsideForm(forms.Form):
    """Why a target is left out or could not be inspected: a reason of the table and a word of one's own."""

    status_reason = forms.ModelChoiceField(
        label="사유", queryset=StatusReason.objects.none(), empty_label="고르기"
    )
    note = forms.CharField(
        label="설명", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="예: 2020. 11. 사회서비스과에서 같은 사항을 점검함",
    )  # fmt: skip
    helper = layout("status_reason", "note")

    def __init__(self, *args, use, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status_reason"].queryset = StatusReason.objects.filter(use=use)


class MoveSheetForm(forms.Form):
    version = version_field()
    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
