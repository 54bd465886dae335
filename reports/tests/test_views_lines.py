import uuid

import pytest
from django.urls import reverse

from reports import assembling, tree
from reports.models import Block
from reports.tests.factories import BlockFactory, Office, draft, sent

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office, client):
    client.force_login(office.drafter)
    return draft(office)


@pytest.fixture
def block(document):
    return document.blocks.last()


def post(client, document, name, *args, script=True, **fields):
    address = reverse(f"reports:{name}", args=[document.pk, *args])
    return client.post(address, fields, headers=FETCH if script else {})


def line(**changes):
    return {"text": "고친 글", "level": "4", "depth": "2", "kind": "line", "version": "1"} | changes


def test_line_is_made_with_the_id_of_the_client(client, document):
    fresh = uuid.uuid4()

    response = post(
        client, document, "line_create", id=fresh, after=document.blocks.first().pk, text="□ 새 줄", level=1
    )

    assert response.status_code == 201
    assert (response.json()["id"], response.json()["version"]) == (str(fresh), 1)


def test_line_is_saved_alone(client, document, block):
    response = post(client, document, "line_save", block.pk, **line())

    assert response.json() | {"id": ""} == {
        "id": "", "text": "고친 글", "level": 4, "depth": 2, "kind": "line", "version": 2,
        "is_removed": False,
    }  # fmt: skip


def test_late_save_is_answered_with_what_stands_there(client, document, block):
    post(client, document, "line_save", block.pk, **line(text="먼저"))

    response = post(client, document, "line_save", block.pk, **line(text="나중"))

    assert response.status_code == 409
    assert response.json()["current"]["text"] == "먼저"


def test_late_save_of_a_plain_form_shows_both_texts(client, document, block):
    post(client, document, "line_save", block.pk, **line(text="먼저 적은 글"))

    response = post(client, document, "line_save", block.pk, script=False, **line(text="나중에 적은 글"))

    assert response.status_code == 409
    text = response.content.decode()
    assert "먼저 적은 글" in text
    assert "나중에 적은 글" in text


def test_plain_form_comes_back_to_its_line(client, document, block):
    response = post(client, document, "line_save", block.pk, script=False, **line())

    assert response.url == f"{reverse('reports:document', args=[document.pk])}#line-{block.pk}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "9"},
        {"level": ""},
        {"depth": "-1"},
        {"kind": "x"},
        {"version": ""},
        {"version": "x"},
        {"text": "가" * 4001},
    ],
)
def test_wrong_line_is_refused_and_not_saved(client, document, block, wrong):
    response = post(client, document, "line_save", block.pk, **line(**wrong))

    assert response.status_code == 422
    assert response.json()["errors"]
    assert Block.objects.get(pk=block.pk).version == 1


def test_wrong_line_of_a_plain_form_keeps_what_was_typed(client, document, block):
    response = post(
        client, document, "line_save", block.pk, script=False, **line(level="9", text="적어 둔 글")
    )

    assert response.status_code == 422
    assert "적어 둔 글" in response.content.decode()


def test_line_moves_is_deleted_and_comes_back(client, document, block):
    assert post(client, document, "line_move", block.pk, version=1, after="").json()["version"] == 2
    assert document.blocks.first() == block
    assert post(client, document, "line_delete", block.pk, version=2).json()["is_removed"]
    assert not post(client, document, "line_restore", block.pk).json()["is_removed"]


def test_line_of_another_paper_is_not_there(client, office, document):
    other = draft(office).blocks.first()

    assert post(client, document, "line_save", other.pk, **line()).status_code == 404


def test_line_behind_one_of_another_paper_is_refused(client, office, document):
    other = draft(office).blocks.first()

    assert post(client, document, "line_create", after=other.pk, text="x").status_code == 422


def test_colleague_is_told_that_only_the_drafter_writes(client, office, document, block):
    client.force_login(office.colleague)

    response = post(client, document, "line_save", block.pk, **line())

    assert response.status_code == 403
    assert "기안자만" in response.json()["message"]


