import datetime as dt

from django import forms
from django.core import signing

from spreadsheets import reading

HOUR = 60 * 60


class UploadForm(forms.Form):
    """The file itself. Its rows are read in clean, so that a bad file is an error of this field."""

    file = forms.FileField(
        label="엑셀 파일(.xlsx)",
        help_text="20MB, 5,000줄까지. 첫째 줄에는 양식의 제목이 그대로 있어야 합니다.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "올릴 파일을 골라 주세요.",
            "empty": "빈 파일입니다. 내용이 있는 .xlsx 파일을 골라 주세요.",
        },
    )

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_file(self):
        try:
            self.table = reading.read(
                self.cleaned_data["file"], headings=self.sheet.headings, required=self.sheet.required
            )
        except reading.SheetError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["file"]


class ConfirmForm(forms.Form):
    """The rows that were shown, signed for this person and page; nothing is kept on the server meanwhile."""

    rows = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, purpose, **kwargs):
        super().__init__(*args, **kwargs)
        self.salt = f"spreadsheets:{purpose}"

    @classmethod
    def of(cls, table, plan, *, purpose):
        packed = {
            "rows": [
                [row.number, {name: _plain(value) for name, value in row.values.items()}]
                for row in table.rows
            ],
            "ignored": table.ignored,
            "fingerprint": plan.fingerprint,
        }
        salt = f"spreadsheets:{purpose}"
        return cls(initial={"rows": signing.dumps(packed, salt=salt, compress=True)}, purpose=purpose)

    def clean_rows(self):
        try:
            packed = signing.loads(self.cleaned_data["rows"], salt=self.salt, max_age=HOUR)
        except signing.BadSignature as error:
            raise forms.ValidationError("미리보기한 지 오래되었습니다. 파일을 다시 올려 주세요.") from error
        self.fingerprint = packed["fingerprint"]
        self.table = reading.Table(
            [reading.Row(number, values) for number, values in packed["rows"]], packed["ignored"]
        )
        return self.cleaned_data["rows"]


def _plain(value):
    """JSON knows no date; the reading of a cell takes the ISO form just as well."""
    value = value.date() if isinstance(value, dt.datetime) else value
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
