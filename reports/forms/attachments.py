"""붙임 of a draft: its name, and for a new one its file."""

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Column, Row
from django import forms
from django.conf import settings

from inspections import imaging
from inspections.evidence_files import REFUSALS
from inspections.forms.fields import date_field, layout
from reports.forms.facts import ClausesField


class PaperField(forms.FileField):
    """An uploaded PDF, decoded and written anew; its value is bytes."""

    def __init__(self, *, not_a_pdf, **kwargs):
        super().__init__(widget=forms.FileInput(attrs={"accept": "application/pdf"}), **kwargs)
        self.not_a_pdf = not_a_pdf

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return b""
        if upload.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(REFUSALS["size"])
        content = upload.read()
        if not content.startswith(b"%PDF"):
            raise forms.ValidationError(self.not_a_pdf)
        try:
            return imaging.paper(content)
        except imaging.UnreadableError as error:
            raise forms.ValidationError(REFUSALS[error.reason]) from error


class AttachmentForm(forms.Form):
    title = forms.CharField(label="붙임 이름", max_length=160)
    copies = forms.IntegerField(label="부수", min_value=1, max_value=999, initial=1)
    clauses = ClausesField(label="비공개 조항", help_text="이 붙임을 공개하지 않을 때 고릅니다.")
    closed_reason = forms.CharField(label="비공개 까닭", max_length=300, required=False)
    review_on = date_field("다시 볼 날", required=False, help_text="5호면 적습니다.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        title = Row(Column("title", css_class="col-9"), Column("copies", css_class="col-3"))
        why = Row(Column("closed_reason", css_class="col-8"), Column("review_on", css_class="col-4"))
        self.helper = layout(title, *self.more, InlineCheckboxes("clauses"), why)

    def clean(self):
        said = super().clean()
        if said.get("clauses") and not said.get("closed_reason"):
            self.add_error("closed_reason", "공개하지 않는 까닭을 적어 주세요.")
        if "5" in said.get("clauses", ()) and not said.get("review_on"):
            self.add_error("review_on", "5호로 공개하지 않으면 다시 볼 날을 적어 주세요.")
        return said

    more = ()


class NewAttachmentForm(AttachmentForm):
    pdf = PaperField(
        label="파일(PDF)", required=False, not_a_pdf="붙임을 PDF로 저장해서 올려 주세요.",
        help_text="결재할 때 함께 확정됩니다. 종이나 다른 길로 보내면 비워 둡니다.",
    )  # fmt: skip
    more = ("pdf",)


class NamedAttachmentForm(AttachmentForm):
    """One that is there: `count` are in the paper."""

    place = forms.TypedChoiceField(label="차례", coerce=int)
    more = ("place",)

    def __init__(self, *args, count, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(number, f"{number}번째") for number in range(1, count + 1)]
