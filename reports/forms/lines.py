"""Forms of the lines of a draft. The outline posts the same fields by script as its plain forms do."""

import csv
import io
import uuid

from crispy_forms.layout import Column, Row
from django import forms

from inspections.forms.fields import layout
from notation.marks import clean_pasted
from reports.charts import MOST_SERIES
from reports.lines import DEEPEST, LOWEST
from reports.models import Block
from reports.numbering import STYLES

LEVELS = [(level, str(level)) for level in range(1, LOWEST + 1)]
KINDS = [
    (Block.Kind.LINE, "줄"),
    (Block.Kind.HEADING, "제목"),
    (Block.Kind.NOTE, "※ 주석"),
    (Block.Kind.BOX, "〈소제목〉"),
    (Block.Kind.TEXT, "본문"),
]
LONGEST = 4000
MOST_ROWS, MOST_COLUMNS, WIDEST_SHARE = 300, 12, 200
SHAPE = {
    "heads": 1,
    "widths": [],
    "total": False,
    "dash": False,
    "merge": False,
}  # of a table, as it usually is


def level_choices(style):
    """The levels with the mark that the first line of each takes: □ 1) ○ - ·, in letters 1. 가. 1)"""
    return [(level, STYLES[style].of(level).text(1)) for level, _ in LEVELS]


class VersionForm(forms.Form):
    version = forms.IntegerField(label="판", min_value=1)


class LineForm(forms.Form):
    text = forms.CharField(label="내용", max_length=LONGEST, required=False)
    level = forms.TypedChoiceField(label="단계", choices=LEVELS, coerce=int)
    depth = forms.IntegerField(label="들여쓰기", min_value=0, max_value=DEEPEST)
    kind = forms.ChoiceField(label="종류", choices=Block.Kind)

    def clean_text(self):
        return clean_pasted(self.cleaned_data["text"])


class SavedLineForm(LineForm, VersionForm):
    pass


class NewLineForm(LineForm):
    id = forms.UUIDField(label="줄 번호", required=False)
    after = forms.ModelChoiceField(label="앞줄", queryset=Block.objects.none(), required=False)
    level = forms.TypedChoiceField(label="단계", choices=LEVELS, coerce=int, required=False, empty_value=1)
    depth = forms.IntegerField(label="들여쓰기", min_value=0, max_value=DEEPEST, required=False)
    kind = forms.ChoiceField(label="종류", choices=KINDS, required=False)

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["after"].queryset = document.blocks.all()

    def clean_id(self):
        return self.cleaned_data["id"] or uuid.uuid4()

    def clean_depth(self):
        """The depth of the line before, unless one is given."""
        after, depth = self.cleaned_data.get("after"), self.cleaned_data["depth"]
        return (after.depth if after else 0) if depth is None else depth

    def clean_kind(self):
        return self.cleaned_data["kind"] or Block.Kind.LINE


class MoveForm(VersionForm):
    after = forms.ModelChoiceField(label="앞줄", queryset=Block.objects.none(), required=False)

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["after"].queryset = document.blocks.all()


