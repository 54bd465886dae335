"""The pages of the wall: in Korean, and they work when little else does."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.template.loader import render_to_string
from django.urls import path, reverse

from accounts.tests.factories import UserFactory
from config.urls import handler400  # noqa: F401 - asked for by name on this site, too
from config.urls import urlpatterns as site

ERRORS = {
    "denied": PermissionDenied("결재선에 있는 사람만 볼 수 있습니다."),
    "odd": SuspiciousOperation("no text for a user"),
    "big": RequestDataTooBig("no text for a user"),
    "bug": RuntimeError("no text for a user"),
}


def fails(request, name):
    raise ERRORS[name]


urlpatterns = [path("fails/<name>/", fails), *site]


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        ("denied", 403, "결재선에 있는 사람만 볼 수 있습니다."),
        ("odd", 400, "요청을 알아듣지 못했습니다"),
        ("big", 413, "보낸 것이 너무 큽니다"),
        ("bug", 500, "처리하지 못했습니다"),
    ],
)
@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_error_is_told_in_korean_and_nothing_else(client, name, status, text):
    client.raise_request_exception = False
    client.force_login(UserFactory())

    response = client.get(f"/fails/{name}/")

    assert response.status_code == status
    assert text in response.content.decode()
    assert "no text for a user" not in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "409", "413", "429", "500", "507"])
def test_error_page_needs_no_request(name):
    assert "<h1>" in render_to_string(f"{name}.html")


def test_conflict_shows_both_texts_escaped():
    page = render_to_string("409.html", {"mine": "내 <b>글", "theirs": "남의 글", "back_url": "/x/"})

    assert "내 &lt;b&gt;글" in page
    assert "남의 글" in page
    assert 'href="/x/"' in page


@pytest.mark.django_db
def test_an_action_opened_as_an_address_is_told_in_korean(client):
    client.force_login(UserFactory())

    response = client.get(reverse("inspections:period_more_parts"))

    assert response.status_code == 405
    assert "바로 열 수 없는 주소입니다" in response.content.decode()
