"""The site plus sample pages that hold every component and every widget once; only for test_look."""

from pathlib import Path

from crispy_forms.bootstrap import AppendedText, InlineCheckboxes, InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as site

PAGES = Path(__file__).parent / "look_pages"
KINDS = [("commission", "위탁사무"), ("facility", "시설"), ("project", "사업")]


class EveryWidgetForm(forms.Form):
    name = forms.CharField(
        label="점검대상 이름", help_text="협약서에 적힌 이름 그대로 적습니다.", max_length=20
    )
    amount = forms.IntegerField(label="위탁금", min_value=0)
    inspected_on = forms.DateField(label="점검일", widget=forms.DateInput(attrs={"type": "date"}))
    starts_at = forms.TimeField(label="시작 시각", widget=forms.TimeInput(attrs={"type": "time"}))
    kind = forms.ChoiceField(label="종류", choices=[("", "고르세요"), *KINDS])
    several = forms.MultipleChoiceField(label="관련 사무", choices=KINDS, required=False)
    opinion = forms.CharField(label="의견", widget=forms.Textarea(attrs={"rows": 3}))
    method = forms.ChoiceField(
        label="점검 방법", choices=KINDS, widget=forms.RadioSelect, help_text="하나만 고릅니다."
    )
    verdict = forms.ChoiceField(label="판정", choices=KINDS, widget=forms.RadioSelect)
    places = forms.MultipleChoiceField(label="장소", choices=KINDS, widget=forms.CheckboxSelectMultiple)
    tags = forms.MultipleChoiceField(
        label="표시", choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="확인서에 서명을 받았습니다")
    photo = forms.FileField(label="사진", help_text="20 MB까지")
    password = forms.CharField(label="비밀번호", widget=forms.PasswordInput)
    note = forms.CharField(widget=forms.HiddenInput, required=False)

    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(
        Fieldset(
            "점검 개요",
            "name",
            Row(
                Column("inspected_on", css_class="col-4"),
                Column("starts_at", css_class="col-4"),
                Column("kind"),
            ),
            AppendedText("amount", "원"),
        ),
        Fieldset(
            "내용",
            "several",
            "opinion",
            InlineRadios("verdict"),
            "method",
            InlineCheckboxes("tags"),
            "places",
        ),
        Fieldset("붙임", "agreed", "photo", "password", "note"),
    )

    def clean(self):
        raise forms.ValidationError("점검일은 대상 기간 안에 있어야 합니다.")


class FilterForm(forms.Form):
    q = forms.CharField(label="검색어", required=False)
    status = forms.ChoiceField(label="상태", choices=[("", "모두"), ("planned", "계획")], required=False)
    department = forms.ChoiceField(label="부서", choices=[("", "모두")], required=False)


def sample(name, **context):
    def view(request):
        template = engines["django"].from_string((PAGES / f"{name}.html").read_text())
        return HttpResponse(template.render({key: make(request) for key, make in context.items()}, request))

    return path(f"look/{name}/", view, name=f"look_{name}")


def widgets_form(request):
    return EveryWidgetForm({} if "invalid" in request.GET else None)


STEPS = [
    {"label": "계획", "url": "#", "state": "done", "note": "2020. 12. 21."},
    {"label": "방문", "url": "#", "state": "done", "note": "12. 30.(수)"},
    {"label": "점검표", "url": "#", "state": "todo", "current": True, "note": "31 / 48"},
    {"label": "점검결과", "url": "#", "state": "problem", "note": "확인 2"},
    {"label": "보고", "state": "todo"},
    {"label": "조치", "state": "todo"},
]
COUNTS = [
    {"label": "기한 지남", "value": 2, "url": "#", "tone": "danger"},
    {"label": "오늘 방문", "value": 1, "url": "#"},
    {"label": "결재 대기", "value": 3, "url": "#"},
    {"label": "반려됨", "value": 0, "url": "#"},
    {"label": "조치 확인", "value": 4, "url": "#"},
]
ROWS = [
    ("전자상거래센터 운영", "(사)가나다협회", "2020. 12. 30.(수)", "in_progress", "점검 중", 31, 48),
    ("시민청 소비생활상담실 운영", "(재)라마바재단", "2020. 12. 22.(화)", "done", "점검 완료", 48, 48),
    ("공정거래종합상담센터", "아자차 주식회사", "2020. 12. 14.(월)", "late", "기한 지남", 12, 48),
    ("사회적경제지원센터", "(사)카타파하", "2021. 1. 6.(수)", "planned", "계획", 0, 40),
    ("청년공간 동부점", "협동조합 가온누리", "–", "excluded", "제외", 0, 0),
    ("노동자종합지원센터", "(사)다온", "2020. 12. 18.(금)", "not_done", "미실시", 0, 40),
]
STATUSES = [
    ("planned", "계획"),
    ("in_progress", "점검 중"),
    ("done", "점검 완료"),
    ("excluded", "제외"),
    ("not_done", "미실시"),
    ("draft", "작성 중"),
    ("in_approval", "결재 중"),
    ("approved", "결재 완료"),
    ("returned", "반려됨"),
    ("late", "기한 지남"),
    ("demanded", "조치 요구"),
    ("reported", "이행 보고"),
    ("verified", "확인 완료"),
    ("rework", "보완 요구"),
    ("warning", "주의"),
    ("plain", "공통지표"),
]
TABS = [
    {"label": "결재할 것", "url": "#", "current": True, "count": 3},
    {"label": "협조할 것", "url": "#", "count": 1},
    {"label": "진행 중", "url": "#", "count": 0},
    {"label": "완료", "url": "#"},
]
LINE = [
    {"act": "기안", "position": "주무관", "name": "김가나", "when": "1/12", "state": "done"},
    {"act": "검토", "position": "소비자보호팀장", "name": "이다라", "state": "current"},
    {"act": "협조", "position": "예산담당관", "name": "최사아", "state": "returned"},
    {"act": "결재", "position": "공정경제담당관", "name": "박마바", "state": "waiting", "mode": "전결"},
]
HISTORY = [
    {"title": "결재를 요청했습니다", "who": "김가나 주무관", "when": "2021. 1. 12. 14:03"},
    {
        "title": "반려했습니다",
        "who": "이다라 팀장",
        "when": "2021. 1. 12. 16:20",
        "text": "요일이 다릅니다.\n표 합계를 확인하세요.",
        "tone": "danger",
    },
    {"title": "결재를 마쳤습니다", "who": "박마바 담당관", "when": "2021. 1. 14. 09:41", "tone": "success"},
]


def always(value):
    return lambda request: value


urlpatterns = [
    sample("widgets", form=widgets_form),
    sample(
        "list", form=lambda request: FilterForm(), rows=always(ROWS), counts=always(COUNTS), tabs=always(TABS)
    ),
    sample(
        "detail", steps=always(STEPS), statuses=always(STATUSES), line=always(LINE), history=always(HISTORY)
    ),
    sample("editor"),
    *site,
]
