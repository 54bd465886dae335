"""The pages of the results: who may open them, what they answer to a script and to a plain form."""

import uuid

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections.models import Finding
from inspections.tests.factories import ActionFactory, FindingFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def line():
    return FindingFactory()


@pytest.fixture
def inspector(line, client):
    user = UserFactory(department=line.inspection.department)
    client.force_login(user)
    return user


def url(name, line):
    return reverse(f"inspections:{name}", args=[line.inspection_id, line.pk])


def page(line):
    return reverse("inspections:findings", args=[line.inspection_id])


def test_a_stranger_does_not_learn_that_the_page_exists(client, line):
    client.force_login(UserFactory())

    assert client.get(page(line)).status_code == 404
    assert client.post(url("line_save", line), {"text": "x", "level": 1, "version": 1}).status_code == 404


@pytest.mark.parametrize("name", ["line_save", "line_move", "line_delete", "line_restore", "line_detail"])
def test_a_reader_may_look_but_not_write(client, line, name):
    client.force_login(UserFactory(viewer=True, department=line.inspection.department))

    assert client.get(page(line)).status_code == 200
    assert client.post(url(name, line), {}).status_code == 403


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_lines_as_for_one(
    client, line, inspector, lines, django_assert_num_queries
):
    for _ in range(lines - 1):
        FindingFactory(inspection=line.inspection, text=line.text)
    ActionFactory(inspection=line.inspection).findings.add(line)

    # session, user, inspection, indicators, exemptions, lines, their actions and items, what was found
    # before, actions, their lines, types
    with django_assert_num_queries(12):
        response = client.get(page(line))

    # once a line, once in the action's row
    assert response.content.decode().count(line.text) == lines + 1


def test_a_line_is_added_by_script_with_the_id_it_chose(client, line, inspector):
    line_id = uuid.uuid4()
    data = {"id": line_id, "section": "overall", "after": "", "text": "총평", "level": 1}

    response = client.post(
        reverse("inspections:line_create", args=[line.inspection_id]), data, headers=SCRIPT
    )

    assert response.status_code == 201
    assert response.json() == {
        "id": str(line_id),
        "version": 1,
        "text": "총평",
        "level": 1,
        "kind": "",
        "finding_type": "",
    }


def test_a_line_is_added_by_a_plain_form(client, line, inspector):
    data = {"section": "overall", "after": "", "text": "총평", "level": 1}

    response = client.post(reverse("inspections:line_create", args=[line.inspection_id]), data)

    added = Finding.objects.get(section="overall")
    assert response.url == f"{page(line)}#line-{added.pk}"


def test_a_stale_save_by_script_shows_what_stands_there(client, line, inspector):
    Finding.objects.filter(pk=line.pk).update(text="상대의 글", version=2)

    response = client.post(
        url("line_save", line), {"text": "내 글", "level": 1, "version": 1}, headers=SCRIPT
    )

    assert response.status_code == 409
    assert response.json()["current"] == {
        "id": str(line.pk), "version": 2, "text": "상대의 글", "level": 1, "kind": "good",
        "finding_type": "",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["line_save", "line_detail"])
def test_a_stale_save_by_a_plain_form_shows_both_texts_and_the_next_one_is_taken(
    client, line, inspector, name
):
    Finding.objects.filter(pk=line.pk).update(text="상대의 글", version=2)

    response = client.post(url(name, line), {"text": "내 글", "level": 1, "version": 1})
    text = response.content.decode()

    assert response.status_code == 409
    assert "상대의 글" in text
    assert "내 글" in text
    assert 'name="version" value="2"' in text


def test_the_detail_page_keeps_what_was_typed_when_something_is_wrong(client, line, inspector):
    data = {"text": "내 글", "level": 1, "version": 1, "measured": "많음", "origin_ground": "노동컨설팅"}

    response = client.post(url("line_detail", line), data)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "measured": ["숫자를 입력하세요."],
        "origin_body": ["근거를 적었으면 어느 기관·부서의 지적인지 적어 주세요."],
    }
    assert "많음" in response.content.decode()


def test_the_detail_page_stores_what_is_known_of_a_line(client, line, inspector):
    data = {
        "text": "만족도 조사",
        "level": 2,
        "kind": "improve",
        "version": 1,
        "measured": "8",
        "standard": "10",
        "unit": "%",
        "completed_on": "2020-12-09",
        "origin_body": "노동정책담당관",
        "origin_ground": "노동컨설팅",
    }

    client.post(url("line_detail", line), data)

    line.refresh_from_db()
    assert (line.measured, line.standard, line.unit, str(line.completed_on)) == (8, 10, "%", "2020-12-09")
    assert (line.origin_body, line.origin_ground, line.version) == ("노동정책담당관", "노동컨설팅", 2)


@pytest.mark.parametrize(
    "data", [{}, {"text": "x", "level": "x", "version": 1}, {"text": "x", "level": 9, "version": 1}]
)
def test_malformed_input_by_script_is_named_in_korean(client, line, inspector, data):
    response = client.post(url("line_save", line), data, headers=SCRIPT)

    assert response.status_code == 422
    assert all("가" <= char <= "힣" for error in response.json()["errors"].values() for char in error[0][:1])


def test_delete_and_restore_by_script(client, line, inspector):
    assert client.post(url("line_delete", line), {"version": 1}, headers=SCRIPT).status_code == 200
    assert not Finding.objects.exists()

    assert client.post(url("line_restore", line), headers=SCRIPT).json()["text"] == line.text


def test_nothing_is_offered_for_change_when_the_inspection_is_done(client, line, inspector):
    type(line.inspection).objects.filter(pk=line.inspection_id).update(
        status="done", completed_at=line.inspection.part.period.created_at, completed_by=inspector
    )

    text = client.get(page(line)).content.decode()
    response = client.post(url("line_save", line), {"text": "x", "level": 1, "version": 1}, headers=SCRIPT)

    assert "<textarea" not in text
    assert line.text in text
    assert response.status_code == 409
    assert "고칠 수 없습니다" in response.json()["message"]


@pytest.mark.parametrize("name", ["line_save", "line_move", "line_delete", "line_restore"])
def test_a_line_is_not_changed_by_looking(client, line, inspector, name):
    assert client.get(url(name, line)).status_code == 405


def test_an_action_is_made_from_a_line_and_followed_up(client, line, inspector):
    create = reverse("inspections:action_create", args=[line.inspection_id])
    data = {"text": "나라장터 이용", "owner": "contractor", "findings": [line.pk]}

    assert client.post(create, data).status_code == 302

    action = line.actions.get()
    assert action.text == "나라장터 이용"
    assert action.text in client.get(page(line)).content.decode()


def test_a_wrong_action_keeps_what_was_typed(client, line, inspector):
    create = reverse("inspections:action_create", args=[line.inspection_id])

    response = client.post(create, {"text": "칸막이 공사", "owner": "other", "due_on": "내일"})

    assert response.status_code == 422
    assert response.context["form"].errors["department"] == ["다른 부서가 할 일이면 그 부서를 골라 주세요."]
    assert "due_on" in response.context["form"].errors
    assert "칸막이 공사" in response.content.decode()
