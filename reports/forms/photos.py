"""Which photographs of the inspections stand in the paper, and what is said about each."""

import uuid

from django import forms

from inspections.forms.fields import layout
from reports.models import Block

ALT_HELP = "화면을 읽어 주는 기기가 읽습니다."
NO_ALT = "무엇이 보이는지 적어 주세요."


class PlaceField(forms.ModelChoiceField):
    """Behind which line of the draft."""

    def label_from_instance(self, block):
        return f"{block.get_kind_display()}: {block.told[:40]}"


class PhotosForm(forms.Form):
    """Several at once; `rows` gives each photograph with its fields."""

    after = PlaceField(
        label="넣을 자리(이 줄 다음)", queryset=Block.objects.none(), empty_label="맨 앞", required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, photos, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.photos = list(photos)
        self.fields["after"].queryset = lines
        self.fields["after"].initial = lines.last()
        for photo in self.photos:
            self.fields |= {f"{name}_{photo.pk}": field for name, field in _fields(photo).items()}

    def rows(self):
        for photo in self.photos:
            yield photo, [self[f"{name}_{photo.pk}"] for name in ("chosen", "alt", "caption")]

    def clean(self):
        data = self.cleaned_data
        if not self._chosen(data):
            raise forms.ValidationError("넣을 사진을 하나 이상 고르세요.")
        for photo in self._chosen(data):
            if not data.get(f"alt_{photo.pk}", "").strip():
                self.add_error(f"alt_{photo.pk}", NO_ALT)
        return data

    @property
    def payloads(self):
        data = self.cleaned_data
        return [
            {
                "sha256": photo.shown_sha256,
                "alt": data[f"alt_{photo.pk}"],
                "caption": data[f"caption_{photo.pk}"],
            }
            for photo in self._chosen(data)
        ]

    def _chosen(self, data):
        return [photo for photo in self.photos if data.get(f"chosen_{photo.pk}")]


class PhotoTextForm(forms.Form):
    """What is said about a photograph that stands in the paper."""

    alt = forms.CharField(
        label="사진 설명", max_length=200, help_text=ALT_HELP, error_messages={"required": NO_ALT}
    )
    caption = forms.CharField(label="사진 아래 글", max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout()


def _fields(photo):
    text = {"max_length": 200, "required": False, "initial": photo.caption}
    return {
        "chosen": forms.BooleanField(label="넣기", required=False),
        "alt": forms.CharField(label="사진 설명", **text),
        "caption": forms.CharField(label="사진 아래 글", **text),
    }
