"""The forms of the site, read from its own pages: where they post to and what they would post."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from django.apps import apps
from django.db.models import CASCADE
from django.test import Client
from django.urls import reverse

from tests.access import objects
from tests.access.urls import all_urls
from tests.access.world import asker, signed_in, undone

FORM = "application/x-www-form-urlencoded"
TEXT_INPUTS = {"text", "search", "email", "hidden", "date", "time", "number", "password", "tel", "url"}
SOMETHING = {"date": "2026-11-20", "time": "14:00", "number": "1", "text": "적은 말"}
# Where those who sign and those who administer find forms that the inspector does not have.
OWN_PATHS = {"lead": "/reports/", "head": "/reports/", "superintendent": "/a"}
WRITTEN = {"textarea", "text", "search"}


@dataclass
class Form:
    path: str
    method: str
    role: str
    fields: list  # of (name, value), as a browser would send them
    written: set  # names of the fields that take free text
    offered: dict  # name: what somebody might choose or type where nothing stands yet

    @property
    def names(self):
        return list(dict.fromkeys(name for name, _ in self.fields))

    @property
    def key(self):
        return (self.role, self.path, self.method, *sorted(self.names))

    def filled(self):
        """As somebody posts it who leaves no field empty that offers something."""
        return [(name, value or self.offered.get(name, "")) for name, value in self.fields]

    def changed(self, **values):
        """What it posts with some fields changed; a list sends the field as often."""
        kept = [(name, value) for name, value in self.filled() if name not in values]
        return kept + [
            (name, each)
            for name, value in values.items()
            for each in (value if isinstance(value, list) else [value])
        ]


class _Reader(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.page, self.forms, self.apart = page, [], {}
        self.form = self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        act = getattr(self, f"_{tag}", None)
        if act:
            act(attrs)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.textarea:
            form, name, text = self.textarea
            form.fields.append((name, text.removeprefix("\n")))
            self.textarea = None
        elif tag == "select" and self.select:
            form, name, values = self.select
            form.fields.append((name, values[0] if values else ""))
            self.select = None

    def handle_data(self, data):
        if self.textarea:
            form, name, text = self.textarea
            self.textarea = (form, name, text + data)

    def _form(self, attrs):
        path = urlsplit(urljoin(self.page, attrs.get("action") or self.page))
        method = attrs.get("method", "get").upper()
        self.form = Form(path.path, method, "", [], set(), {})
        self.forms.append(self.form)
        if "id" in attrs:
            self.apart[attrs["id"]] = self.form

    def _owner(self, attrs):
        return self.apart.get(attrs["form"]) if "form" in attrs else self.form

    def _input(self, attrs):
        form, name, kind = self._owner(attrs), attrs.get("name"), attrs.get("type", "text")
        if form is None or not name or name == "csrfmiddlewaretoken":
            return
        if kind == "radio" and "checked" not in attrs and attrs.get("value"):
            form.offered.setdefault(name, attrs["value"])
        if kind in TEXT_INPUTS or "checked" in attrs:
            form.fields.append((name, attrs.get("value", "on" if "checked" in attrs else "")))
            form.offered.setdefault(name, SOMETHING.get(kind, ""))
        elif kind in {"checkbox", "radio", "file"} and name not in form.names:
            form.fields.append((name, ""))
        if kind in WRITTEN:
            form.written.add(name)

    def _textarea(self, attrs):
        form = self._owner(attrs)
        if form is not None and attrs.get("name"):
            form.written.add(attrs["name"])
            self.textarea = (form, attrs["name"], "")

    def _select(self, attrs):
        form = self._owner(attrs)
        if form is not None and attrs.get("name"):
            self.select = (form, attrs["name"], [])

    def _option(self, attrs):
        if self.select and ("selected" in attrs or not self.select[2]):
            self.select[2].insert(0, attrs.get("value", ""))
        if self.select and attrs.get("value"):
            self.select[0].offered.setdefault(self.select[1], attrs["value"])


def forms_of(html, page):
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms


class Site:
    """A world with one of everything, and who may open which page of it."""

    def __init__(self):
        self.world = objects.build()
        self.world.cookies = {role: signed_in(user) for role, user in self.world.users.items()}
        self.world.handler = Client(raise_request_exception=False).handler
        self.paths = {url.key: url.path(objects.values_for(url, self.world)) for url in all_urls()}
        self.paths["paper in approval"] = reverse("reports:document", args=[self.world.paper.pk])

    def ask(self, role, method, path, fields=(), keep=False, **headers):
        """One request of a role; what it changed is taken back."""
        browser = asker(self.world, role)
        if method == "GET":
            path, body = f"{path}?{urlencode(fields)}" if fields else path, ""
        else:
            body = urlencode([(name, _bytes(value)) for name, value in fields])
        if keep:
            return browser.generic(method, path, body, FORM, headers=headers)
        with undone():
            return browser.generic(method, path, body, FORM, headers=headers)

    def pages(self, role):
        """(path, html) of every page that a role opens and no role before it has shown."""
        for path in self.own_paths(role):
            response = self.ask(role, "GET", path)
            if response.status_code == 200 and "html" in response.get("Content-Type", ""):
                yield path, response.content.decode()

    def own_paths(self, role):
        beginning = OWN_PATHS.get(role, "/")
        paths = [path for path in dict.fromkeys(self.paths.values()) if path.startswith(beginning)]
        return paths if role == "superintendent" else [path for path in paths if path[:7] != "/admin/"]

    def forms(self, roles, method="POST"):
        found = {}
        for role in roles:
            for path, html in self.pages(role):
                for form in forms_of(html, path):
                    form.role = role
                    if form.method == method and form.path.startswith("/"):
                        found.setdefault(form.key, form)
        return list(found.values())


def _bytes(value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


VOLATILE = ("DateTimeField", "UUIDField", "JSONField")
TRACES = {
    "logentry",
    "session",
    "usersession",
    "event",
    "chainhead",
    "accessattempt",
    "accesslog",
    "accessfailurelog",
}


def everything():
    """What the tables hold, without moments and made-up keys, so that two runs of one act look the same."""
    return {model._meta.label: _rows(model) for model in apps.get_models() if _counts(model)}


def _counts(model):
    name = model._meta.model_name
    return name not in TRACES and not name.startswith("historical")


def _rows(model):
    names = [field.attname for field in model._meta.concrete_fields if _is_steady(field)]
    rows = model._default_manager.values_list(*names)
    return sorted(repr([_plain(value) for value in row]) for row in rows)


def _plain(value):
    # PostgreSQL hands out bytes as a memoryview, whose repr is an address.
    return bytes(value) if isinstance(value, memoryview) else value


def _is_steady(field):
    # PostgreSQL counts on where SQLite begins again: a new row and its parts have other numbers each time.
    if field.primary_key or (field.many_to_one and field.remote_field.on_delete is CASCADE):
        return False
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    return kind not in VOLATILE or field.name == "clauses"
