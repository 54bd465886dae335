"""What programs read: the list and its schema, a document and its schema, feeds, sitemap, catalogue."""

import datetime as dt
import json
from xml.etree import ElementTree

import pytest

from public.tests.schema_check import problems
from publications.tests.factories import DAY, MOMENT, corrected, published
from reports import tree
from reports.tree import ApprovalCell, Attachment, Cell, Header, Letter, Node, Paper, Photo, Run, Table

pytestmark = pytest.mark.django_db
LABELS = tuple("가나다라마")
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FACTS = {
    "title": "결과보고", "kind": "결과보고", "department": "총무과", "number": "총무과-1",
    "produced_on": "2021-01-14", "disclosure": "부분공개(6)", "retention": "10년",
}  # fmt: skip


def full_paper():
    """A tree in which every field that the public edition may hold is filled."""
    cell = Cell((Run("칸"),), head=True, colspan=2, rowspan=2, align="center", bar=50)
    table = Table("표", "천원", (30, 70), ((cell,),), ((Cell((Run("값"),)),),))
    approval = ApprovalCell("과장", "가나", DAY, "전결", "★")
    return Paper(
        title="결과보고",
        header=Header("총무과-1", DAY, "부분공개(6)", "방침-1", "시민", (approval,), (approval,), LABELS),
        form="letter", cover=True, contents=True, date_line="2021. 1.", office="총무과", department="총무국",
        lead=(Run("앞글"),), facts=(("기간", "하루"),), attachments=(Attachment("점검표", 2),),
        body=(
            Node("n1", "heading", 1, (Run("개요"),), (Node("n2", "line", 2, (Run("[비공개: 제6호]"),)),)),
            Node("n3", "table", table=table),
            Node("n4", "photo", photo=Photo("a" * 64, "현장", "사진 1", small=True)),
            *(Node(f"n-{kind}", kind, runs=(Run("글"),)) for kind in ("note", "box", "text")),
        ),
        letter=Letter("가나시", ("다온",), "경유", "가나시장", "omitted", "주소", "홈", "02", "03", "a@b"),
    )  # fmt: skip


def schema(client, name):
    response = client.get(f"/schema/{name}.json")
    assert response.headers["Content-Type"] == "application/schema+json"
    assert response.json()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    return response.json()


def told(paper):
    return {"$schema": "/schema/document.json", "document": FACTS, "paper": tree.to_plain(paper)}


def test_every_field_of_a_tree_is_in_the_schema(client):
    wanted = schema(client, "document")

    assert problems(told(full_paper()), wanted) == []
    assert problems(told(Paper("제목")), wanted) == []


def test_what_is_hidden_has_no_place_in_the_schema(client):
    wanted = schema(client, "document")
    hiding = [
        Paper("제목", lead=(Run("김가나", "6"),)),
        Paper("제목", hidden=(Run("김가나", "6"),)),
        Paper("제목", attachments=(Attachment("명단", 1, "6"),)),
        Paper("제목", body=(Node("n1", "photo", photo=Photo("a" * 64, "얼굴", clause="6")),)),
        Paper("제목", body=(Node("n1", "table", table=Table("명단", clause="6")),)),
    ]

    for paper in hiding:
        assert len(problems(told(paper), wanted)) == 1


@pytest.mark.parametrize("name", ["unknown", "title", "kind"])
def test_the_schema_of_a_document_is_strict(client, name):
    wrong = {**FACTS, name: 1}

    assert problems({"document": wrong, "paper": tree.to_plain(Paper("제목"))}, schema(client, "document"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_fits_its_schema_and_asks_three_times(client, django_assert_num_queries, rows):
    editions = [published() for _ in range(rows)]

    with django_assert_num_queries(3):  # the editions; the newest change; facets
        page = client.get("/api/documents.json").json()

    assert problems(page, schema(client, "documents")) == []
    assert [line["id"] for line in page["documents"]] == [edition.pk for edition in reversed(editions)]
    assert page["documents"][0]["url"] == f"http://testserver/documents/{editions[-1].pk}/"
    assert (page["count"], page["next"]) == (rows, None)


def test_the_list_is_read_to_its_end_by_its_own_links(client):
    for number in range(105):
        published(produced_on=DAY + dt.timedelta(days=number // 4), department="도서관")
    published(department="총무과")

    seen, address = [], "/api/documents.json?department=도서관"
    while address:
        page = client.get(address).json()
        seen += [line["id"] for line in page["documents"]]
        address = page["next"]

    assert len(seen) == len(set(seen)) == 105


@pytest.mark.parametrize("path", ["/api/documents.json", "/catalog.jsonld", "/schema/document.json"])
def test_pages_of_others_may_read_it(client, path):
    headers = client.get(path).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_atom_holds_the_newest_changes_of_all_or_of_a_department(client):
    older = published(title="먼저 & <공개>", department="도서관")
    published(title="나중", department="총무과")
    corrected(older, title="먼저 & <공개>", department="도서관")

    feed = ElementTree.fromstring(client.get("/feed.atom").content)  # noqa: S314
    titles = [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")]
    assert set(titles) == {"먼저 & <공개>", "나중"}
    assert feed.find(f"{ATOM}updated").text == MOMENT.isoformat()
    one = ElementTree.fromstring(client.get("/feed.atom", {"department": "도서관"}).content)  # noqa: S314
    [entry] = one.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/documents/{older.pk}/"


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss"])
def test_a_feed_holds_thirty_and_asks_once(client, django_assert_num_queries, path):
    for _ in range(31):
        published()

    with django_assert_num_queries(1):
        feed = ElementTree.fromstring(client.get(path).content)  # noqa: S314

    assert len([each for each in feed.iter() if each.tag in ("item", f"{ATOM}entry")]) == 30


def test_the_sitemap_names_every_document_in_sections(client, monkeypatch):
    monkeypatch.setattr("public.sitemaps.Documents.limit", 2)
    editions = [published() for _ in range(3)]

    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    sections = [each.text for each in index.iter(f"{MAP}loc")]
    assert [each.removeprefix("http://testserver/") for each in sections] == [
        "sitemap-pages.xml", "sitemap-documents.xml", "sitemap-documents.xml?p=2",
    ]  # fmt: skip
    named = []
    for section in sections:
        page = ElementTree.fromstring(client.get(section).content)  # noqa: S314
        named += [each.text for each in page.iter(f"{MAP}loc")]
    assert [f"http://testserver/documents/{edition.pk}/" in named for edition in editions] == [True] * 3
    assert "http://testserver/about/" in named


def test_the_catalogue_describes_all_and_each_year(client):
    published()
    published(produced_on=DAY.replace(year=2019))

    catalog = client.get("/catalog.jsonld").json()

    assert catalog["@type"] == "dcat:Catalog"
    titles = [each["dct:title"]["@value"] for each in catalog["dcat:dataset"]]
    assert titles == ["지도·점검 결과 공개본", "지도·점검 결과 공개본 2021년", "지도·점검 결과 공개본 2019년"]
    for dataset in catalog["dcat:dataset"]:
        for distribution in dataset["dcat:distribution"]:
            assert client.get(distribution["dcat:accessURL"]["@id"]).status_code == 200
            assert distribution["dct:license"]["@id"].startswith("https://creativecommons.org/")


def test_robots_are_led_to_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_the_text_of_a_document_is_handed_out_as_it_is_stored(client):
    data = json.dumps(told(full_paper()), ensure_ascii=False)
    edition = published(data=data)

    assert client.get(f"/documents/{edition.pk}/document.json").content.decode() == data