class TableForm(forms.Form):
    """A table as it comes out of a spreadsheet: a row a line, cells divided by tabs, the head first."""

    caption = forms.CharField(label="표 제목", max_length=160, required=False)
    unit = forms.CharField(label="단위", max_length=20, required=False, help_text="예: 건, 천원")
    rows = forms.CharField(
        label="표 내용",
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "wrap": "off", "spellcheck": "false"}),
        help_text="엑셀에서 복사해 붙여 넣으세요. 한 줄이 한 행, 칸은 탭으로 나뉘고 첫 줄은 머리글입니다.",
    )
    heads = forms.TypedChoiceField(
        label="머리글", coerce=int, required=False, empty_value=1,
        choices=[(1, "첫 줄"), (2, "두 줄"), (3, "세 줄")],
        help_text="여러 줄이면 빈칸은 왼쪽이나 위의 칸과 합칩니다.",
    )  # fmt: skip
    widths = forms.CharField(
        label="열 너비", max_length=80, required=False, help_text="예: 10 30 60. 비우면 내용에 맞춥니다."
    )
    total = forms.BooleanField(label="맨 아래에 ‘계’를 셈하여 넣기", required=False)
    dash = forms.BooleanField(label="0은 ‘-’로 적기", required=False)
    merge = forms.BooleanField(label="첫 열의 빈칸은 위 칸과 합치기", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        caption = Row(Column("caption", css_class="col-8"), Column("unit", css_class="col-4"))
        shape = Row(Column("heads"), Column("widths"))
        self.helper = layout("version", caption, "rows", shape, "total", "dash", "merge")

    def clean_widths(self):
        texts = self.cleaned_data["widths"].replace(",", " ").split()
        if any(not text.isdecimal() or not 0 < int(text) <= WIDEST_SHARE for text in texts):
            raise forms.ValidationError(f"열 너비는 1에서 {WIDEST_SHARE} 사이의 수를 띄어 적어 주세요.")
        return [int(text) for text in texts]

    def clean(self):
        data = self.cleaned_data
        rows, widths = data.get("rows"), data.get("widths")
        if rows and widths and len(widths) != len(rows[0]):
            self.add_error("widths", f"열이 {len(rows[0])}개입니다. 너비도 그만큼 적거나 비워 주세요.")
        if rows and data.get("heads", 1) >= len(rows):
            self.add_error("heads", "머리글 아래에 내용이 한 줄은 있어야 합니다.")
        return data

    def clean_rows(self):
        reader = csv.reader(io.StringIO(self.cleaned_data["rows"].replace("\r\n", "\n")), delimiter="\t")
        try:
            rows = [[" ".join(clean_pasted(cell).split()) for cell in row] for row in reader if row]
        except csv.Error as error:
            raise forms.ValidationError("표를 읽지 못했습니다. 따옴표가 닫혔는지 확인해 주세요.") from error
        rows = _without_blanks(rows)
        if len(rows) < 2:
            raise forms.ValidationError("머리글과 내용 한 줄 이상을 적어 주세요.")
        width = max(len(row) for row in rows)
        if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
            raise forms.ValidationError(f"표는 {MOST_ROWS}행, {MOST_COLUMNS}열까지 넣을 수 있습니다.")
        return [row + [""] * (width - len(row)) for row in rows]

    @property
    def payload(self):
        """What is not the usual is kept beside the rows, so that a table nobody touched stays the same."""
        data = self.cleaned_data
        shape = {name: data[name] for name, usual in SHAPE.items() if data[name] != usual}
        return {name: data[name] for name in ("caption", "unit", "rows")} | shape


def _without_blanks(rows):
    """Blank rows of a table stay, 이하 빈칸 goes there; blank lines around and between do not."""
    rows = [row for row in rows if len(row) > 1 or any(row)]
    first = next((place for place, row in enumerate(rows) if any(row)), len(rows))
    return rows[first:]


def table_initial(block):
    payload = block.payload or {}
    rows = "\n".join("\t".join(row) for row in payload.get("rows", []))
    caption, unit = payload.get("caption", ""), payload.get("unit", "")
    shape = {name: payload[name] for name in SHAPE if name in payload}
    shape["widths"] = " ".join(map(str, payload.get("widths", [])))
    return {"caption": caption, "unit": unit, "rows": rows, "version": block.version} | shape


class ChartForm(forms.Form):
    """Which columns of a table are drawn, and what stands above the chart."""

    columns = forms.TypedMultipleChoiceField(
        label="그릴 열", coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="세 열까지 고릅니다. ‘계’ 행은 그리지 않습니다. 표가 바뀌면 도표도 바뀝니다.",
        error_messages={"required": "그릴 열을 하나 이상 고르세요."},
    )  # fmt: skip
    caption = forms.CharField(
        label="도표 제목", max_length=160, error_messages={"required": "도표 제목을 적어 주세요."}
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [
            (column, name or f"{column + 1}열") for column, name in series.items()
        ]
        self.helper = layout()

    def clean_columns(self):
        columns = self.cleaned_data["columns"]
        if len(columns) > MOST_SERIES:
            raise forms.ValidationError(f"{MOST_SERIES}열까지 고를 수 있습니다.")
        return columns

    @property
    def payload(self):
        return {name: self.cleaned_data[name] for name in ("columns", "caption")}
