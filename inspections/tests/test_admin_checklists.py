"""Sheets in the admin: drafts are edited, the rest is looked at; each step is a POST of its own."""

import io

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import checklist_rows
from inspections.checklist_columns import ChecklistSheet
from inspections.models import Basis, Checklist, ChecklistItem, Indicator, StatusReason
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    StatusReasonFactory,
    published_checklist,
)
from spreadsheets import reading, writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(superintendent=True))
    return client


def url(page, *args, model="checklist"):
    return reverse(f"admin:inspections_{model}_{page}", args=args)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def indicator_rows(sheet, *rows):
    """The form data of a sheet with its indicators as (indicator or None, order, name)."""
    known = [row for row in rows if row[0]]
    data = {
        "name": sheet.name, "guidance": "", "indicators-TOTAL_FORMS": len(rows),
        "indicators-INITIAL_FORMS": len(known),
    }  # fmt: skip
    for place, (indicator, order, name) in enumerate(rows):
        shared = {
            "order": order,
            "area": "일반운영",
            "label": "",
            "name": name,
            "checklist": sheet.pk,
        }
        shared["id"] = indicator.pk if indicator else ""
        data |= {f"indicators-{place}-{key}": value for key, value in shared.items()}
    return data


def item_rows(*items, **changes):
    data = {"area": "일반운영", "label": "", "name": "회계", "viewpoints": ""}
    data |= {"items-TOTAL_FORMS": len(items) or 1, "items-INITIAL_FORMS": len(items)}
    row = {
        "id": items[0].pk if items else "", "order": 1, "code": "가-1", "answer_type": "verdict",
        "text": "묻는 말", "guidance": "", "options": "", "unit": "", "standard": "", "comparison": "",
        "max_score": "", "weight": "1",
        "evidence_rule": "optional", "note_rule": "optional",
    }  # fmt: skip
    return data | {f"items-0-{key}": value for key, value in (row | changes).items()}


def upload(admin, sheet, *rows):
    content = writing.workbook(("점검표", ChecklistSheet.headings, rows))
    file = io.BytesIO(content)
    file.name = "점검표.xlsx"
    return admin.post(url("import_view", sheet.pk), {"file": file})


def row_of(code):
    cells = {"분야": "일반운영", "지표명": "회계", "코드": code, "항목": "묻는 말"}
    return [cells.get(heading) for heading in ChecklistSheet.headings]


ROW = row_of("가-1")


@pytest.mark.parametrize("act", ["publish", "copy", "retire"])
def test_a_step_is_a_post_of_the_superintendent(client, act):
    sheet = published_checklist()

    assert client.post(url(act, sheet.pk)).status_code == 302
    client.force_login(UserFactory())
    assert client.post(url(act, sheet.pk)).status_code == 403
    client.force_login(UserFactory(superintendent=True))
    assert client.get(url(act, sheet.pk)).status_code == 405
    assert Event.objects.filter(action=act).count() == 0


def test_a_draft_goes_through_its_life(admin):
    sheet = ChecklistItemFactory().indicator.checklist

    admin.post(url("publish", sheet.pk))
    admin.post(url("copy", sheet.pk))
    admin.post(url("retire", sheet.pk))

    assert list(Checklist.objects.order_by("version").values_list("version", "status")) == [
        (1, "retired"),
        (2, "draft"),
    ]
    acts = Event.objects.filter(object_type="checklist").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["publish", "copy", "retire"]


def test_what_keeps_a_sheet_from_being_published_is_listed_with_links(admin):
    indicator = IndicatorFactory(viewpoints="")

    refused = admin.post(url("publish", indicator.checklist_id), follow=True)

    assert messages_of(refused) == ["고칠 것이 1건 있어 확정할 수 없습니다."]
    page = refused.content.decode()
    assert "확정하기 전에 고칠 것 1건" in page
    assert url("change", indicator.pk, model="indicator") in page


def test_a_published_sheet_is_only_shown(admin):
    sheet = published_checklist()
    indicator = sheet.indicators.get()

    page = admin.get(url("change", sheet.pk)).content.decode()
    assert 'name="name"' not in page
    assert "새 판으로 복사" in page
    assert admin.post(url("change", sheet.pk), indicator_rows(sheet)).status_code == 403
    assert admin.post(url("change", indicator.pk, model="indicator"), item_rows()).status_code == 403
    assert admin.post(url("delete", sheet.pk), {"post": "yes"}).status_code == 403


def test_indicators_are_added_and_change_places(admin):
    sheet = ChecklistFactory()
    one, two = (IndicatorFactory(checklist=sheet, order=place, name=f"{place}번") for place in (1, 2))

    admin.post(
        url("change", sheet.pk), indicator_rows(sheet, (one, 2, "1번"), (two, 1, "2번"), (None, 3, "새 지표"))
    )

    assert list(sheet.indicators.values_list("order", "name")) == [(1, "2번"), (2, "1번"), (3, "새 지표")]


def test_two_indicators_in_one_place_are_refused_and_nothing_is_lost(admin):
    sheet = ChecklistFactory()
    one = IndicatorFactory(checklist=sheet, order=1)

    page = admin.post(url("change", sheet.pk), indicator_rows(sheet, (one, 1, "가"), (None, 1, "적던 지표")))

    assert "같은 순서의 지표가 있습니다" in page.content.decode()
    assert "적던 지표" in page.content.decode()
    assert sheet.indicators.count() == 1


def test_a_second_sheet_of_a_name_is_a_copy(admin):
    published_checklist(name="지도점검표")

    page = admin.post(url("add"), indicator_rows(Checklist(name="지도점검표")))

    assert "새 판으로 복사해 주세요" in page.content.decode()


