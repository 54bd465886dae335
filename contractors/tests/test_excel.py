"""The register from Excel and back: preview, errors by row, the same file twice."""

import datetime as dt
import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from contractors.models import Agreement, Contractor, Subject
from contractors.sheets import AgreementSheet, ContractorSheet, SubjectSheet
from contractors.tests.factories import (
    AgreementAmountFactory,
    AgreementFactory,
    ContractorFactory,
    SubjectFactory,
    SubjectKindFactory,
)
from spreadsheets import importing, reading, writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(superintendent=True))
    return client


@pytest.fixture
def office():
    bureau = DepartmentFactory(bureau=True, name="노동민생정책관")
    SubjectKindFactory()
    return DepartmentFactory(name="공정경제담당관", parent=bureau)


def url(model, page):
    return reverse(f"admin:contractors_{model}_{page}")


def table(*rows):
    return reading.Table([reading.Row(number, row) for number, row in enumerate(rows, start=2)], [])


def run(sheet, *rows):
    """Preview and import, as the two pages do."""
    user = UserFactory(superintendent=True)
    shown = importing.preview(sheet(), table(*rows), by=user)
    return importing.run(sheet(), table(*rows), by=user, fingerprint=shown.fingerprint)


def errors(plan):
    return [error for line in plan.lines for error in line.errors]


def upload(admin, model, content, name="자료.xlsx"):
    return admin.post(url(model, "import"), {"file": SimpleUploadedFile(name, content)})


def contractors(*rows):
    return writing.workbook(("수탁기관", ["기관명", "사업자등록번호", "메모"], rows))


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_a_file_is_shown_first_and_stored_when_confirmed(admin):
    ContractorFactory(name="(사)나래", business_number="124-81-00998", legal_form="")

    preview = upload(
        admin, "contractor", contractors(["(사)새빛", "", "새로"], ["(사)나래", "1248100998", "고침"])
    )
    assert preview.context["plan"].counts == [("추가", 1), ("변경", 1)]
    assert Contractor.objects.count() == 1
    rows = preview.context["confirm"].initial["rows"]
    done = admin.post(url("contractor", "import_confirm"), {"rows": rows}, follow=True)

    assert messages_of(done) == ["수탁기관: 엑셀 파일을 반영했습니다. (추가 1건, 변경 1건)"]
    assert list(Contractor.objects.values_list("name", "memo")) == [
        ("(사)나래", "고침"),
        ("(사)새빛", "새로"),
    ]
    assert Event.objects.get(action="import").detail["rows"] == {"추가": 1, "변경": 1}
    assert Contractor.history.filter(history_type="~").get().history_user.is_superintendent


def test_the_same_file_twice_changes_nothing(admin):
    row = ["(사)새빛", "1248100998", "메모"]
    first = upload(admin, "contractor", contractors(row))
    admin.post(url("contractor", "import_confirm"), {"rows": first.context["confirm"].initial["rows"]})

    again = upload(admin, "contractor", contractors(row))

    assert again.context["plan"].counts == [("그대로", 1)]
    assert again.context["confirm"] is None
    assert "반영할 것이 없습니다" in again.content.decode()
    assert Contractor.history.count() == 1


def test_one_bad_row_keeps_all_rows_out(admin):
    page = upload(admin, "contractor", contractors(["(사)새빛", "", ""], ["", "124", ""]))

    assert [line.errors for line in page.context["plan"].lines] == [[], ["기관명: 적어야 합니다."]]
    assert page.context["confirm"] is None
    assert not Contractor.objects.exists()


def test_what_changed_since_the_preview_is_shown_again(admin):
    preview = upload(admin, "contractor", contractors(["(사)새빛", "", "메모"]))
    ContractorFactory(name="(사)새빛")

    rows = preview.context["confirm"].initial["rows"]
    page = admin.post(url("contractor", "import_confirm"), {"rows": rows})

    assert messages_of(page) == ["미리보기한 뒤에 등록된 내용이 바뀌었습니다. 다시 확인해 주세요."]
    assert page.context["plan"].counts == [("변경", 1)]
    assert Contractor.objects.get().memo == ""


def test_a_preview_is_for_the_person_who_made_it(admin, client):
    rows = upload(admin, "contractor", contractors(["(사)새빛", "", ""])).context["confirm"].initial["rows"]
    client.force_login(UserFactory(superintendent=True))

    client.post(url("contractor", "import_confirm"), {"rows": rows})

    assert not Contractor.objects.exists()


