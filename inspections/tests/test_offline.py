import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections import offline
from inspections.tests.factories import EvidenceFactory, InspectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


def url(inspection):
    return reverse("inspections:prepared", args=[inspection.pk])


def test_an_open_inspection_tells_all_that_it_takes_along(client, inspection, inspector):
    photo = EvidenceFactory(inspection=inspection, thumbnail="shown/aa/aa")
    EvidenceFactory(inspection=inspection)
    indicator = inspection.checklist.indicators.get()

    found = client.get(url(inspection)).json()

    sheet = reverse("inspections:checklist", args=[inspection.pk])
    assert found["title"] == str(inspection.subject)
    assert found["pages"] == [
        reverse("inspections:detail", args=[inspection.pk]),
        sheet,
        f"{sheet}?all=1",
        reverse("inspections:indicator", args=[inspection.pk, indicator.pk]),
    ]
    assert found["pictures"] == [reverse("inspections:evidence_thumbnail", args=[photo.pk])]


def test_the_shell_is_all_that_a_page_of_the_checklist_asks_for():
    shell = offline.shell()

    for name in ["js/autosave.js", "css/checklist.css", "vendor/idb/index.js", "django_htmx/htmx-2.min.js"]:
        assert f"/static/{name}" in shell
    assert not [name for name in shell if finders.find(name.removeprefix("/static/")) is None]
    assert not [name for name in shell if "admin" in name or name.endswith(".ttf")]


@pytest.mark.parametrize("indicators", [1, 3])
def test_the_questions_to_the_database_do_not_grow(
    client, inspection, inspector, indicators, django_assert_num_queries
):
    client.get(url(inspection))  # session and caches
    EvidenceFactory.create_batch(indicators, inspection=inspection, thumbnail="shown/aa/aa")

    # session, user, inspection with its relations, indicators, pictures
    with django_assert_num_queries(5):
        client.get(url(inspection))


def test_only_an_open_inspection_of_ones_own_is_prepared(client, inspection, inspector):
    viewer = UserFactory(role="viewer")
    client.force_login(viewer)
    response = client.get(url(inspection))

    assert (response.status_code, "내 점검만" in response.json()["message"]) == (409, True)


def test_a_done_inspection_is_not_prepared(client):
    done = InspectionFactory(done=True)
    client.force_login(UserFactory(department=done.department))

    assert client.get(url(done)).status_code == 409


def test_the_service_worker_is_a_script_at_the_root(client):
    response = client.get("/sw.js")

    assert (response.status_code, response["Content-Type"]) == (200, "text/javascript")
    assert b'addEventListener("fetch"' in response.content
