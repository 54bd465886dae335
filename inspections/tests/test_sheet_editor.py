"""점검표 편집기: one change at a time, in order, from the library, and never on a published version."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import checklists, sheet_editing
from inspections.models import ChecklistItem, Indicator
from inspections.sheet_editing import state_of
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    publish,
    published_checklist,
)
from inspections.tests.threads import at_once
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db

RULES = {"weight": 1, "evidence_rule": "optional", "note_rule": "optional"}


@pytest.fixture
def keeper(client):
    user = UserFactory(superintendent=True)
    client.force_login(user)
    return user


@pytest.fixture
def sheet():
    """가 with 가-1 … 가-3, 나 with 나-1."""
    made = ChecklistFactory(name="시설 점검표")
    for order, (label, count) in enumerate([("가", 3), ("나", 1)], start=1):
        indicator = IndicatorFactory(checklist=made, order=order, label="", name=label)
        for number in range(1, count + 1):
            ChecklistItemFactory(indicator=indicator, order=number, code=f"{label}-{number}")
    return made


def item(code):
    return ChecklistItem.objects.get(code=code)


def codes(sheet):
    return [list(one.items.values_list("code", flat=True)) for one in sheet.indicators.all()]


def url(name, sheet, *args):
    return reverse(f"inspections:sheet{name}", args=[sheet.pk, *args])


def filled(row, **values):
    """The form of an item as it stands, with these values changed."""
    shown = {"code": row.code, "answer_type": row.answer_type, "text": row.text, "state": state_of(row)}
    return shown | RULES | values


def test_items_go_up_and_down_and_over_to_the_neighbour(sheet, keeper):
    sheet_editing.step(item("가-3"), by=keeper, up=True)
    assert codes(sheet) == [["가-1", "가-3", "가-2"], ["나-1"]]
    sheet_editing.step(item("가-2"), by=keeper, up=False)
    assert codes(sheet) == [["가-1", "가-3"], ["가-2", "나-1"]]
    sheet_editing.step(item("가-2"), by=keeper, up=True)
    assert codes(sheet) == [["가-1", "가-3", "가-2"], ["나-1"]]
    sheet_editing.step(item("가-1"), by=keeper, up=True)  # at the very top
    assert codes(sheet) == [["가-1", "가-3", "가-2"], ["나-1"]]


def test_items_go_in_front_of_another_or_to_the_end(sheet, keeper):
    first, second = sheet.indicators.all()
    sheet_editing.move(item("나-1"), by=keeper, before=item("가-2"))
    assert codes(sheet) == [["가-1", "나-1", "가-2", "가-3"], []]
    sheet_editing.move(item("가-1"), by=keeper, indicator=second)
    assert codes(sheet) == [["나-1", "가-2", "가-3"], ["가-1"]]
    sheet_editing.move(item("나-1"), by=keeper)
    assert codes(sheet) == [["가-2", "가-3", "나-1"], ["가-1"]]
    assert first.items.count() == 3


def test_indicators_change_places(sheet, keeper):
    second = sheet.indicators.last()
    sheet_editing.step(second, by=keeper, up=True)
    assert [one.name for one in sheet.indicators.all()] == ["나", "가"]
    sheet_editing.move(second, by=keeper)
    assert [(one.name, one.order) for one in sheet.indicators.all()] == [("가", 1), ("나", 2)]


def test_a_row_of_another_sheet_is_no_place(sheet, keeper):
    foreign = ChecklistItemFactory(code="남-1")
    with pytest.raises(TransitionError):
        sheet_editing.move(item("가-1"), by=keeper, before=foreign)
    with pytest.raises(TransitionError):
        sheet_editing.move(item("가-1"), by=keeper, indicator=foreign.indicator)


def test_a_change_is_made_on_what_was_shown(client, sheet, keeper):
    row = item("가-1")
    address = url("_item", sheet, row.pk)
    mine = filled(row, text="내가 고친 글")
    ChecklistItem.objects.filter(pk=row.pk).update(text="남이 고친 글")

    reply = client.post(address, mine)

    assert reply.status_code == 409
    page = reply.content.decode()
    assert "내가 고친 글" in page
    assert "남이 고친 글" in page
    # Saving again is a decision: it is made on what stands there now.
    state = reply.context["form"]["state"].value()
    assert client.post(address, mine | {"state": state}).status_code == 302
    assert item("가-1").text == "내가 고친 글"
    assert Event.objects.get(action="change_sheet").detail["changes"]["text"] == [
        "남이 고친 글",
        "내가 고친 글",
    ]


def test_what_the_type_does_not_take_is_let_go(client, sheet, keeper):
    row = ChecklistItemFactory(indicator=sheet.indicators.first(), code="수-1", number=True)
    row.refresh_from_db()
    shown = client.get(url("_item", sheet, row.pk)).content.decode()
    assert 'value="10"' in shown
    client.post(url("_item", sheet, row.pk), filled(row, answer_type="prose", standard="10", comparison="ge"))
    row.refresh_from_db()
    assert (row.answer_type, row.standard, row.comparison, row.unit) == ("prose", None, "", "")


def test_a_fault_is_told_and_nothing_is_stored(client, sheet, keeper):
    row = item("가-1")
    reply = client.post(url("_item", sheet, row.pk), filled(row, answer_type="choice", options="적합=적정"))
    assert reply.status_code == 422
    assert "선택지를 둘 이상 적어야 합니다" in reply.content.decode()
    doubled = client.post(url("_item", sheet, row.pk), filled(row, code="가-2"))
    assert doubled.status_code == 422
    assert "같은 코드의 항목이 이미 있습니다" in doubled.content.decode()
    with pytest.raises(TransitionError):
        sheet_editing.change(row, by=keeper, state=state_of(row), code="가-2")
    assert item("가-1").answer_type == "verdict"


def test_rows_are_added_one_behind_the_other(client, sheet, keeper):
    indicator = sheet.indicators.first()
    new = url("_item_create", sheet, indicator.pk)
    assert 'value="가-4"' in client.get(new).content.decode()
    values = {"code": "가-4", "answer_type": "verdict", "text": "새 항목"} | RULES
    assert client.post(new, values | {"again": "1"})["Location"] == new
    client.post(url("_indicator_create", sheet), {"area": "일반", "name": "다"})
    assert codes(sheet) == [["가-1", "가-2", "가-3", "가-4"], ["나-1"], []]
    assert client.post(new, values).status_code == 422  # the same code once more


def test_rows_are_removed_and_the_history_keeps_them(client, sheet, keeper):
    first, _ = sheet.indicators.all()
    client.post(url("_item_remove", sheet, item("나-1").pk))
    client.post(url("_indicator_remove", sheet, first.pk))
    assert codes(sheet) == [[]]
    (_, last) = Event.objects.filter(action="remove_from_sheet").order_by("pk")
    assert [row.get("code") for row in last.detail["was"]] == [None, "가-1", "가-2", "가-3"]
    gone = client.post(url("_item_remove", sheet, 0))
    assert gone.status_code == 404


def test_the_line_is_shown_as_the_inspector_sees_it(client, sheet, keeper):
    row = item("가-1")
    typed = filled(row, answer_type="grade", text="시설 안전등급")
    shown = client.post(url("_item_preview", sheet), typed).content.decode()
    assert "시설 안전등급" in shown
    assert 'value="A"' in shown
    assert item("가-1").text != "시설 안전등급"
    wrong = client.post(url("_item_preview", sheet), filled(row, answer_type="bundle")).content.decode()
    assert "아직 보여 드릴 수 없습니다" in wrong
    whole = client.get(url("_preview", sheet)).content.decode()
    assert whole.count('role="group"') == 4


def test_items_of_published_sheets_are_taken_over(client, sheet, keeper):
    source = ChecklistFactory(name="안전 점검표")
    fire = IndicatorFactory(checklist=source, order=1, label="", name="소방")
    first = ChecklistItemFactory(indicator=fire, order=1, code="소-1", choice=True)
    follow = ChecklistItemFactory(
        indicator=fire, order=2, code="소-2", prose=True, follows="소-1", follows_if=["부적합"]
    )
    known = ChecklistItemFactory(indicator=fire, order=3, code="가-1")
    draft = ChecklistItemFactory(code="초-1")
    publish(source)
    library = url("_library", sheet)

    found = client.get(library, {"q": "소방"}).content.decode()
    assert "소-1" in found
    assert "초-1" not in found  # a draft is no source
    client.post(library, {"items": [first.pk, follow.pk, known.pk]})
    client.post(library, {"items": [draft.pk]})

    assert codes(sheet) == [["가-1", "가-2", "가-3"], ["나-1"], ["소-1", "소-2"]]
    copy = ChecklistItem.objects.get(indicator__checklist=sheet, code="소-2")
    assert (copy.follows, copy.follows_if) == ("소-1", ["부적합"])
    source.refresh_from_db()
    assert codes(source) == [["소-1", "소-2", "가-1"]]


def test_nothing_is_put_into_an_indicator_of_another_sheet(sheet, keeper):
    foreign = IndicatorFactory(checklist=ChecklistFactory(name="남의 점검표"))
    taken = ChecklistItemFactory(indicator=foreign, code="남-1")
    with pytest.raises(TransitionError):
        sheet_editing.take_over(sheet, [taken], by=keeper, indicator=foreign)


def test_a_follow_up_taken_alone_stands_by_itself(sheet, keeper):
    fire = IndicatorFactory(checklist=ChecklistFactory(name="안전 점검표"), name="소방")
    follow = ChecklistItemFactory(
        indicator=fire, code="소-2", prose=True, follows="소-1", follows_if=["부적합"]
    )
    target = sheet.indicators.last()
    copied, left = sheet_editing.take_over(sheet, [follow], by=keeper, indicator=target)
    assert ([one.follows for one in copied], left) == ([""], [])
    assert codes(sheet)[1] == ["나-1", "소-2"]


def test_nobody_edits_a_published_version(client, sheet, keeper):
    rows = [item("가-1"), sheet.indicators.last()]
    publish(sheet)
    for row in rows:
        for act in (
            lambda row=row: sheet_editing.remove(row, by=keeper),
            lambda row=row: sheet_editing.step(row, by=keeper, up=True),
            lambda row=row: sheet_editing.change(row, by=keeper, state=state_of(row)),
        ):
            with pytest.raises(TransitionError):
                act()
    assert client.get(url("", sheet)).status_code == 404
    assert client.get(url("_preview", sheet)).status_code == 200


def test_only_those_who_keep_the_sheets_edit_them(sheet):
    stranger = UserFactory()
    for act in (
        lambda: sheet_editing.add_indicator(sheet, by=stranger, area="가", name="나"),
        lambda: sheet_editing.remove(item("가-1"), by=stranger),
        lambda: sheet_editing.take_over(sheet, [], by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_as_often_for_three_rows_as_for_one(client, keeper, rows, django_assert_num_queries):
    published_checklist(name="다른 점검표", indicators=rows, items=rows)
    draft = ChecklistFactory(name="새 점검표")
    for order in range(1, rows + 1):
        indicator = IndicatorFactory(checklist=draft, order=order)
        for number in range(1, rows + 1):
            ChecklistItemFactory(indicator=indicator, order=number, code=f"{order}-{number}")
    client.get(url("", draft))
    for name, args, queries in [
        ("", [], 7),
        ("_item", [draft.indicators.first().items.first().pk], 7),
        ("_library", [], 6),
        ("_preview", [], 5),
    ]:
        with django_assert_num_queries(queries):
            client.get(url(name, draft, *args))


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_two_people_at_one_row(sheet):
    people = [UserFactory(superintendent=True) for _ in range(2)]
    row, state = item("가-1"), state_of(item("가-1"))

    def change(user, text):
        try:
            return sheet_editing.change(row, by=user, state=state, text=text).text
        except StaleError:
            return "stale"

    outcomes = at_once(lambda: change(people[0], "하나"), lambda: change(people[1], "둘"))

    assert outcomes.count("stale") == 1
    assert item("가-1").text in outcomes


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_a_row_is_never_added_to_a_sheet_that_is_being_published(sheet):
    people = [UserFactory(superintendent=True) for _ in range(2)]

    def add():
        try:
            return sheet_editing.add_indicator(
                sheet, by=people[0], area="일반", name="늦은 지표", viewpoints="봄"
            )
        except TransitionError:
            return None

    added, _ = at_once(add, lambda: checklists.publish(sheet, by=people[1]))

    assert Indicator.objects.filter(name="늦은 지표").exists() == (added is not None)
