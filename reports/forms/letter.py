"""Head and foot of a letter, and what a paper goes on from."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from inspections.forms.fields import layout
from reports import correspondence
from reports.models import Document, Letter

MOST_RECEIVERS, LONGEST_RECEIVER = 300, 120
HEAD = ("receivers", "via", "organisation", "sender", "seal")
FOOT = ("address", "homepage", "phone", "fax", "email")


class ReferencesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, document):
        return f"{document.number_text} {document}"


class ReferencesForm(forms.Form):
    """관련 문서, for any paper."""

    references = ReferencesField(label="관련 문서", queryset=Document.objects.none(), required=False)

    def __init__(self, *args, document, **kwargs):
        chosen = [each.follows_id for each in document.references.all()]
        initial = {"references": chosen} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["references"].queryset = correspondence.referable(document)
        self.helper = layout()

    @property
    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "references"}


class LetterForm(ReferencesForm, forms.ModelForm):
    """별지 제1호서식: who writes to whom, and where he is reached."""

    receivers = forms.CharField(
        label="수신", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="한 줄에 한 곳. 여러 곳이면 ‘수신자 참조’로 적고 발신명의 아래에 모두 적습니다.",
    )  # fmt: skip

    class Meta:
        model = Letter
        fields = (*HEAD, *FOOT)

    def __init__(self, *args, document, **kwargs):
        letter = document.letter
        initial = {"receivers": "\n".join(letter.receivers)}
        super().__init__(*args, document=document, instance=letter, initial=initial, **kwargs)
        self.helper.layout = Layout(
            Fieldset(
                "수신과 발신",
                "receivers",
                "via",
                Row(Column("organisation"), Column("sender"), Column("seal")),
            ),
            Fieldset("연락처", "address", "homepage", Row(Column("phone"), Column("fax"), Column("email"))),
            Fieldset("이어지는 문서", "references"),
        )

    def _post_clean(self):
        """The letter is written by reports.correspondence under its lock: the instance here is only read."""

    def clean_receivers(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["receivers"].splitlines()]
        receivers = list(dict.fromkeys(line for line in lines if line))
        if any(len(receiver) > LONGEST_RECEIVER for receiver in receivers):
            raise forms.ValidationError(f"한 곳은 {LONGEST_RECEIVER}자까지 적을 수 있습니다.")
        if len(receivers) > MOST_RECEIVERS:
            raise forms.ValidationError(f"수신은 {MOST_RECEIVERS}곳까지 적을 수 있습니다.")
        return receivers
