from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections.forms.answer_values import base_of, stored
from inspections.models import Answer, ChecklistItem, Inspection
from inspections.tests.factories import (
    ActionFactory,
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    FindingFactory,
    IndicatorExemptionFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
    published_checklist,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True, part__checklist=published_checklist(indicators=2))


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


def indicators_of(inspection):
    return list(inspection.checklist.indicators.order_by("order"))


def items_of(inspection):
    return list(
        ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).order_by(
            "indicator__order", "order"
        )
    )


def address(inspection, indicator=None):
    indicator = indicator or indicators_of(inspection)[0]
    return reverse("inspections:indicator", args=[inspection.pk, indicator.pk])


def typed(item, answer=None, **fields):
    """What the browser sends for one line."""
    data = {f"a{item.pk}-base": base_of(answer, stored(item, answer))}
    return data | {f"a{item.pk}-{name}": value for name, value in fields.items()}


def test_the_checklist_opens_at_the_first_indicator_that_is_not_complete(client, inspection, inspector):
    first, second = indicators_of(inspection)
    for item in first.items.all():
        AnswerFactory(inspection=inspection, item=item)

    response = client.get(reverse("inspections:checklist", args=[inspection.pk]))

    assert response.url == address(inspection, second)


def test_all_indicators_on_one_page(client, inspection, inspector):
    page = client.get(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1").content.decode()

    assert page.count("data-line=") == 4


def test_a_line_shows_what_was_answered(client, inspection, inspector):
    AnswerFactory(inspection=inspection, failed=True, opinion="<b>증빙</b> 없음")

    page = client.get(address(inspection)).content.decode()

    assert "&lt;b&gt;증빙&lt;/b&gt; 없음" in page
    assert 'value="부적정" checked' in page
    assert "1/2" in page


def test_last_year_stands_beside_the_item(client, inspection, inspector):
    last = InspectionFactory(in_progress=True, part__checklist=published_checklist(indicators=2))
    Inspection.objects.filter(pk=inspection.pk).update(previous=last)
    AnswerFactory(inspection=last, failed=True, opinion="나라장터 미이용")
    finding = FindingFactory(inspection=last, text="절차 준수 일부 미흡", kind="fault")
    ActionFactory(inspection=last, text="나라장터 이용", status="verified").findings.add(finding)

    page = client.get(address(inspection)).content.decode()

    assert "작년:" in page
    for text in ["나라장터 미이용", "절차 준수 일부 미흡", "나라장터 이용", "확인 완료"]:
        assert text in page


def test_saving_an_answer(client, inspection, inspector):
    first, second = items_of(inspection)[:2]

    response = client.post(address(inspection), typed(first, choice="부적정", opinion="없음") | typed(second))

    assert response.url == address(inspection)
    assert Answer.objects.get().verdict == "fail"


def test_saving_and_on_to_the_next_indicator(client, inspection, inspector):
    response = client.post(address(inspection), typed(items_of(inspection)[0], choice="적정") | {"next": "1"})

    assert response.url.startswith(address(inspection, indicators_of(inspection)[1]))


def test_a_failing_item_is_saved_and_offered_as_a_line_of_the_results(client, inspection, inspector):
    item = items_of(inspection)[0]
    data = typed(item, choice="부적정", opinion="누리집에만 공고함") | {"finding": item.pk}

    saved = client.post(address(inspection), data)

    results = reverse("inspections:findings", args=[inspection.pk])
    assert saved.url == f"{results}?item={item.pk}#new-indicator-{item.indicator_id}"
    page = client.get(saved.url).content.decode()
    assert f'id="new-indicator-{item.indicator_id}"' in page
    assert page.count('value="누리집에만 공고함"') == 1
    assert page.count('name="kind" value="fault"') == 1


@pytest.mark.parametrize("item", ["", "0", "x", "9" * 40])
def test_an_item_that_is_not_there_is_not_offered(client, inspection, inspector, item):
    page = client.get(reverse("inspections:findings", args=[inspection.pk]), {"item": item})

    assert page.status_code == 200
    assert "outline-from" not in page.content.decode()


def test_saving_all_indicators_at_once(client, inspection, inspector):
    data = {}
    for item in items_of(inspection):
        data |= typed(item, choice="적정")

    response = client.post(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1", data)

    assert "?all=1" in response.url
    assert Answer.objects.filter(verdict="pass").count() == 4


def test_an_untouched_line_does_not_collide(client, inspection, inspector):
    first, second = items_of(inspection)[:2]
    old = AnswerFactory(inspection=inspection, item=first, choice="적정")
    data = typed(first, old, choice="적정") | typed(second, choice="적정")
    Answer.objects.filter(pk=old.pk).update(choice="부적정", verdict="fail", version=2)

    response = client.post(address(inspection), data)

    assert response.status_code == 302
    assert dict(Answer.objects.values_list("item", "choice")) == {first.pk: "부적정", second.pk: "적정"}


def test_a_stale_answer_shows_both_texts(client, inspection, inspector):
    first, second = items_of(inspection)[:2]
    AnswerFactory(inspection=inspection, item=first, failed=True, choice="부적정", opinion="먼저 적은 글")

    response = client.post(
        address(inspection),
        typed(first, choice="적정", opinion="나중에 적은 글") | typed(second, choice="적정"),
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "먼저 적은 글" in page
    assert "나중에 적은 글" in page
    assert Answer.objects.get(item=second).choice == "적정"


@pytest.mark.parametrize(
    ("pick", "opinion"), [("mine", "내 글"), ("theirs", "남의 글"), ("merge", "내 글과 남의 글")]
)
def test_a_collision_is_resolved_as_picked(client, inspection, inspector, pick, opinion):
    item = items_of(inspection)[0]
    theirs = AnswerFactory(inspection=inspection, item=item, choice="적정", opinion="남의 글", version=3)
    data = typed(item, theirs, choice="적정", opinion="내 글과 남의 글") | {f"a{item.pk}-pick": pick}
    data |= {
        f"mine-{name}": value for name, value in typed(item, theirs, choice="적정", opinion="내 글").items()
    }

    response = client.post(
        reverse("inspections:checklist_resolve", args=[inspection.pk]),
        data | {"indicator": item.indicator_id},
    )

    assert response.url.startswith(address(inspection))
    assert Answer.objects.get().opinion == opinion


def test_a_collision_without_a_pick_is_asked_again(client, inspection, inspector):
    item = items_of(inspection)[0]
    theirs = AnswerFactory(inspection=inspection, item=item, choice="적정", opinion="남의 글")
    data = typed(item, theirs, opinion="합친 글") | {f"mine-a{item.pk}-opinion": "내 글"}

    response = client.post(reverse("inspections:checklist_resolve", args=[inspection.pk]), data)

    page = response.content.decode()
    assert response.status_code == 422
    for text in ["합친 글", "내 글", "남의 글", "어느 쪽을 남길지 골라 주세요."]:
        assert text in page


def test_a_collision_that_moved_on_again_is_shown_again(client, inspection, inspector):
    item = items_of(inspection)[0]
    theirs = AnswerFactory(inspection=inspection, item=item, choice="적정", opinion="남의 글")
    data = typed(item, theirs) | {f"a{item.pk}-pick": "mine", f"mine-a{item.pk}-opinion": "내 글"}
    data[f"mine-a{item.pk}-base"] = data[f"a{item.pk}-base"]
    Answer.objects.update(opinion="더 새로운 글", version=2)

    response = client.post(reverse("inspections:checklist_resolve", args=[inspection.pk]), data)

    assert response.status_code == 409
    assert "더 새로운 글" in response.content.decode()


def test_resolving_leads_back_to_the_checklist_after_a_sign_in(client, inspection, inspector):
    response = client.get(reverse("inspections:checklist_resolve", args=[inspection.pk]))

    assert response.url == reverse("inspections:checklist", args=[inspection.pk])


def sheet_with(**item):
    sheet = ChecklistFactory()
    item = ChecklistItemFactory(indicator=IndicatorFactory(checklist=sheet), **item)
    inspection = InspectionFactory(in_progress=True, part__checklist=publish(sheet))
    return inspection, item


@pytest.mark.parametrize(
    ("written", "number"),
    [("1,234.5", "1234.5"), ("\uff18", "8"), ("8 %", "8"), ("△3", "-3"), ("-0.5", "-0.5"), ("10.000", "10")],
)
def test_a_figure_is_taken_as_people_write_it(client, written, number):
    inspection, item = sheet_with(answer_type="number", unit="%")
    client.force_login(UserFactory(department=inspection.department))

    client.post(address(inspection), typed(item, number=written))

    assert Answer.objects.get().number == Decimal(number)


@pytest.mark.parametrize("written", ["약 8", "1,23", "8..5", "1e9", "1 000,5", "NaN", "9" * 31])
def test_what_is_no_figure_is_told_and_kept(client, written):
    inspection, item = sheet_with(answer_type="number", unit="%")
    client.force_login(UserFactory(department=inspection.department))

    response = client.post(address(inspection), typed(item, number=written, opinion="적던 의견"))

    page = response.content.decode()
    assert response.status_code == 422
    assert "숫자로 적어 주세요. 예: 1,234.5" in page
    assert written in page
    assert "적던 의견" in page
    assert f'href="#item-{item.pk}"' in page
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("shape", "fields", "said"),
    [
        ({}, {"is_not_applicable": "on"}, "해당사항이 없는 까닭을 적어 주세요."),
        (
            {},
            {"is_not_applicable": "on", "choice": "적정", "not_applicable_reason": "x"},
            "함께 둘 수 없습니다",
        ),
        ({"note_rule": "on_fail"}, {"choice": "부적정"}, "의견을 적어야 하는 항목입니다."),
        ({"score": True}, {"number": "10.5"}, "0점에서 10점 사이"),
        ({}, {"choice": "<script>"}, "선택지에 있는 답"),
        ({}, {"opinion": "글" * 10_001}, "10000"),
        ({}, {"opinion": "글\x00"}, "null 문자는"),
    ],
)
def test_every_refused_line_says_why_in_korean(client, shape, fields, said):
    inspection, item = sheet_with(**shape)
    client.force_login(UserFactory(department=inspection.department))

    response = client.post(address(inspection), typed(item, **fields))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Answer.objects.exists()


def test_one_faulty_line_loses_nothing_of_the_others(client, inspection, inspector):
    first, second = items_of(inspection)[:2]

    response = client.post(
        address(inspection),
        typed(first, choice="적정", opinion="잘 적은 글") | typed(second, is_not_applicable="on"),
    )

    page = response.content.decode()
    assert "잘 적은 글" in page
    assert not Answer.objects.exists()


def test_a_save_that_comes_after_completion_keeps_what_was_typed(client, inspection, inspector):
    item = items_of(inspection)[0]
    Inspection.objects.filter(pk=inspection.pk).update(
        status="done", completed_at="2020-12-30T05:00Z", completed_by=inspector
    )

    response = client.post(address(inspection), typed(item, opinion="늦게 적은 글"))

    assert response.status_code == 409
    assert "늦게 적은 글" in response.content.decode()


def test_the_indicator_can_be_exempted_and_taken_back(client, inspection, inspector):
    indicator = indicators_of(inspection)[0]
    place = [inspection.pk, indicator.pk]

    client.post(reverse("inspections:exempt", args=place), {"reason": "시설이 없음"})
    page = client.get(address(inspection)).content.decode()
    assert "이 지표는 해당사항이 없습니다." in page
    assert "data-line=" not in page

    client.post(reverse("inspections:unexempt", args=place))
    assert not inspection.exemptions.exists()


def test_an_exemption_without_reason_is_told(client, inspection, inspector):
    place = [inspection.pk, indicators_of(inspection)[0].pk]

    response = client.post(reverse("inspections:exempt", args=place), {"reason": " "}, follow=True)

    assert "해당사항 없음에는 사유를 적어 주세요." in response.content.decode()


@pytest.mark.parametrize("state", ["done", "excluded"])
def test_a_closed_inspection_is_only_read(client, state):
    inspection = InspectionFactory(**{state: True})
    client.force_login(UserFactory(department=inspection.department))

    page = client.get(address(inspection)).content.decode()

    assert "data-checklist" not in page
    assert "미응답" in page


def test_a_viewer_reads(client, inspection):
    client.force_login(UserFactory(viewer=True))

    page = client.get(address(inspection)).content.decode()

    assert "data-checklist" not in page


def test_an_inspection_without_a_sheet_says_what_to_do(client):
    inspection = InspectionFactory(in_progress=True, part__checklist=None)
    client.force_login(UserFactory(department=inspection.department))

    response = client.get(reverse("inspections:checklist", args=[inspection.pk]))

    assert "점검표 없이 하는 점검입니다" in response.content.decode()


PAGES = ["checklist", "checklist_resolve", "answer_save"]
OF_INDICATOR = ["indicator", "exempt", "unexempt"]


def every_address(inspection):
    indicator = indicators_of(inspection)[0]
    yield from (reverse(f"inspections:{name}", args=[inspection.pk]) for name in PAGES)
    yield from (reverse(f"inspections:{name}", args=[inspection.pk, indicator.pk]) for name in OF_INDICATOR)


def test_a_stranger_is_asked_to_sign_in(client, inspection):
    for url in every_address(inspection):
        assert reverse("account_login") in client.post(url).headers["Location"]


def test_people_of_other_offices_and_contractors_find_nothing(client, inspection):
    for user in [UserFactory(), UserFactory(contractor=True)]:
        client.force_login(user)
        for url in every_address(inspection):
            assert client.post(url).status_code == 404


def test_a_reader_may_not_save(client, inspection):
    client.force_login(UserFactory(viewer=True))
    place = [inspection.pk, indicators_of(inspection)[0].pk]

    assert client.post(address(inspection), typed(items_of(inspection)[0], choice="적정")).status_code == 403
    assert client.post(reverse("inspections:exempt", args=place), {"reason": "x"}).status_code == 403


def test_exempting_takes_a_post(client, inspection, inspector):
    place = [inspection.pk, indicators_of(inspection)[0].pk]
    for name in ["exempt", "unexempt"]:
        assert client.get(reverse(f"inspections:{name}", args=place)).status_code == 405


def test_an_indicator_of_another_sheet_is_not_found(client, inspection, inspector):
    assert client.get(address(inspection, IndicatorFactory())).status_code == 404


@pytest.mark.parametrize("items", [1, 3, 40])
def test_the_page_takes_as_many_queries_for_forty_items_as_for_one(client, django_assert_num_queries, items):
    sheet = published_checklist(indicators=2, items=items)
    last = InspectionFactory(in_progress=True, part__checklist=published_checklist(indicators=2, items=items))
    inspection = InspectionFactory(in_progress=True, part__checklist=sheet, previous=last)
    for item in items_of(last):
        AnswerFactory(inspection=last, item=item)
        FindingFactory(inspection=last, indicator=item.indicator)
        AnswerFactory(inspection=inspection, item=items_of(inspection)[items_of(last).index(item)])
    IndicatorExemptionFactory(inspection=inspection, indicator=indicators_of(inspection)[1])
    client.force_login(UserFactory(department=inspection.department))
    client.get(address(inspection))

    # session (read, touched), user with office, inspection, indicators, their progress, items with answers,
    # files, what was found before, last answers, last findings, last actions
    with django_assert_num_queries(13):
        client.get(address(inspection))


def test_only_the_checklist_opens_the_camera(client, inspection, inspector):
    on_checklist = client.get(address(inspection) + "?all=1").headers["Permissions-Policy"]
    elsewhere = client.get(reverse("inspections:detail", args=[inspection.pk])).headers["Permissions-Policy"]

    assert ("camera=(self)" in on_checklist, "microphone=()" in on_checklist) == (True, True)
    assert "camera=()" in elsewhere
