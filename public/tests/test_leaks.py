"""No byte that leaves the public site holds what is hidden (S26), and none tells how long it was.

Random papers hide words in every place where a paper has words. Each is published in earnest: all formats,
the search index, the feeds, every page of the site is looked through. That the test would notice is shown by
breaking one part after the other.
"""

import base64
import json
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from inspections.evidence_files import path_of
from inspections.models import Inspection
from inspections.tests.factories import MOMENT, EvidenceFactory
from public.tests import addresses
from publications import grams, storing
from publications.models import PublicEntry, PublicFile
from reports import hiding, public_edition, public_files, redacting
from reports.hashes import sha256
from reports.rendering.html import render_embedded
from reports.rendering.pdf import render_pdf
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.factories import Office, approved, draft
from reports.tests.secrets import (
    HIDDEN_PHOTO,
    SECRET,
    WORD,
    hiding_papers,
    laid_open,
    leaks,
    with_other_secrets,
)
from reports.tree import Attachment, Node, Photo, Run, Table

pytestmark = pytest.mark.django_db
ON_ONE_DATABASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
quick = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=ON_ONE_DATABASE)
thorough = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=ON_ONE_DATABASE)


@pytest.fixture
def document():
    """An approved paper of an office, with a photograph whose file tells what the camera noted."""
    office = Office()
    photo = a_photo(office)
    done = {"status": "done", "completed_at": MOMENT, "completed_by": office.drafter}
    Inspection.objects.filter(pk=photo.inspection_id).update(**done)
    with override_settings(ROOT_URLCONF="config.urls"):
        made = draft(office, inspection=photo.inspection, disclosure="partial", clauses=["6"])
        made = approved(office, document=made)
    made.shown_photo = photo.shown_sha256
    return made


def a_photo(office):
    image, exif = Image.new("RGB", (40, 30), (200, 210, 220)), Image.Exif()
    exif[0x010E] = f"{SECRET} description"
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=SECRET.encode())
    content = buffer.getvalue()
    stored = f"shown/{sha256(content)}"
    path_of(stored).parent.mkdir(parents=True, exist_ok=True)
    path_of(stored).write_bytes(content)
    about = {"shown": stored, "shown_sha256": sha256(content)}
    return EvidenceFactory(inspection__department=office.department, inspection__in_progress=True, **about)


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def with_photo(paper, document):
    photo = Node("seen", "photo", photo=Photo(document.shown_photo, "책상", "상담실"))
    return replace(paper, body=(*paper.body, photo))


def prepared(document, paper):
    """The paper with one more as its attachment."""
    word = paper.hidden[0].text
    sheet = replace(paper, form="checklist", letter=None, facts=(("점검자", f"{word} 외 1인"),), hidden=())
    title = redacting.mask(paper.hidden)(f"{word} 점검표")
    _, files = public_files.sheet(document, sheet, paper.hidden, title=title, order=1)
    return public_edition.render(document, paper, files)


def found_in(document, paper):
    """Where hidden words came out: {place: words}."""
    with taken_back():
        made = prepared(document, paper)
        when = {"at": document.edition.issued_at, "on": document.approved_on}
        edition = storing.publish(made, **when)
        places = dict(stored(edition)) | dict(sent(edition))
        storing.withdraw(edition, **when, reason="내림", title=edition.title)
        places |= {f"after: {place}": content for place, content in sent(edition)}
    return {place: words for place, content in places.items() if (words := leaks(content))}


def stored(edition):
    entry = PublicEntry.objects.get(edition=edition)
    yield "entry", entry.plain.encode()
    pairs = {pair for word in (SECRET, WORD) for pair in grams.grams(word)}
    kept = PublicEntry.objects.values_list("grams", flat=True).get(edition=edition)
    yield "pairs", SECRET.encode() if pairs & set(kept) else b""
    for file in PublicFile.objects.filter(edition=edition):
        content = bytes(file.content)
        yield f"{file.kind} {file.order}", laid_open(content) if content.startswith(b"%PDF") else content
        yield f"{file.kind} {file.order} as told", f"{file.title} {file.html}".encode()


