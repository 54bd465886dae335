"""처분: written, announced, decided, changed."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from accounts.models import Department
from audit import clock
from follow_up.forms.fields import FindingField, id_field, lines_of, text_field
from follow_up.models import DeadlineRule, Disposition, DispositionType, Opinion, Party
from inspections.forms.fields import date_field, layout, version_field
from inspections.forms.rows import RowsField
from inspections.models import Action, Finding


class TypeField(forms.ModelChoiceField):
    """처분 종류, grouped by family."""

    def __init__(self, **kwargs):
        types = DispositionType.objects.filter(is_active=True)
        super().__init__(queryset=types, label="처분", empty_label="고르세요", **kwargs)

    def label_from_instance(self, each):
        return each.full_name


def _three(*names):
    return Row(*(Column(name, css_class="col-4") for name in names))


class DispositionForm(forms.Form):
    """All that may be said of a disposition; what its type needs is asked for when it is decided, too."""

    id = id_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    finding = FindingField(
        label="점검결과", queryset=Finding.objects.none(), required=False, empty_label="점검 전체에 대한 처분"
    )
    disposition_type = TypeField()
    override_reason = forms.CharField(
        label="처분 기준과 다르게 정한 까닭", max_length=300, required=False,
        help_text="기준이 정한 처분과 다르게 정할 때만 적습니다.",
    )  # fmt: skip
    addressee = forms.ChoiceField(label="상대", choices=Disposition.Addressee)
    addressee_name = forms.CharField(
        label="상대의 직위나 이름", max_length=80, required=False, help_text="예: 시설장, 회계 담당, 학부모"
    )
    department = forms.ModelChoiceField(
        label="시의 부서", queryset=Department.objects.filter(kind="office", is_active=True), required=False,
        empty_label="없음",
    )  # fmt: skip
    text = text_field("내용", rows=2, required=False)
    basis = forms.CharField(
        label="법적 근거", max_length=200, required=False, help_text="예: 「사회복지사업법」 제40조"
    )
    count = forms.IntegerField(label="건수", min_value=1, max_value=10**6, required=False)
    won = forms.IntegerField(label="금액(원)", min_value=0, max_value=10**13, required=False)
    persons = forms.IntegerField(label="인원", min_value=1, max_value=10**6, required=False)
    starts_on = date_field("기간 시작", required=False)
    ends_on = date_field("기간 끝", required=False)
    due_on = date_field("기한", required=False)
    parties = RowsField(label="관계자", columns=("구분", "누구", "인원", "금액(원)"), most=50)
    action = forms.ModelChoiceField(
        label="이어진 조치사항", queryset=Action.objects.none(), required=False, empty_label="없음",
        help_text="이 처분을 지키는지 볼 조치사항.",
    )  # fmt: skip

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = lines_of(inspection)
        self.fields["action"].queryset = inspection.actions.all()
        self.helper = layout(
            "id", "version", "finding", "disposition_type", "override_reason",
            Fieldset("누구에게", Row(Column("addressee"), Column("addressee_name")), "department", "parties"),
            Fieldset(
                "무엇을", "text", "basis", _three("count", "won", "persons"),
                _three("starts_on", "ends_on", "due_on"), "action",
            ),
        )  # fmt: skip

    def clean_parties(self):
        """Rows (구분, 누구, 인원, 금액) as {role, name, persons, won}; a blank 구분 is 받을 사람."""
        return [self._party(number, row) for number, row in enumerate(self.cleaned_data["parties"], 1)]

    def _party(self, number, row):
        role, name, persons, won = row
        roles = {label: value for value, label in Party.Role.choices}
        if role and role not in roles:
            raise forms.ValidationError(f"{number}째 줄의 구분은 {', '.join(roles)} 가운데 하나입니다.")
        if not name:
            raise forms.ValidationError(f"{number}째 줄에 누구인지 적어 주세요.")
        numbers = [text.replace(",", "").removesuffix("명").removesuffix("원") for text in (persons, won)]
        if any(text and not (text.isdecimal() and len(text) < 14) for text in numbers):
            raise forms.ValidationError(f"{number}째 줄의 인원과 금액은 숫자로 적어 주세요.")
        counted = [int(text) if text else None for text in numbers]
        return {"role": roles.get(role, Party.Role.CREDITOR), "name": name[:80], "persons": counted[0],
                "won": counted[1]}  # fmt: skip

    def clean(self):
        super().clean()
        asked = self.cleaned_data
        if asked.get("addressee") == Disposition.Addressee.DEPARTMENT and not asked.get("department"):
            self.add_error("department", "시의 부서에 하는 처분이면 그 부서를 골라 주세요.")
        named = {Disposition.Addressee.PERSON, Disposition.Addressee.THIRD}
        if asked.get("addressee") in named and not asked.get("addressee_name"):
            self.add_error("addressee_name", "누구인지 직위로 적어 주세요.")
        if asked.get("starts_on") and asked.get("ends_on") and asked["ends_on"] < asked["starts_on"]:
            self.add_error("ends_on", "기간의 끝이 시작보다 앞섭니다.")
        return asked


class StepForm(forms.Form):
    version = version_field()

    def __init__(self, *args, disposition=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.disposition = disposition
        self.helper = layout()


class NotifyForm(StepForm):
    noticed_on = date_field("통지한 날", initial=clock.today)
    notice_paper = forms.CharField(
        label="통지 문서번호", max_length=80, required=False, help_text="예: ○○과-123(2026. 3. 2.)"
    )
    rule = forms.ModelChoiceField(
        label="의견제출 기한을 세는 규칙", empty_label=None,
        queryset=DeadlineRule.objects.filter(is_active=True, purpose__in=["opinion", "hearing"]),
    )  # fmt: skip
    hearing_on = date_field("청문일", required=False)
    hearing_place = forms.CharField(label="청문 장소", max_length=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.disposition and not self.disposition.disposition_type.needs_hearing:
            del self.fields["hearing_on"], self.fields["hearing_place"]


class OpinionForm(StepForm):
    version = None
    id = id_field()
    source = forms.ChoiceField(
        label="받은 길",
        choices=[(each.value, each.label) for each in (Opinion.Source.LETTER, Opinion.Source.ORAL)],
    )
    paper = forms.CharField(label="문서번호·날짜", max_length=80, required=False)
    received_on = date_field("받은 날", initial=clock.today)
    text = text_field("의견", max_length=4000)


class AnswerForm(StepForm):
    version = None
    answer = forms.ChoiceField(label="반영 여부", choices=Opinion.Answer)
    answer_text = text_field("까닭", help_text="처분서에 함께 알릴 답입니다.")


class HearingForm(StepForm):
    note = text_field("청문 결과", max_length=4000)


class DecideForm(StepForm):
    early_reason = text_field("그래도 확정하는 까닭", required=False, max_length=300)

    def __init__(self, *args, obstacles=(), **kwargs):
        super().__init__(*args, **kwargs)
        if not obstacles:
            del self.fields["early_reason"]


class ReasonForm(StepForm):
    reason = text_field("까닭", max_length=300)
