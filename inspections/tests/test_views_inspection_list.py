import datetime as dt

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory
from inspections.tests.factories import InspectionFactory, TeamMemberFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(client):
    user = UserFactory()
    client.force_login(user)
    return user


def get(client, **query):
    return client.get(reverse("inspections:list"), query)


def shown(response):
    return [row[1] for row in response.context["rows"]]


def an_inspection(inspector, **kwargs):
    return InspectionFactory(department=inspector.department, **kwargs)


def test_strangers_are_sent_to_sign_in(client):
    assert get(client).url.startswith(reverse("account_login"))


def test_a_contractor_finds_no_list(client):
    client.force_login(UserFactory(contractor=True))

    assert get(client).status_code == 404


def test_one_sees_ones_own_office_and_where_one_goes_along(client, inspector):
    own = an_inspection(inspector)
    along = TeamMemberFactory(user=inspector).inspection
    InspectionFactory()

    assert shown(get(client)) == [str(along.subject), str(own.subject)]


@pytest.mark.parametrize("role", ["viewer", "superintendent"])
def test_readers_see_the_whole_city(client, role):
    InspectionFactory()
    client.force_login(UserFactory(**{role: True}))

    assert len(shown(get(client))) == 1


def test_a_row_says_what_where_and_when(client, inspector):
    agreement = AgreementFactory()
    inspection = an_inspection(inspector, subject=agreement.subject, agreement=agreement, in_progress=True)
    VisitFactory(inspection=inspection, starts_on=dt.date(2020, 12, 30))
    VisitFactory(inspection=inspection, starts_on=dt.date(2020, 12, 31), withdrawn=True)

    assert get(client).context["rows"] == [
        (
            reverse("inspections:detail", args=[inspection.pk]),
            str(agreement.subject),
            str(agreement.contractor),
            inspection.part.period.title,
            str(inspector.department),
            "in_progress",
            "점검 중",
            "2020. 12. 30.",
        )
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, inspector, rows, django_assert_num_queries):
    for _ in range(rows):
        VisitFactory(inspection=an_inspection(inspector))

    # session, user with office, inspections, offices and years of the filter
    with django_assert_num_queries(5):
        response = get(client)

    assert len(shown(response)) == rows


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"status": "excluded"}, {"excluded": True}),
        ({"year": "2019"}, {"part__period__year": 2019}),
        ({"text": "공원"}, {"subject__name": "서울의 공원 운영"}),
    ],
)
def test_the_list_is_narrowed(client, inspector, query, wanted):
    an_inspection(inspector)
    inspection = an_inspection(inspector, **wanted)

    if "year" in query:
        an_inspection(inspector, part__period__year=2020)

    assert shown(get(client, **query)) == [str(inspection.subject)]


def test_the_list_is_narrowed_by_contractor_and_by_oneself(client, inspector):
    agreement = AgreementFactory(contractor__name="(사)한국살핌연맹")
    inspection = an_inspection(inspector, subject=agreement.subject, agreement=agreement)
    TeamMemberFactory(inspection=inspection, user=inspector)
    an_inspection(inspector)

    assert shown(get(client, text="살핌연맹")) == shown(get(client, mine="on")) == [str(inspection.subject)]


def test_the_next_page_goes_on_where_this_one_ends(client, inspector):
    inspections = [an_inspection(inspector) for _ in range(51)]

    first = get(client, status="planned")
    second = client.get(reverse("inspections:list") + first.context["next_url"])

    assert len(shown(first)) == 50
    assert shown(second) == [str(inspections[0].subject)]
    assert second.context["first_url"] == "?status=planned"


def test_nonsense_in_the_address_is_ignored(client, inspector):
    an_inspection(inspector)

    assert len(shown(get(client, after="x", department="y"))) == 1


def test_an_empty_list_says_what_to_do(client, inspector):
    assert "아직 점검이 없습니다." in get(client).content.decode()
    assert "조건에 맞는 점검이 없습니다." in get(client, text="없는 것").content.decode()


def test_a_name_is_never_read_as_html(client, inspector):
    an_inspection(inspector, subject__name="<b>굵게</b>")

    assert "&lt;b&gt;굵게" in get(client).content.decode()