def sent(edition):
    """Every address of the site, what it answers and how: headers name files."""
    client = Client()
    paths = [path for path in addresses.addresses(edition) if "/pictures/" not in path]
    for path in [
        *paths,
        "/documents/?q=점검",
        "/documents/?q=가나",
        "/documents/999999999/",
        "/documents/x/",
    ]:
        response = client.get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if content.startswith(b"%PDF"):
            content = laid_open(content)
        yield path, content + repr(dict(response.headers)).encode()
    for word in (SECRET, WORD):
        hits = client.get("/api/documents.json", {"q": word}).json()["documents"]
        yield f"search for {word}", word.encode() if hits else b""


def check(document, paper):
    assert found_in(document, with_photo(paper, document)) == {}


@quick
@given(paper=hiding_papers())
def test_nothing_hidden_leaves_the_site(document, paper):
    check(document, paper)


@pytest.mark.slow
@thorough
@given(paper=hiding_papers())
def test_nothing_hidden_leaves_the_site_in_many_papers(document, paper):
    check(document, paper)


@quick
@given(paper=hiding_papers())
def test_what_leaves_does_not_depend_on_what_is_hidden(document, paper):
    """Other words of another length in the same places: the same bytes. No width and no size tells."""
    assert prepared(document, paper) == prepared(document, with_other_secrets(paper))


# The test itself ------------------------------------------------------------------------------------------

TABLE = Table(f"{WORD} 표", rows=papers.table_node(2).table.rows)
PAPER = hiding.hidden_everywhere(
    papers.paper(
        title=f"{WORD} 결과보고",
        body=(
            Node("a", "line", 1, (Run("면담자 "), Run(SECRET, "6"))),
            Node("t", "table", table=TABLE),
            Node("p", "photo", photo=Photo(HIDDEN_PHOTO, SECRET, SECRET, clause="6")),
        ),
        attachments=(Attachment(f"{WORD} 명단"),),
    ),
    [hiding.Mark(WORD, "7")],
)
OPEN = replace(PAPER, body=PAPER.body[:2], hidden=())


def pdf_of(paper):
    return render_pdf(paper, images={})


def by_style(paper, **kwargs):
    """Redaction as it is often done: the text is there and is not seen."""
    return render_embedded(OPEN, **kwargs).replace(SECRET, f'<span hidden="">{SECRET}</span>')


BROKEN = {
    "the text": (public_edition, "render_text", lambda _paper: render_text(OPEN), "entry"),
    "the page": (public_edition, "render_embedded", by_style, "/documents/"),
    "the PDF": (public_edition, "render_pdf", lambda _paper, images: pdf_of(OPEN), "paper 0"),
    "the JSON": (public_edition, "_json", lambda _facts, _paper: OPEN.to_json(), "document.json"),
    "the masks": (redacting, "mask", lambda _hidden: lambda text: text, "feed.atom"),
    "the pictures": (
        public_files,
        "with_pictures",
        lambda paper, document: (paper, {document.shown_photo: path_of_shown(document).read_bytes()}),
        "picture",
    ),
    "the sheet": (public_files, "render_embedded", by_style, "attachments/1/"),
}


def path_of_shown(document):
    return path_of(f"shown/{document.shown_photo}")


def test_the_paper_of_this_test_leaks_nothing(document):
    check(document, PAPER)


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_part_is_noticed(document, monkeypatch, what):
    module, name, broken, place = BROKEN[what]
    monkeypatch.setattr(module, name, broken)
    if what == "the masks":
        monkeypatch.setattr(public_edition.redacting, "mask", broken)

    found = found_in(document, with_photo(PAPER, document))

    assert any(place in each for each in found), found


@given(st.sampled_from([SECRET, WORD]), st.text(max_size=5), st.text(max_size=5))
def test_a_word_is_found_however_it_is_written(word, before, after):
    text = f"{before}{word}{after}"
    encoded = [base64.b64encode(text.encode("utf-8", "ignore")), json.dumps(text).encode()]
    encoded += [quote(text, errors="ignore").encode(), text.encode("utf-16-be", "ignore")]
    assert all(leaks(content) == [word] for content in encoded)
