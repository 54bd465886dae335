"""Forms of the results outline and the actions."""

import uuid

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from accounts.models import Department
from contractors.models import Contractor, Subject
from inspections.forms.fields import ManyField, layout
from inspections.forms.rows import RowsField
from inspections.models import Action, ChecklistItem, Finding, FindingType, Indicator
from inspections.outlining import last_years_lines


def knowing(form, current):
    """The bound form as it was typed, made on the version that is there now: the next save is a decision."""
    form.data = form.data.copy()
    form.data["version"] = current.version
    return form


class LineForm(forms.Form):
    """What of a line the outline itself shows."""

    text = forms.CharField(label="내용", max_length=2000, required=False, strip=True)
    level = forms.TypedChoiceField(label="단계", choices=Finding.Level, coerce=int)
    kind = forms.ChoiceField(label="구분", choices=[("", "위와 같음"), *Finding.Kind.choices], required=False)
    finding_type = forms.ModelChoiceField(
        label="지적 유형",
        queryset=FindingType.objects.all(),
        required=False,
        empty_label="고르지 않음",
        help_text="다른 해, 다른 부서의 점검과 견줍니다. 지적과 개선필요에만 고릅니다.",
    )

    def clean(self):
        if "finding_type" not in self.data and self.add_prefix("finding_type") not in self.data:
            self.cleaned_data.pop("finding_type", None)  # an outline without that field changes nothing of it
        elif self.cleaned_data.get("kind") not in Finding.FAULTY:
            self.cleaned_data["finding_type"] = None
        return self.cleaned_data


class SavedLineForm(LineForm):
    version = forms.IntegerField(label="판", min_value=1)


class NewLineForm(LineForm):
    id = forms.UUIDField(label="줄 번호", required=False)
    section = forms.ChoiceField(label="자리", choices=Finding.Section)
    indicator = forms.ModelChoiceField(label="지표", queryset=Indicator.objects.none(), required=False)
    after = forms.ModelChoiceField(label="앞줄", queryset=Finding.objects.none(), required=False)
    items = forms.ModelMultipleChoiceField(
        label="점검항목", queryset=ChecklistItem.objects.none(), required=False
    )

    sites = forms.ModelMultipleChoiceField(label="해당 장소", queryset=Subject.objects.none(), required=False)

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sites"].queryset = inspection.sites.all()
        self.fields["items"].queryset = _items_of(inspection)
        self.fields["indicator"].queryset = Indicator.objects.filter(checklist=inspection.checklist_id)
        self.fields["after"].queryset = Finding.objects.filter(inspection=inspection)

    def clean(self):
        super().clean()
        under_indicator = self.cleaned_data.get("section") == Finding.Section.INDICATOR
        if under_indicator != bool(self.cleaned_data.get("indicator")):
            raise forms.ValidationError("점검결과는 지표 아래나 총평·건의 아래에 적습니다.")
        return self.cleaned_data

    def clean_id(self):
        return self.cleaned_data["id"] or uuid.uuid4()


class VersionForm(forms.Form):
    version = forms.IntegerField(label="판", min_value=1)


class MoveForm(VersionForm):
    after = forms.ModelChoiceField(label="앞줄", queryset=Finding.objects.none(), required=False)

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["after"].queryset = Finding.objects.filter(inspection=inspection)


def _items_of(inspection):
    items = ChecklistItem.objects.filter(indicator__checklist=inspection.checklist_id)
    return items.select_related("indicator").order_by("indicator__order", "order")


def _date(label):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _number(label):
    return forms.DecimalField(label=label, required=False, max_digits=14, decimal_places=3)