def test_options_are_lines_of_text(admin):
    item = ChecklistItemFactory(tick=True)
    path = url("change", item.indicator_id, model="indicator")

    assert "검토완료=적정\n해당없음=판정 없음" in admin.get(path).content.decode()
    admin.post(path, item_rows(item, answer_type="tick", options="가입=적정\r\n미가입=부적정"))

    item.refresh_from_db()
    assert item.options == [["가입", "pass"], ["미가입", "fail"]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answer_type": "tick", "options": "하나=적정"}, "선택지가 꼭 둘이어야"),
        ({"options": "좋음"}, "‘검토완료=적정’처럼 적어 주세요"),
        ({"answer_type": "score"}, "0보다 큰 만점"),
        ({"answer_type": "number", "standard": "10"}, "이상인지 이하인지"),
        ({"code": "가 나"}, "글자, 숫자, 점, 붙임표로만"),
        ({"text": ""}, "필수 항목입니다"),
        ({"weight": ""}, "필수 항목입니다"),
    ],
)
def test_an_item_that_contradicts_itself_is_refused(admin, changes, sentence):
    indicator = IndicatorFactory()

    page = admin.post(
        url("change", indicator.pk, model="indicator"), item_rows(guidance="적어 둔 안내", **changes)
    )

    assert sentence in page.content.decode()
    assert "적어 둔 안내" in page.content.decode()
    assert not ChecklistItem.objects.exists()


def test_an_item_is_added_to_its_indicator(admin):
    indicator = IndicatorFactory()

    admin.post(url("change", indicator.pk, model="indicator"), item_rows())

    assert indicator.items.get().code == "가-1"


def test_a_file_is_shown_first_and_stored_when_confirmed(admin):
    sheet = ChecklistFactory()

    preview = upload(admin, sheet, ROW)
    assert preview.context["plan"].counts == [("추가", 1)]
    assert not Indicator.objects.exists()
    rows = preview.context["confirm"].initial["rows"]
    done = admin.post(url("confirm_view", sheet.pk), {"rows": rows}, follow=True)

    assert "엑셀 파일을 반영했습니다. (추가 1건)" in messages_of(done)[0]
    assert ChecklistItem.objects.get().code == "가-1"


def test_a_file_with_errors_is_not_offered_to_be_stored(admin):
    page = upload(admin, ChecklistFactory(), row_of("가 나"))

    assert page.context["confirm"] is None
    assert "코드: 항목 코드는 글자" in page.content.decode()


@pytest.mark.parametrize("rows", ["", "x", None])
def test_a_forged_confirmation_stores_nothing(admin, rows):
    sheet, other = ChecklistFactory(), ChecklistFactory()
    forged = upload(admin, other, ROW).context["confirm"].initial["rows"] if rows is None else rows

    response = admin.post(url("confirm_view", sheet.pk), {"rows": forged}, follow=True)

    assert "파일을 다시 올려 주세요" in messages_of(response)[0]
    assert not Indicator.objects.exists()


def test_a_published_sheet_takes_no_file(admin):
    sheet = published_checklist()

    assert admin.get(url("import_view", sheet.pk)).status_code == 302
    assert upload(admin, sheet, ROW).status_code == 302
    assert admin.post(url("confirm_view", sheet.pk), {"rows": "x"}).status_code == 302


def test_a_sheet_is_downloaded_by_code(admin):
    sheet = published_checklist(items=3)

    content = admin.get(url("export_view", sheet.pk)).content

    headings = ChecklistSheet.headings
    table = reading.read(io.BytesIO(content), headings=headings, required=ChecklistSheet.required)
    assert [row.values["코드"] for row in table.rows] == ["공1-1", "공1-2", "공1-3"]
    assert Event.objects.get(action="export").detail == {"rows": 3}


def test_the_template_can_be_uploaded_as_it_is(admin):
    content = admin.get(url("template_view")).content

    table = reading.read(
        io.BytesIO(content), headings=ChecklistSheet.headings, required=ChecklistSheet.required
    )
    plan, _ = checklist_rows.plan(ChecklistFactory(), table)
    assert plan.counts == [("추가", 1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_long(admin, django_assert_num_queries, rows):
    for _ in range(rows):
        InspectionFactory()

    with django_assert_num_queries(4):  # session, user, count, rows
        page = admin.get(url("changelist"))
    assert page.context["cl"].result_count == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_sheet_takes_the_same_queries_however_long(admin, django_assert_max_num_queries, rows):
    sheet = published_checklist(indicators=rows, items=rows)

    with django_assert_max_num_queries(8):  # session, user, sheet with its indicators and items, savepoint
        admin.get(url("change", sheet.pk))


@pytest.mark.parametrize(
    ("model", "data"),
    [
        ("basis", {"kind": "law", "title": "지방자치법", "article": "제117조", "is_active": "on"}),
        ("statusreason", {"use": "excluded", "name": "소재 불명", "order": 1}),
    ],
)
def test_codes_are_editable_tables(admin, model, data):
    table = {"basis": Basis, "statusreason": StatusReason}[model]
    before = table.objects.count()

    assert admin.get(url("changelist", model=model)).status_code == 200
    admin.post(url("add", model=model), data)
    again = admin.post(url("add", model=model), data)

    assert table.objects.count() == before + 1
    assert "이미 있습니다" in again.content.decode()


def test_a_reason_in_use_cannot_be_deleted(admin):
    inspection = InspectionFactory(excluded=True, status_reason=StatusReasonFactory())

    admin.post(url("delete", inspection.status_reason_id, model="statusreason"), {"post": "yes"})

    assert StatusReason.objects.filter(pk=inspection.status_reason_id).exists()
