"""Keyset paging: a page goes on where the last one ended, whatever came in between."""

PAGE_SIZE = 50


def page_of(rows, *, size=PAGE_SIZE):
    """The rows of one page and whether more follow. `rows` is ordered and starts at the right place."""
    found = list(rows[: size + 1])
    return found[:size], len(found) > size


def below(rows, after, field="pk"):
    """Of rows with the newest first those behind the number `after`; a strange one counts for none."""
    return rows.filter(**{f"{field}__lt": int(after)}) if after.isdecimal() and len(after) < 16 else rows


def next_url(request, last):
    """The address of the page after the row whose key is `last`, with the same filters."""
    query = request.GET.copy()
    query["after"] = last
    return f"?{query.urlencode()}"


def first_url(request):
    """The address of the first page, or nothing when this is it."""
    query = request.GET.copy()
    return f"?{query.urlencode()}" if query.pop("after", None) else ""
