"""확인서·문답서: written, then signed on the screen, on paper, or refused."""

from django import forms

from follow_up.forms.fields import FilesField, FindingsField, id_field, lines_of, text_field
from follow_up.models import Statement
from inspections.forms.attesting import StrokesField
from inspections.forms.fields import layout, version_field
from inspections.forms.rows import RowsField
from inspections.models import Finding


class StatementForm(forms.Form):
    id = id_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="종류", choices=Statement.Kind)
    findings = FindingsField(label="점검결과", queryset=Finding.objects.none(), required=False)
    position = forms.CharField(label="직위", max_length=60, help_text="예: 시설장, 회계 담당")
    name = forms.CharField(label="이름", max_length=40, required=False)
    text = text_field(
        "내용", rows=8, max_length=8000, required=False, help_text="비우면 고른 점검결과로 짓습니다."
    )
    questions = RowsField(label="문답", columns=("물음", "답"), most=100)

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = lines_of(inspection)
        self.helper = layout("id", "version", "kind", "findings", "position", "name", "text", "questions")

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if not (said.get("text") or said.get("findings") or said.get("questions")):
            self.add_error("text", "점검결과를 고르거나 내용을 적어 주세요.")
        return said


class ScreenForm(forms.Form):
    version = version_field()
    strokes = StrokesField()
    helper = layout("version", "strokes")

    def clean_strokes(self):
        if not self.cleaned_data["strokes"]:
            raise forms.ValidationError("서명하는 칸에 서명해 주세요.")
        return self.cleaned_data["strokes"]


class PaperForm(forms.Form):
    version = version_field()
    files = FilesField(label="서명한 종이", help_text="서명을 받은 종이를 찍은 사진이나 PDF 하나.")
    helper = layout("version", "files")

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) != 1:
            raise forms.ValidationError("파일 하나를 골라 주세요.")
        return files


class RefuseForm(forms.Form):
    version = version_field()
    reason = forms.CharField(label="서명하지 않은 까닭", max_length=300)
    helper = layout("version", "reason")
