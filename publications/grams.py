"""Pairs of neighbouring letters: how a two-syllable Korean word is found by an index.

Trigram indexes find nothing for words of two syllables, of which Korean queries are made. The pairs are made
here and not by the database, so that they are the same everywhere, and every hit is compared with the text.
"""

import re
import unicodedata
from itertools import pairwise

from django.db import models

BLANKS = re.compile("[\\s\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff]+")


def plain(text):
    """What is compared: composed Hangul, small letters, no blanks. 지도 점검 and 지도점검 are one."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def grams(text):
    """The pairs of a `plain` text, each as a signed number of 32 bits, once and in order."""
    return sorted({_signed((ord(a) & 0xFFFF) << 16 | ord(b) & 0xFFFF) for a, b in pairwise(text)})


def _signed(number):
    return number - 2**32 if number >= 2**31 else number


class Derived:
    """The attribute of the field: always made of the other column, whoever saves the row and how."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        return self if instance is None else grams(getattr(instance, self.field.of))

    def __set__(self, instance, value):
        """What the database held is not needed."""


class GramsField(models.Field):
    """The pairs of another column, int4[] on PostgreSQL. SQLite, which reads through, keeps it empty."""

    descriptor_class = Derived

    def __init__(self, *args, of, **kwargs):
        super().__init__(*args, **kwargs)
        self.of = of

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def db_type(self, connection):
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value, connection, prepared=False):
        return value if connection.vendor == "postgresql" else ""

    def value_to_string(self, obj):
        return ""


@GramsField.register_lookup
class Holds(models.Lookup):
    """All of these pairs: `grams__holds=[…]`. Without an index of pairs every row may hold them."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @> %s::integer[]", [*params, self.rhs]

    def as_sql(self, compiler, connection):
        return "1 = 1", []
