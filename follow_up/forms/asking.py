"""자료 제출 요구 and 연기·점검자 변경 신청, on both sides."""

from django import forms

from follow_up.forms.fields import FilesField, id_field, text_field
from follow_up.models import PaperItem, Wish
from inspections.forms.fields import date_field, layout, version_field


class ItemsForm(forms.Form):
    """One paper in a line."""

    texts = text_field("요구할 자료", rows=6, max_length=6000, help_text="한 줄에 하나씩 적습니다.")
    basis = forms.CharField(label="근거", max_length=160, required=False, help_text="예: 협약서 제12조")
    helper = layout("texts", "basis")

    def clean_texts(self):
        texts = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        if any(len(text) > 300 for text in texts):
            raise forms.ValidationError("한 자료는 300자까지 적을 수 있습니다.")
        return texts


class AskForm(forms.Form):
    due_on = date_field("제출기한")
    helper = layout("due_on")


class JudgeForm(forms.Form):
    version = version_field()
    state = forms.ChoiceField(
        label="확인 결과",
        choices=[(each.value, each.label) for each in (PaperItem.State.TAKEN, PaperItem.State.LACKING)],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="확인 내용", max_length=300, required=False, help_text="보완 요구이면 무엇이 모자란지 적습니다."
    )
    helper = layout("version", "state", "note")

    def clean(self):
        super().clean()
        if self.cleaned_data.get("state") == PaperItem.State.LACKING and not self.cleaned_data.get("note"):
            self.add_error("note", "무엇이 모자란지 적어 주세요.")
        return self.cleaned_data


class SendForm(forms.Form):
    """The contractor's answer to one item."""

    version = version_field()
    files = FilesField()
    answer = text_field("덧붙일 말", rows=2, required=False)
    is_none = forms.BooleanField(label="해당하는 자료가 없습니다", required=False)
    helper = layout("version", "files", "answer", "is_none")

    def clean(self):
        super().clean()
        if self.cleaned_data.get("is_none") and not self.cleaned_data.get("answer"):
            self.add_error("answer", "자료가 없으면 까닭을 적어 주세요.")
        return self.cleaned_data


class WishForm(forms.Form):
    id = id_field()
    kind = forms.ChoiceField(label="무엇", choices=Wish.Kind, widget=forms.RadioSelect)
    text = text_field("까닭", help_text="예: 그날 외부 회계감사가 있음, 점검자와 이해관계가 있음")
    wished_on = date_field("바라는 날", required=False)
    helper = layout("id", "kind", "text", "wished_on")


class WishAnswerForm(forms.Form):
    answer = forms.ChoiceField(label="결정", choices=Wish.Answer, widget=forms.RadioSelect)
    answer_text = text_field("까닭", help_text="수탁기관에 그대로 보입니다.")
    helper = layout("answer", "answer_text")
