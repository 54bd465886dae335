"""The floor: the least that a page behind a login costs in Django. One table, no code of the project."""

import datetime as dt
import os
from urllib.parse import urlencode

import environ
from django.conf import settings

ROWS = 10_000

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
                        [("django.template.loaders.locmem.Loader", {})],
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
from django.template import engines
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


HEAD = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<nav><a href="/list">목록</a> {{ user.username }} <form method="post" action="/out">{% csrf_token %}</form></nav>
{% for message in messages %}<p>{{ message }}</p>{% endfor %}<main>"""
LIST = """<table>{% for row in rows %}<tr><td>{{ row.pk }}</td><td><a href="/one?id={{ row.pk }}">{{ row.title }}</a></td>
<td>{{ row.state }}</td><td>{{ row.changed_at|date:"Y-m-d" }}</td></tr>{% endfor %}</table></main></body></html>"""


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


LIST_TEMPLATE = engines["django"].from_string(HEAD + LIST)
urlpatterns = [path("list", list_page), path("save", save)]


def prepare():
    """Tables and rows in the floor's own schema, so that it shares the server with the project only."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    moment = dt.datetime(2020, 12, 30, tzinfo=dt.UTC)
    Paper.objects.bulk_create(
        Paper(title=f"2020년 지도·점검 결과보고 {n}", state="결재 중", changed_at=moment) for n in range(ROWS)
    )
    return User.objects.create_user("floor")


def pages(client):
    return {
        "list": Page(lambda: client.get("/list"), shows={"<tr>": 50}),
        "save": Page(lambda: client.post("/save", urlencode({"id": 7, "note": "적정"}), FORM), status=204),
    }
