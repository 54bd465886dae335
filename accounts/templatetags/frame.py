"""Parts of the frame that are the same on every page: made once in a process, not two milliseconds a page."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import get_urlconf

register = template.Library()


@register.simple_tag
def once(name):
    """The template `name`, which must need nothing of the page."""
    return _made(name, get_urlconf())


@register.simple_tag
def icon(name, size=""):
    """The same as components/icon.html, for places that stand on every page or in every row."""
    return _drawn(name, f"icon-{size}" if size else "")


@lru_cache(maxsize=64)
def _made(name, urlconf):
    return render_to_string(name)


@lru_cache(maxsize=256)
def _drawn(name, css_class):
    return render_to_string("components/icon.html", {"name": name, "class": css_class})
