"""A paper that was approved elsewhere: what is read off the signed file, and the file."""

from crispy_forms.layout import Column, Row
from django import forms

from audit import clock
from inspections.forms.fields import layout
from reports import tree
from reports.forms.attachments import PaperField
from reports.models import ApprovalStep
from reports.outside import Outside, Signer

Act = ApprovalStep.Act
MOST_SIGNERS = 14
CONCUR = "협조"


class OutsideForm(forms.Form):
    number = forms.IntegerField(label="문서번호의 일련번호", min_value=1, max_value=999_999)
    day = forms.DateField(label="결재일자", widget=forms.DateInput(attrs={"type": "date"}))
    signers = forms.CharField(
        label="결재선", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="한 줄에 한 사람, ‘직위 이름’. 전결·대결은 뒤에, ‘협조’는 앞에 적습니다.",
    )  # fmt: skip
    file = PaperField(label="서명된 파일(PDF)", not_a_pdf="서명된 문서를 PDF로 저장해서 올려 주세요.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout(Row(Column("number"), Column("day")), "signers", "file")

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("결재일자가 오늘보다 뒤일 수 없습니다.")
        return day

    def clean_signers(self):
        lines = [line.split() for line in self.cleaned_data["signers"].splitlines() if line.strip()]
        signers = [_signer(words) for words in lines]
        if not any(signer.act != Act.CONCUR for signer in signers):
            raise forms.ValidationError("결재한 사람을 한 사람 이상 적어 주세요.")
        if len(signers) > MOST_SIGNERS:
            raise forms.ValidationError(f"결재선에는 {MOST_SIGNERS}명까지 적습니다.")
        return tuple(signers)

    @property
    def facts(self):
        data = self.cleaned_data
        return Outside(data["number"], data["day"], data["signers"], data["file"])


def _signer(words):
    """`공정경제담당관 박마바 전결`, `협조 재무과장 조바다`"""
    act = Act.CONCUR if words[0] == CONCUR else Act.REVIEW
    words = words[1:] if act == Act.CONCUR else words
    mode = words[-1] if words and words[-1] in tree.MODES else ""
    words = words[:-1] if mode else words
    if len(words) < 2:
        raise forms.ValidationError("한 줄에 ‘직위 이름’을 띄어 적어 주세요. 예: 공정경제담당관 박마바")
    return Signer(act, " ".join(words[:-1]), words[-1], mode)
