"""Uploading, describing and withdrawing evidence."""

import uuid

from django import forms

from contractors.models import Subject
from inspections.forms.fields import layout
from inspections.models import ChecklistItem
from inspections.sheet_lines import LINE_KEY

ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,.heic,.heif"

ROTATIONS = [(degrees, f"{degrees}°") for degrees in (0, 90, 180, 270)]
EXIF_MAX_BYTES = 65_535  # one segment of a JPEG


class EvidenceForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label="사진·파일",
        allow_empty_file=True,  # said in the words of inspections.evidence
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text="jpg, png, heic, webp 사진과 pdf, 20MB까지. 위치 정보는 보이는 사본에서 지웁니다.",
        error_messages={"required": "올릴 파일을 고르세요.", "invalid": "파일을 다시 골라 주세요."},
    )
    item = forms.ModelChoiceField(
        label="점검항목",
        queryset=ChecklistItem.objects.none(),
        required=False,
        empty_label="항목 없이 점검 전체에",
    )
    site = forms.ModelChoiceField(
        label="장소", queryset=Subject.objects.none(), required=False, empty_label="장소를 나누지 않음"
    )
    caption = forms.CharField(
        label="설명", max_length=200, required=False, help_text="예: 전용 통장 거래내역"
    )
    # What only the script of the checklist sends.
    exif = forms.FileField(required=False, allow_empty_file=True)
    taken_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    rotation = forms.TypedChoiceField(
        choices=ROTATIONS, coerce=int, empty_value=0, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data=None, *args, inspection, initial=None, **kwargs):
        data = data and data.copy()
        for values in (data, initial):
            _split_key(values)
        super().__init__(data, *args, initial=initial, **kwargs)
        self.fields["site"].queryset = sites = inspection.sites.all()
        if not sites:
            self.fields["site"].widget = forms.HiddenInput()
        items = ChecklistItem.objects.filter(indicator__checklist=inspection.checklist_id)
        self.fields["item"].queryset = items.select_related("indicator").order_by("indicator__order", "order")
        self.initial.setdefault("client_id", uuid.uuid4())
        self.helper = layout("client_id", "file", "item", "site", "caption")

    def clean_exif(self):
        exif = self.cleaned_data["exif"]
        if exif and exif.size > EXIF_MAX_BYTES:
            raise forms.ValidationError("사진 정보가 너무 큽니다. 파일을 다시 골라 주세요.")
        return exif


def _split_key(values):
    """The checklist names a line by its item and, where there are several, its site: 12s7."""
    match = LINE_KEY.fullmatch((values or {}).get("item") or "")
    if match and match[2]:
        values["item"], values["site"] = match.groups()


class CaptionForm(forms.Form):
    caption = forms.CharField(label="설명", max_length=200, required=False)
    was = forms.CharField(max_length=200, required=False, strip=False, widget=forms.HiddenInput)


class TurnForm(forms.Form):
    was = forms.TypedChoiceField(choices=ROTATIONS, coerce=int)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="까닭", max_length=200, error_messages={"required": "거두는 까닭을 적어 주세요."}
    )
