"""The tests run under the office's settings; here they meet the site as config.public_settings makes it."""

import pytest

from config import public_settings
from public import facets
from public.views import document, documents

TAKEN_OVER = ("MIDDLEWARE", "ROOT_URLCONF", "TEMPLATES")
PLENTY = {
    "search": [(10_000, 60)],
    "download": [(10_000, 60), (100_000, 24 * 3600)],
    "data": [(10_000, 60)],
}


@pytest.fixture(autouse=True)
def public_site(settings):
    for name in TAKEN_OVER:
        setattr(settings, name, getattr(public_settings, name))
    settings.PUBLIC_LIMITS = PLENTY
    for kept in (facets._counted, document._drawn, documents._fields):
        kept.cache_clear()  # numbers of changes come again in another test
    return settings
