"""Every URL of the site, read from the resolver, so that a new one cannot be forgotten."""

from dataclasses import dataclass

from django.urls import URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Url:
    name: str
    kwargs: tuple

    @property
    def key(self):
        """`inspections:indicator pk indicator_pk`: as it stands in the first column of the matrix."""
        return " ".join([self.name, *self.kwargs])

    def path(self, values):
        return reverse(self.name, kwargs={name: values[name] for name in self.kwargs})


def all_urls():
    return list(dict.fromkeys(_walk(get_resolver(), "", ())))


def _walk(resolver, namespace, kwargs):
    for pattern in resolver.url_patterns:
        below = kwargs + tuple(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, below)
        elif pattern.name:
            yield Url(f"{namespace}{pattern.name}", below)