def test_line_of_a_paper_that_was_sent_is_refused_with_a_reason(client, office, document, block):
    sent(office, document=document)

    response = post(client, document, "line_save", block.pk, **line())

    assert response.status_code == 409
    assert "고칠 수 없습니다" in response.json()["message"]


# Tables and pictures --------------------------------------------------------------------------------------


def table(**changes):
    return {"caption": "총괄", "unit": "건", "rows": "구분\t건수\n적정\t3\n\n부적정"} | changes


def test_table_is_pasted_from_a_spreadsheet(client, document):
    response = client.post(reverse("reports:table_create", args=[document.pk]), table())

    assert response.status_code == 302
    block = document.blocks.get(kind="table")
    assert block.payload["rows"] == [["구분", "건수"], ["적정", "3"], ["부적정", ""]]


@pytest.mark.parametrize(
    "rows", ["", "머리글만", "\t\n\t", '"열린 따옴표\t1\n2', "\t".join("가" * 13) + "\n나"]
)
def test_wrong_table_is_refused_and_stays_typed(client, document, rows):
    response = client.post(reverse("reports:table_create", args=[document.pk]), table(rows=rows))

    assert response.status_code == 422
    assert response.context["form"]["rows"].value() == rows


def test_table_is_changed_on_its_version(client, document):
    block = BlockFactory(document=document, kind="table", payload={"rows": [["가"], ["나"]]}, runs=[])
    address = reverse("reports:table_edit", args=[document.pk, block.pk])
    assert "가\n나" in client.get(address).content.decode()

    assert client.post(address, table(version=1)).status_code == 302
    response = client.post(address, table(version=1, rows="다\n라"))

    assert response.status_code == 409
    assert "구분\t건수" in response.content.decode()
    assert Block.objects.get(pk=block.pk).payload["caption"] == "총괄"


def test_the_shape_of_a_table_is_asked_for_and_comes_back_to_the_form(client, document):
    rows = "분야\t점검결과\t\n\t적정\t부적정\n회계\t3\t0\n고용\t4\t1"
    shape = {"heads": "2", "total": "on", "dash": "on", "widths": "40, 30 30"}

    client.post(reverse("reports:table_create", args=[document.pk]), table(rows=rows, **shape))

    block = document.blocks.get(kind="table")
    assert {name: block.payload[name] for name in ("heads", "total", "dash", "widths")} == {
        "heads": 2, "total": True, "dash": True, "widths": [40, 30, 30],
    }  # fmt: skip
    form = client.get(reverse("reports:table_edit", args=[document.pk, block.pk])).context["form"]
    assert (form["heads"].value(), form["widths"].value()) == (2, "40 30 30")
    preview = client.get(reverse("reports:preview", args=[document.pk])).content.decode()
    assert 'colspan="2"' in preview
    assert '<td class="right">7</td>' in preview


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"widths": "10 x"}, "사이의 수"),
        ({"widths": "10 20 30 40 50"}, "너비도 그만큼"),
        ({"heads": "3", "rows": "가\t나\n다\t라"}, "한 줄은 있어야"),
    ],
)
def test_a_shape_that_does_not_fit_is_refused_in_words(client, document, changes, message):
    response = client.post(reverse("reports:table_create", args=[document.pk]), table(**changes))

    assert response.status_code == 422
    assert message in response.content.decode()


def test_blank_rows_at_the_end_stay_and_are_told(client, document):
    rows = "\t\n연번\t기관\n1\t가온\n\t\n\t\n\n"
    post(client, document, "table_create", script=False, caption="명단", rows=rows, heads="1")

    block = document.blocks.get(kind="table")
    assert block.payload["rows"] == [["연번", "기관"], ["1", "가온"], ["", ""], ["", ""]]
    (*_, last) = [node for _, node in tree.walk(assembling.paper(document).body)]
    assert [[cell.text for cell in row] for row in last.table.rows] == [
        ["1", "가온"],
        ["이하 빈칸"],
        ["", ""],
    ]
