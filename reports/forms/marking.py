"""What is hidden from the public, by which clause, why and until when."""

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Column, Row
from django import forms

from inspections.forms.fields import date_field, layout
from reports.forms.facts import ClausesField
from reports.models import Block

LONGEST = 70


class LineField(forms.ModelChoiceField):
    def label_from_instance(self, block):
        text = block.text or block.payload.get("caption") or block.get_kind_display()
        return f"[{block.get_kind_display()}] {text}"[:LONGEST]


class MarkForm(forms.Form):
    block = LineField(
        label="어디에서",
        queryset=Block.objects.none(),
        required=False,
        empty_label="문서 전체(제목과 붙임 점검표까지)",
    )
    quote = forms.CharField(
        label="가릴 말", max_length=300, required=False, strip=True,
        help_text="문서에 있는 그대로 적습니다. 줄이나 표를 고르고 비우면 그 전체를 가립니다.",
    )  # fmt: skip
    clauses = ClausesField(label="비공개 조항")
    reason = forms.CharField(label="까닭", max_length=300)
    review_on = date_field("다시 볼 날", required=False, help_text="5호로 가리면 적습니다.")

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["block"].queryset = document.blocks.filter(is_removed=False).order_by("position", "pk")
        self.helper = layout(
            "block", "quote", InlineCheckboxes("clauses"), Row(Column("reason"), Column("review_on"))
        )

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("block", 0) is None and not said.get("quote"):
            self.add_error("quote", "문서 전체에서 가릴 말을 적거나, 가릴 줄을 고르세요.")
        if not said.get("clauses"):
            self.add_error("clauses", "비공개 조항을 하나 이상 고르세요.")
        elif "5" in said["clauses"] and not said.get("review_on"):
            self.add_error("review_on", "5호로 가리면 다시 볼 날을 적어 주세요.")
        return said
