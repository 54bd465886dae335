"""Numbers in addresses, no longer than the database can hold: a longer one is no address of ours."""

from django.urls.converters import IntConverter


class Key(IntConverter):
    regex = "[0-9]{1,18}"


class Order(IntConverter):
    regex = "[0-9]{1,9}"
