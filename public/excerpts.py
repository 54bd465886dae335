"""The words of a search marked where they stand in the text. Blanks do not count, as in search."""

import re
import unicodedata
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, mark_safe

from publications.grams import BLANKS

BEFORE, AFTER = 60, 140  # letters around the first hit


def excerpt(text, terms):
    """A stretch of the text around the first hit; its beginning where nothing is found."""
    text = unicodedata.normalize("NFC", text)
    pattern = _pattern(tuple(terms))
    hit = pattern.search(text) if pattern else None
    start = _word_after(text, hit.start()) if hit else 0
    end = max(hit.end() if hit else 0, start) + AFTER
    shown = " ".join(text[start:end].split())
    return format_html("{}{}{}", "… " if start else "", marked(shown, terms), " …" if end < len(text) else "")


def _word_after(text, hit):
    """Where the stretch before a hit begins: with a whole word if there is one."""
    start = hit - BEFORE
    return 0 if start <= 0 else text.find(" ", start, hit) + 1 or start


def marked(text, terms):
    """The text as HTML, each hit within <mark>."""
    pattern = _pattern(tuple(terms))
    if pattern is None:
        return conditional_escape(text)
    parts, end = [], 0
    for hit in pattern.finditer(text):
        parts += [conditional_escape(text[end : hit.start()]), format_html("<mark>{}</mark>", hit[0])]
        end = hit.end()
    return mark_safe("".join([*parts, conditional_escape(text[end:])]))  # noqa: S308  each part is escaped


@lru_cache(maxsize=256)
def _pattern(terms):
    """The terms, the longest first, with any blanks between their letters."""
    blanks = f"(?:{BLANKS.pattern.removesuffix('+')})*"
    words = [blanks.join(map(re.escape, term)) for term in sorted(terms, key=len, reverse=True) if term]
    return re.compile("|".join(words), re.IGNORECASE) if words else None
