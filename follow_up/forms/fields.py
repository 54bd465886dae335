"""Fields that the forms of the follow-up share."""

import uuid

from django import forms
from django.db.models import Case, Value, When

from inspections import evidence_files, file_names
from inspections.workflow import TransitionError

MOST_FILES = 10
FAULTS_FIRST = Case(
    When(kind="fault", then=Value(0)), When(kind="improve", then=Value(1)), default=Value(2)
)  # fmt: skip


def lines_of(inspection):
    """The results a disposition or a statement may speak of: what was found wrong comes first."""
    lines = inspection.findings.exclude(text="").select_related("indicator")
    return lines.order_by(FAULTS_FIRST, "indicator__order", "section", "position", "pk")


class LabelWithKind:
    """A choice of results, each with its kind."""

    def label_from_instance(self, line):
        return f"[{line.get_kind_display()}] {line.text}" if line.kind else line.text


class FindingField(LabelWithKind, forms.ModelChoiceField):
    pass


class FindingsField(LabelWithKind, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several photographs and PDFs, each decoded and written anew; its value is a list of columns."""

    def __init__(self, **kwargs):
        accept = "image/jpeg,image/png,image/webp,image/heic,application/pdf"
        kwargs.setdefault("label", "사진·문서")
        kwargs.setdefault(
            "help_text", f"jpg, png, heic, webp 사진과 pdf 문서, {MOST_FILES}개까지 한 번에 고릅니다."
        )
        super().__init__(required=False, widget=FilesInput(attrs={"accept": accept}), **kwargs)

    def clean(self, data, initial=None):
        uploads = [upload for upload in (data if isinstance(data, list) else [data]) if upload]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(f"파일은 {MOST_FILES}개까지 올릴 수 있습니다.")
        kept = {}
        for upload in uploads:
            columns = self._taken(super().clean(upload, initial))
            kept[columns["sha256"]] = columns  # the same file chosen twice is one
        return list(kept.values())

    def _taken(self, upload):
        data = upload.read()
        try:
            kind, values = evidence_files.taken_in(data, b"", 0)
        except TransitionError as error:
            raise forms.ValidationError(f"{upload.name}: {error}") from error
        names = ["original", "shown", "thumbnail", "sha256", "shown_sha256"]
        return {name: values[name] for name in names} | {
            "kind": kind, "name": file_names.clean(upload.name, kind), "size": len(data),
        }  # fmt: skip


def id_field():
    """The number that the page made: the same form sent twice does its work once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def text_field(label, rows=3, **kwargs):
    kwargs.setdefault("max_length", 2000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
