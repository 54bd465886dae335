"""Parts of the frame that are the same on every page: made once in a process, not two milliseconds a page."""

from dataclasses import dataclass, field
from functools import lru_cache

from django import template
from django.forms import Form
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


@dataclass(frozen=True)
class Filter:
    """The form above a list. What `face` says is all that its fields are made of."""

    face: tuple
    form: Form = field(compare=False)


@register.simple_tag
def filter_fields(form):
    """The fields of a filter: they look the same for everybody who has not searched yet."""
    return _filled(Filter(tuple(_face_of(bound) for bound in form), form))


def _face_of(bound):
    widget, choices = bound.field.widget, ()
    if hasattr(widget, "choices"):
        choices = widget.choices = tuple(iter(widget.choices))  # asks the database once, and not how many
    attrs = tuple(sorted(widget.attrs.items()))
    value = str(bound.value() or "")
    return bound.html_name, bound.label, type(widget), attrs, choices, value, tuple(bound.errors)


@lru_cache(maxsize=64)
def _filled(shown):
    return render_to_string("components/filter_fields.html", {"form": shown.form})


@lru_cache(maxsize=64)
def _made(name, urlconf):
    return render_to_string(name)


@lru_cache(maxsize=256)
def _drawn(name, css_class):
    return render_to_string("components/icon.html", {"name": name, "class": css_class})
