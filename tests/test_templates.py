"""What every template keeps to, so that the content security policy never has to be loosened."""

import re
from functools import cache
from pathlib import Path

import django
import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
# Django itself asks for these by name; the form pack is asked for by a name put together at run time.
ASKED_FOR_BY_OTHERS = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
ASKED_FOR_IN_FOLDERS = (
    "krds/",
    "admin/",
    "account/",
    "mfa/",
    "usersessions/",
    "socialaccount/",
    "allauth/",
    "reports/paper/",
)
# A printed paper is a file of its own, with its style inside.
SELF_CONTAINED = ("reports/paper/",)
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/json|importmap)\")", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"(?:href|action|src)\s*=\s*[\"']?javascript:", re.I),
}


def names():
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@cache
def sources():
    files = [path for app in ROOT.iterdir() if (app / "__init__.py").exists() for path in app.rglob("*.py")]
    return "\n".join(
        path.read_text() for path in [*files, *TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]
    )


def overrides_that_of_a_package(name):
    packages = Path(django.__file__).parent.parent
    return any(packages.glob(f"*/templates/{name}")) or any(packages.glob(f"*/*/templates/{name}"))


@pytest.mark.parametrize("name", names())
def test_template_compiles_and_holds_no_inline_code(name):
    get_template(name)
    text = (TEMPLATES / name).read_text()

    found = [what for what, pattern in INLINE.items() if pattern.search(text)]

    if name.startswith(SELF_CONTAINED):
        found = [what for what in found if what != "style element"]
    assert found == []


def test_every_template_is_used():
    unused = [
        name
        for name in names()
        if name not in ASKED_FOR_BY_OTHERS
        and not name.startswith(ASKED_FOR_IN_FOLDERS)
        and f'"{name}"' not in sources()
        and not overrides_that_of_a_package(name)
    ]

    assert unused == []


@pytest.mark.parametrize("script", sorted((ROOT / "static/js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_name_what_they_import_where_the_hashed_names_are_put_in(script):
    """An `import()` keeps its plain name in production, where only the hashed one is there."""
    assert not re.search(r"\bimport\s*\(", script.read_text(encoding="utf-8"))