def test_a_business_number_that_does_not_check_warns(admin):
    page = upload(admin, "contractor", contractors(["(사)새빛", "123 45 67890", ""]))

    assert "검증 숫자가 맞지 않습니다: 123-45-67890" in page.context["plan"].lines[0].warnings[0]
    assert page.context["confirm"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "빈.xlsx", "빈 파일입니다"),
        (b"%PDF-1.7", "../../보고서.xlsx", "엑셀 파일(.xlsx)이 아닙니다"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "옛.xls", "옛 형식(.xls)"),
        (contractors()[:500], "잘린.xlsx", "손상되어"),
        (writing.workbook(("x", ["성명"], [["가"]])), "다른.xlsx", "있어야 할 제목이 없습니다: 기관명"),
    ],
)
def test_a_wrong_file_gets_one_sentence(admin, content, name, sentence):
    page = upload(admin, "contractor", content, name)

    assert sentence in page.content.decode()
    assert page.context["plan"] is None


@pytest.mark.parametrize("page", ["import", "import_template", "export"])
@pytest.mark.parametrize("model", ["contractor", "subject", "agreement"])
def test_the_excel_pages_are_for_the_superintendent(client, model, page):
    assert client.get(url(model, page)).status_code == 302
    client.force_login(UserFactory(viewer=True))
    assert client.get(url(model, page)).status_code == 403
    client.force_login(UserFactory(superintendent=True))
    assert client.get(url(model, page)).status_code == 200


def test_subjects_are_found_by_department_and_name(office):
    rows = [
        {
            "담당 부서": "노동민생정책관 > 공정경제담당관",
            "이름": "센터 운영",
            "종류": "민간위탁 사무",
            "자치구": "중구",
        },
        {
            "담당 부서": "공정경제담당관",
            "이름": "분소",
            "상위 점검대상": "센터 운영",
            "종류": "민간위탁 사무",
        },
    ]

    assert run(SubjectSheet, *rows).counts == [("추가", 2)]
    assert run(SubjectSheet, *rows).counts == [("그대로", 2)]
    assert Subject.objects.get(name="분소").parent == Subject.objects.get(name="센터 운영", department=office)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"담당 부서": "없는 과"}, "담당 부서: 등록된 부서(처리과)이(가) 아닙니다: 없는 과"),
        ({"담당 부서": None}, "담당 부서: 적어야 합니다."),
        ({"종류": "별난 것"}, "종류: 등록된 점검대상 종류이(가) 아닙니다: 별난 것"),
        ({"상위 점검대상": "없는 센터"}, "상위 점검대상: 이 부서에서 하나로 찾을 수 없습니다: 없는 센터"),
        ({"분류": "가 > > 나"}, "분류: 분류는 '경제 > 소비자보호'처럼 > 로 나누어 다섯 단계까지 적습니다."),
        ({"사용": "글쎄"}, "사용: ‘예’ 또는 ‘아니오’로 적어 주세요."),
    ],
)
def test_a_subject_row_says_what_is_wrong(office, changes, sentence):
    row = {"담당 부서": office.name, "이름": "센터 운영", "종류": "민간위탁 사무"} | changes

    assert errors(run(SubjectSheet, row)) == [sentence]


def test_two_offices_of_one_name_are_told_apart_by_their_path(office):
    other = DepartmentFactory(name=office.name, parent=DepartmentFactory(bureau=True, name="다른국"))
    row = {"이름": "센터 운영", "종류": "민간위탁 사무"}

    assert "여럿입니다" in errors(run(SubjectSheet, row | {"담당 부서": office.name}))[0]
    run(SubjectSheet, row | {"담당 부서": "다른국 > 공정경제담당관"})
    assert Subject.objects.get().department == other


def agreement_row(agreement, **changes):
    return {
        "담당 부서": agreement.subject.department.name,
        "점검대상": agreement.subject.name,
        "수탁기관": agreement.contractor.name,
        "시작일": "2030. 1. 1.",
        "종료일": dt.date(2031, 12, 31),
        "연도별 금액(원)": "2030: 300,000,000; 2031: 310000000원",
    } | changes


