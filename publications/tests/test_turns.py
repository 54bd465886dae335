"""Who changes the public tables waits for whoever else does: numbers of changes follow the commits."""

import pytest
from django.db import OperationalError, connection, transaction

from inspections.tests.threads import at_once
from publications.models import PublicChange, PublicFacet
from publications.tests.factories import DAY, published

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


def impatient():
    """Publish what is counted under nothing that the other is counted under, so that no row is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
        published(department="도서관", classification="문화", produced_on=DAY.replace(year=2019))


def test_a_change_waits_until_the_one_before_is_committed():
    with transaction.atomic():
        published()
        at_once(impatient)


def test_two_publications_at_once_are_both_counted():
    at_once(*[transaction.atomic(published)] * 4)

    assert PublicChange.objects.count() == 4
    assert PublicFacet.objects.get(kind="year").count == 4
