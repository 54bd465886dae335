"""A few rows of texts in one box, as a spreadsheet pastes them: a line is a row, its cells parted by tabs."""

import re

from django import forms

PARTED = re.compile(r"\t|\s*\|\s*")


class RowsField(forms.CharField):
    """Its value is a list of rows, each as long as `columns`, with the texts as they were typed."""

    def __init__(self, *, columns, most=200, **kwargs):
        self.columns, self.most = columns, most
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        how = f"한 줄에 {', '.join(columns)}. 엑셀에서 복사해 붙이거나 칸 사이에 | 를 적습니다."
        super().__init__(help_text=how, max_length=20_000, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, list):
            return "\n".join("\t".join(row) for row in value)
        return value

    def clean(self, value):
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.most:
            raise forms.ValidationError(f"{self.most}줄까지 적을 수 있습니다.")
        rows = [[cell.strip() for cell in PARTED.split(line)] for line in lines]
        for number, row in enumerate(rows, 1):
            if len(row) > len(self.columns):
                raise forms.ValidationError(
                    f"{number}째 줄의 칸이 {len(row)}개입니다. {', '.join(self.columns)}만 적습니다."
                )
        return [row + [""] * (len(self.columns) - len(row)) for row in rows]

    def has_changed(self, initial, data):
        return self.prepare_value(initial or []) != (data or "")
