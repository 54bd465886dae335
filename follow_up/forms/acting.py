"""What is said and decided about one action."""

from django import forms

from audit import clock
from follow_up.forms.fields import FilesField, id_field, text_field
from follow_up.models import ActionReport, DeadlineRule, Objection, Payment, Source
from follow_up.periods import counted
from inspections.forms.fields import date_field, layout, version_field

LETTERS = [(source.value, source.label) for source in (Source.LETTER, Source.MAIL, Source.VISIT)]
PAPER_HELP = "문서나 전자우편으로 받았으면 번호와 날짜. 예: 한빛복지관-12(2026. 3. 2.)"


class ActForm(forms.Form):
    """One act on an action. `version` is what the page showed."""

    version = version_field()

    def __init__(self, *args, action=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.action = action
        self.helper = layout()


class ReportForm(ActForm):
    """The owner says himself what he did."""

    version = None
    id = id_field()
    text = text_field("조치한 내용", help_text="무엇을, 언제, 어떻게 바로잡았는지 적습니다.")
    done_on = date_field("조치한 날", initial=clock.today)
    files = FilesField()


class RegisterForm(ReportForm):
    """The official enters what came by letter, mail or at a visit."""

    source = forms.ChoiceField(label="받은 길", choices=LETTERS)
    paper = forms.CharField(label="문서번호·날짜", max_length=80, required=False, help_text=PAPER_HELP)
    received_on = date_field("받은 날", initial=clock.today)
    field_order = ["id", "source", "paper", "received_on", "text", "done_on", "files"]

    def clean(self):
        super().clean()
        if self.cleaned_data.get("source") == Source.LETTER and not self.cleaned_data.get("paper"):
            self.add_error("paper", "문서로 받았으면 문서번호와 날짜를 적어 주세요.")
        return self.cleaned_data


class VerifyForm(ActForm):
    how = forms.ChoiceField(label="확인 방법", choices=ActionReport.How)
    note = text_field("확인한 내용", help_text="무엇을 보고 바로잡힌 것을 알았는지 적습니다.")
    rest_reason = forms.CharField(
        label="다 받지 못했는데 확인하는 까닭", max_length=300, required=False,
        help_text="요구한 금액이 남아 있을 때만 적습니다.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not (self.action and self.action.won):
            del self.fields["rest_reason"]


class SendBackForm(ActForm):
    note = text_field("보완할 것", help_text="무엇이 모자란지 적습니다. 조치할 곳에 그대로 보입니다.")
    due_on = date_field("새 기한", required=False)


class ObjectForm(ActForm):
    version = None
    id = id_field()
    text = text_field("이의 내용", help_text="왜 이 요구가 맞지 않는지 적습니다.")


class RegisterObjectionForm(ObjectForm):
    source = forms.ChoiceField(label="받은 길", choices=LETTERS)
    paper = forms.CharField(label="문서번호·날짜", max_length=80, required=False, help_text=PAPER_HELP)
    raised_on = date_field("받은 날", initial=clock.today)
    field_order = ["id", "source", "paper", "raised_on", "text"]


class DecideForm(ActForm):
    decision = forms.ChoiceField(label="결정", choices=Objection.Decision)
    reason = text_field("까닭")
    due_on = date_field("새 기한", required=False, help_text="받아들이지 않으면 다시 정할 수 있습니다.")


class AcceptForm(ActForm):
    until = date_field("언제까지", help_text="이날이 지나면 저절로 다시 요구합니다.")
    reason = text_field("까닭", help_text="예: 예산이 확정되는 다음 해에 고침")


class ExtendForm(ActForm):
    """A day, or a rule that finds it; how it was counted is kept beside the reason."""

    rule = forms.ModelChoiceField(
        label="기한을 세는 규칙", required=False, empty_label="날짜를 바로 적음",
        queryset=DeadlineRule.objects.filter(is_active=True),
    )  # fmt: skip
    start = date_field(
        "언제부터", required=False, initial=clock.today, help_text="규칙으로 셀 때 그 첫머리의 날."
    )
    due_on = date_field("새 기한", required=False)
    reason = text_field("까닭")

    def clean(self):
        super().clean()
        said = self.cleaned_data
        rule, start = said.pop("rule", None), said.pop("start", None)
        if rule and start:
            found = counted(rule, start)
            said["due_on"], said["counted"] = found.day, f"{rule.name}: {' '.join(found.told)}"
        elif not said.get("due_on"):
            self.add_error("due_on", "새 기한을 적거나, 세는 규칙과 첫머리의 날을 고르세요.")
        return said


class ReasonForm(ActForm):
    reason = text_field("까닭")


class ReopenForm(ReasonForm):
    due_on = date_field("새 기한", required=False)


class PaymentForm(ActForm):
    version = None
    id = id_field()
    kind = forms.ChoiceField(label="구분", choices=Payment.Kind)
    paid_on = date_field("낸 날", initial=clock.today)
    won = forms.IntegerField(label="금액(원)", min_value=1, max_value=10**13)
    note = forms.CharField(label="비고", max_length=120, required=False)