def test_agreements_come_with_their_amounts():
    agreement = AgreementFactory()

    assert run(AgreementSheet, agreement_row(agreement)).counts == [("추가", 1)]
    assert run(AgreementSheet, agreement_row(agreement)).counts == [("그대로", 1)]
    changed = run(AgreementSheet, agreement_row(agreement, **{"연도별 금액(원)": "2030: 1"}))

    assert changed.lines[0].changes == [
        importing.Change("연도별 금액(원)", "2030: 300,000,000; 2031: 310,000,000", "2030: 1")
    ]
    assert [(amount.year, amount.won) for amount in Agreement.objects.first().amounts.all()] == [(2030, 1)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"시작일": "2021. 1. 1."}, "같은 점검대상과 수탁기관의 협약과 기간이 겹칩니다"),
        ({"종료일": "2029-12-31"}, "종료일이 시작일보다 앞섭니다."),
        ({"종료일": "말일"}, "종료일: 날짜로 읽을 수 없습니다: 말일"),
        ({"연도별 금액(원)": "삼억"}, "연도별 금액(원): ‘2020: 300,000,000; 2021"),
        ({"수탁기관": "없는 곳"}, "수탁기관: 등록된 수탁기관이(가) 아닙니다: 없는 곳"),
        ({"점검대상": "없는 센터"}, "점검대상: 등록된 점검대상이(가) 아닙니다: 없는 센터"),
    ],
)
def test_an_agreement_row_says_what_is_wrong(changes, sentence):
    agreement = AgreementFactory()

    (error,) = errors(run(AgreementSheet, agreement_row(agreement, **changes)))

    assert error.startswith(sentence)


def test_rows_of_one_file_may_not_overlap_each_other():
    agreement = AgreementFactory()
    later = agreement_row(agreement, 시작일="2031. 6. 1.", 종료일="2032. 1. 1.")

    plan = run(AgreementSheet, agreement_row(agreement), later)

    assert "기간이 겹칩니다" in errors(plan)[0]
    assert not plan.is_done


def test_an_overlap_with_another_contractor_warns_in_the_preview():
    agreement = AgreementFactory()
    row = agreement_row(agreement, 수탁기관=ContractorFactory(name="새 기관").name, 시작일="2022. 12. 1.")

    plan = run(AgreementSheet, row)

    assert "다른 수탁기관의 협약이 같은 때에 있습니다" in plan.lines[0].warnings[0]
    assert plan.is_done


def test_the_same_thing_twice_in_a_file_is_refused():
    plan = run(ContractorSheet, {"기관명": "새빛", "메모": "가"}, {"기관명": "새빛", "메모": "나"})

    assert errors(plan) == ["2행과 같은 것을 가리킵니다. 한 줄만 남겨 주세요."]


@pytest.mark.parametrize("model", ["contractor", "subject", "agreement"])
def test_what_was_downloaded_changes_nothing_when_it_is_uploaded(admin, model):
    AgreementAmountFactory(agreement__contractor__business_number="124-81-00998")
    AgreementFactory(subject=SubjectFactory(site=True))

    page = upload(admin, model, admin.get(url(model, "export")).content)

    assert [line.errors for line in page.context["plan"].lines if line.errors] == []
    assert {name for name, _ in page.context["plan"].counts} == {"그대로"}


def test_a_download_follows_search_and_filter_and_is_told(admin):
    ContractorFactory(name="한빛")
    ContractorFactory(name="나래")

    content = admin.get(url("contractor", "export"), {"q": "한빛"}).content

    sheet = ContractorSheet()
    table_of = reading.read(io.BytesIO(content), headings=sheet.headings, required=sheet.required)
    assert [row.values["기관명"] for row in table_of.rows] == ["한빛"]
    assert Event.objects.get(action="export").detail == {"sheet": "수탁기관", "rows": 1}


SIGNS = ["=1+1", "+1", "-1", "@a", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "=cmd|'/C calc'!A0"]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_column_of_a_download_holds_a_formula(admin, sign):
    row = dict.fromkeys(["name", "legal_form", "representative", "phone", "address", "memo"], sign)
    ContractorFactory(**row)
    SubjectFactory(name=sign, district=sign, address=sign, department__name=sign)
    AgreementFactory(funding=sign, inspection_clause=sign, memo=sign)

    for model in ["contractor", "subject", "agreement"]:
        content = admin.get(url(model, "export")).content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert f">{sign}" not in sheet


def test_a_thousand_rows_take_less_than_ten_seconds(office):
    rows = [
        {"담당 부서": office.name, "이름": f"{number}번 센터", "종류": "민간위탁 사무", "자치구": "중구"}
        for number in range(1000)
    ]
    user = UserFactory(superintendent=True)

    started = time.process_time()
    plan = importing.preview(SubjectSheet(), table(*rows), by=user)

    assert plan.counts == [("추가", 1000)]
    assert time.process_time() - started < 10
