"""The floor: the least that a page costs in Django, behind a login or open. One table, no code of the project."""

import datetime as dt
import os
from urllib.parse import urlencode

import environ
from django.conf import settings

from bench.floor_templates import HEAD, LIST, TEMPLATES

ROWS = 10_000
# What an open page needs of the middleware; the rest is for those who sign in.
OPEN = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]

settings.configure(
    SECRET_KEY="the floor of a benchmark",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    TIME_ZONE="Asia/Seoul",
    LANGUAGE_CODE="ko-kr",
    DATABASES={"default": environ.Env.db_url_config(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": 600}},
    INSTALLED_APPS=[f"django.contrib.{name}" for name in ("contenttypes", "auth", "sessions", "messages")],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [("django.template.loaders.locmem.Loader", TEMPLATES)],
                    )
                ],
                "context_processors": [
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
)

import django

django.setup()

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines, loader
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from bench.measuring import FORM, Page


class Paper(models.Model):
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    changed_at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        app_label = "bench"
        db_table = "floor_paper"

    def __str__(self):
        return self.title


NOTE = "점검 결과 위탁금의 집행은 회계 관련 규정을 준수하여 적정하게 이루어졌음. " * 6


@login_required
def list_page(request):
    rows = Paper.objects.filter(state="결재 중").order_by("-pk")[:50]
    return HttpResponse(LIST_TEMPLATE.render({"rows": rows, "title": "목록"}, request))


@login_required
def save(request):
    with transaction.atomic():
        Paper.objects.filter(pk=request.POST["id"]).update(
            note=request.POST["note"], changed_at=timezone.now()
        )
    return HttpResponse(status=204)


def open_one(request):
    row = get_object_or_404(Paper, pk=request.GET["id"])
    return HttpResponse(loader.render_to_string("one", {"row": row}))


def open_list(request):
    rows = Paper.objects.order_by("-pk")[:50]
    return HttpResponse(loader.render_to_string("list", {"rows": rows}))


LIST_TEMPLATE = engines["django"].from_string(HEAD + LIST)
urlpatterns = [
    path("list", list_page),
    path("save", save),
    path("open/one", open_one),
    path("open/list", open_list),
]


def prepare():
    """Tables and rows in the floor's own schema, so that it shares the server with the project only."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    moment = dt.datetime(2020, 12, 30, tzinfo=dt.UTC)
    Paper.objects.bulk_create(
        Paper(title=f"2020년 지도·점검 결과보고 {n}", state="결재 중", changed_at=moment, note=NOTE)
        for n in range(ROWS)
    )
    return User.objects.create_user("floor")


def _open_client():
    """Requests that pass only through the middleware of OPEN; without a request no template asks for a user."""
    client = Client(SERVER_NAME="127.0.0.1")
    with override_settings(MIDDLEWARE=OPEN):
        client.handler.load_middleware()
    return client


def pages(client):
    anonymous = _open_client()
    return {
        "list": Page(lambda: client.get("/list"), shows={"<tr>": 50}),
        "save": Page(lambda: client.post("/save", urlencode({"id": 7, "note": "적정"}), FORM), status=204),
        "open one": Page(lambda: anonymous.get("/open/one", {"id": 8}), shows={"<h1>": 1, "적정하게": 6}),
        "open list": Page(lambda: anonymous.get("/open/list"), shows={"<tr>": 50}),
    }