class FindingForm(LineForm):
    """Everything that can be known of one line."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="내용", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    measured = _number("측정값")
    standard = _number("기준값")
    unit = forms.CharField(label="단위", max_length=20, required=False)
    completed_on = _date("조치를 마친 날")
    origin_body = forms.CharField(
        label="지적한 다른 기관·부서",
        max_length=80,
        required=False,
        help_text="우리 점검이 아닌 지적일 때 적습니다.",
    )
    origin_ground = forms.CharField(
        label="그 근거", max_length=120, required=False, help_text="예: 노동컨설팅"
    )
    origin_state = forms.ChoiceField(
        label="그 지적의 상태", required=False, choices=[("", "모름"), *Finding.OriginState.choices]
    )
    cause = forms.CharField(label="원인", max_length=300, required=False, help_text="왜 그렇게 되었는지")
    like_cases = forms.IntegerField(
        label="같은 사례 건수",
        required=False,
        min_value=1,
        max_value=10**6,
        help_text="대표로 하나만 적었을 때",
    )
    citations = RowsField(label="인용", columns=("제목", "조항·쪽", "인용한 말"), most=20)
    receipts = RowsField(label="지출 내역", columns=("일시", "비목", "건명", "금액"))
    previous = forms.ModelChoiceField(
        label="지난 점검결과", queryset=Finding.objects.none(), required=False, empty_label="이어지는 것 없음"
    )
    department = forms.ModelChoiceField(
        label="조치할 시 부서",
        queryset=Department.objects.filter(kind="office", is_active=True),
        required=False,
        empty_label="없음",
        help_text="건의사항처럼 다른 부서가 움직여야 할 때 고릅니다.",
    )

    sites = ManyField(
        label="해당 장소",
        queryset=Subject.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="여러 장소 가운데 일부에만 해당하면 고릅니다.",
    )

    items = ManyField(
        label="점검항목",
        queryset=ChecklistItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="이 결과가 나온 항목입니다. 다음 점검에서 그 항목 곁에 보입니다.",
    )

    def __init__(self, *args, inspection, indicator=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = _items_of(inspection).filter(indicator=indicator)
        if indicator is None:
            self.fields["items"].widget = forms.MultipleHiddenInput()
        self.fields["previous"].queryset = last_years_lines(inspection)
        self.fields["sites"].queryset = sites = inspection.sites.all()
        if not sites:
            self.fields["sites"].widget = forms.MultipleHiddenInput()
        self.helper = layout(
            "version",
            "text",
            Row(Column("level"), Column("kind"), Column("finding_type")),
            "items",
            "sites",
            Fieldset(
                "측정값과 완료일", Row(Column("measured"), Column("standard"), Column("unit")), "completed_on"
            ),
            Fieldset("까닭과 증거", Row(Column("cause"), Column("like_cases")), "citations", "receipts"),
            Fieldset(
                "다른 기관의 지적",
                Row(Column("origin_body"), Column("origin_ground"), Column("origin_state")),
            ),
            Fieldset("이어지는 일", "previous", "department"),
        )

    def clean(self):
        super().clean()
        if self.cleaned_data.get("standard") is not None and self.cleaned_data.get("measured") is None:
            self.add_error("measured", "기준값을 적었으면 측정값도 적어 주세요.")
        if self.cleaned_data.get("origin_state") and not self.cleaned_data.get("origin_body"):
            self.add_error("origin_body", "상태를 적었으면 어느 기관·부서의 지적인지 적어 주세요.")
        if self.cleaned_data.get("origin_ground") and not self.cleaned_data.get("origin_body"):
            self.add_error("origin_body", "근거를 적었으면 어느 기관·부서의 지적인지 적어 주세요.")
        return self.cleaned_data


class ActionForm(forms.Form):
    """One demand, tied to the lines it answers."""

    text = forms.CharField(label="조치사항", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    findings = forms.ModelMultipleChoiceField(
        label="관련 점검결과",
        queryset=Finding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="이 조치를 부른 점검결과가 있으면 고릅니다.",
    )
    owner = forms.ChoiceField(label="조치할 곳", choices=Action.Owner, initial=Action.Owner.CONTRACTOR)
    department = forms.ModelChoiceField(
        label="조치할 부서",
        queryset=Department.objects.filter(kind="office", is_active=True),
        required=False,
        empty_label="없음",
        help_text="다른 부서가 할 일이면 고릅니다.",
    )
    contractor = forms.ModelChoiceField(
        label="조치할 수탁기관", queryset=Contractor.objects.none(), required=False, empty_label=None
    )
    due_on = _date("기한")
    won = forms.IntegerField(label="금액(원)", required=False, min_value=0)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        contractors = inspection.contractors
        self.fields["contractor"].queryset = Contractor.objects.filter(
            pk__in=[each.pk for each in contractors]
        )
        if len(contractors) < 2:  # there is nothing to choose
            del self.fields["contractor"]
        lines = inspection.findings.exclude(text="").select_related("indicator")
        self.fields["findings"].queryset = lines.in_outline_order()
        self.helper = layout(
            "version",
            "text",
            Row(Column("owner"), Column("department")),
            *(["contractor"] if "contractor" in self.fields else []),
            Row(Column("due_on"), Column("won")),
            "findings",
        )

    def clean(self):
        is_other = self.cleaned_data.get("owner") == Action.Owner.OTHER
        if is_other and not self.cleaned_data.get("department"):
            self.add_error("department", "다른 부서가 할 일이면 그 부서를 골라 주세요.")
        return self.cleaned_data
