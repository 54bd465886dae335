"""What is asked before a paper is shown to everybody, shown otherwise, or taken down."""

from django import forms

from inspections.forms.fields import date_field, layout, version_field
from reports.models import Document
from reports.opening import opened_attachments

REASON = "공개된 이력에 그대로 실립니다. 이름이나 가린 내용을 적지 마세요."


def _reason(label):
    return forms.CharField(
        label=label, max_length=300, help_text=REASON, error_messages={"required": "까닭을 적어 주세요."}
    )


class EditionForm(forms.Form):
    """`warnings`: what has to be looked at once more before it goes out."""

    cleared = forms.TypedMultipleChoiceField(
        label="함께 공개할 붙임", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="고른 것만 공개됩니다. 문서 전체에서 가린 말은 점검표에서도 가려집니다.",
    )  # fmt: skip
    reason = _reason("까닭")

    def __init__(self, *args, document, warnings, needs_reason=True, **kwargs):
        super().__init__(*args, **kwargs)
        files = document.edition.files.select_related("attachment").defer("pdf", "hwpx", "tree")
        opened = opened_attachments(document)
        self.fields["cleared"].choices = [
            (file.attachment_id, file.title)
            for file in files
            if not file.attachment.clauses or file.attachment_id in opened
        ]
        if not self.fields["cleared"].choices:
            del self.fields["cleared"]
        if not needs_reason:
            del self.fields["reason"]
        self.ask(warnings)

    def ask(self, warnings):
        """With a box to tick where there is something to look at."""
        if warnings:
            self.fields["is_sure"] = forms.BooleanField(
                label="위의 내용을 확인했습니다. 이대로 공개합니다.",
                error_messages={"required": "확인할 것을 살펴보고 표시해 주세요."},
            )
        self.helper = layout(*self.fields)


class PublishForm(EditionForm):
    def __init__(self, *args, document, again=False, **kwargs):
        needs_reason = again or document.disclosure == Document.Disclosure.CLOSED
        super().__init__(*args, document=document, needs_reason=needs_reason, **kwargs)
        if needs_reason:
            self.fields["reason"].label = "다시 공개하는 까닭" if again else "비공개 문서를 여는 까닭"


class CorrectForm(EditionForm):
    version = version_field()


class WithdrawForm(forms.Form):
    version = version_field()
    reason = _reason("내리는 까닭")
    hides_title = forms.BooleanField(
        label="제목도 내림", required=False, help_text="제목에 공개하면 안 되는 말이 있을 때 고릅니다."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout()


class LiftForm(forms.Form):
    """Two forms on one page: each has names of its own."""

    lift_reason = forms.CharField(label="여는 까닭", max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout()

    @property
    def said(self):
        return {"reason": self.cleaned_data["lift_reason"]}


class KeepForm(forms.Form):
    keep_reason = forms.CharField(label="계속 가리는 까닭", max_length=300)
    review_on = date_field("다음에 볼 날")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout()

    @property
    def said(self):
        return {"reason": self.cleaned_data["keep_reason"], "review_on": self.cleaned_data["review_on"]}
