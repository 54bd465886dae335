"""What reaches out of a page, reads files or eats the machine is refused, whatever stands in the page."""

import socket
import threading

import pytest

from reports.rendering.engine import Engine, OwnFetcher, Refused
from reports.rendering.errors import RenderError
from reports.rendering.pdf import convert, render_pdf
from reports.tests import papers
from reports.tests.reading import every_stream, text_of_pdf

# WeasyPrint leaves its colour profile open; that is no concern of the child, which ends.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SECRET = "password-of-the-server-7391"
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

# Each place of a page that can name an address; URL stands for it.
SINKS = {
    "img": '<img src="URL" alt="가" />',
    "img srcset": '<img srcset="URL 2x" src="URL" alt="가" />',
    "svg image": f'<svg {SVG}><image href="URL" width="9" height="9" /></svg>',
    "svg xlink": f'<svg {SVG}><image xlink:href="URL" width="9" height="9" /></svg>',
    "svg use": f'<svg {SVG}><use href="URL#a" /></svg>',
    "svg style": f'<svg {SVG}><style>@import "URL";</style><rect width="9" height="9" /></svg>',
    "stylesheet": '<link rel="stylesheet" href="URL" />',
    "import": '<style>@import url("URL");</style>',
    "background": '<style>.x { background: url("URL") }</style><p class="x">가</p>',
    "page background": '<style>@page { background: url("URL") }</style>',
    "font": '<style>@font-face { font-family: x; src: url("URL") } p { font-family: x }</style><p>가</p>',
    "list image": '<style>li { list-style: url("URL"); display: list-item }</style><ul><li>가</li></ul>',
    "content": '<style>.c::before { content: url("URL") }</style><p class="c">가</p>',
    "border image": '<style>.b { border: 9px solid; border-image: url("URL") 9 }</style><p class="b">가</p>',
    "mask": '<style>.m { mask: url("URL"); clip-path: url("URL") }</style><p class="m">가</p>',
    "style attribute": "<p style=\"background: url('URL')\">가</p>",
    "object": '<object data="URL">가</object>',
    "embed": '<embed src="URL" />',
    "iframe": '<iframe src="URL"></iframe>',
    "video": '<video src="URL" poster="URL"></video>',
    "attachment": '<link rel="attachment" href="URL" />',
    "attachment link": '<a rel="attachment" href="URL">가</a>',
    "base": '<base href="URL" /><img src="x.png" alt="가" />',
    "xmp": '<link rel="xmp-metadata" href="URL" />',
}


@pytest.fixture(scope="module")
def engine():
    return Engine()


@pytest.fixture
def listener():
    """A server on this machine that counts who calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        calls, done = [], threading.Event()

        def answer():
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    calls.append(connection.getpeername())

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1], calls
        done.set()
        thread.join()


def rendered(engine, body):
    """The bytes of the file, or nothing if the renderer itself gave up."""
    page = f'<html lang="ko"><head><title>가</title></head><body class="paper">{body}</body></html>'
    try:
        return engine.render(page, "2026-11", {})[0]
    except Exception:
        return b""


@pytest.mark.parametrize("sink", sorted(SINKS))
def test_no_place_of_a_page_reaches_a_file_or_the_network(engine, listener, tmp_path, monkeypatch, sink):
    port, calls = listener
    (tmp_path / "secret.txt").write_text(SECRET)
    addresses = [
        (tmp_path / "secret.txt").as_uri(),
        f"file://localhost{tmp_path}/secret.txt",
        f"http://127.0.0.1:{port}/a.png",
        f"https://127.0.0.1:{port}/a.png",
        f"ftp://127.0.0.1:{port}/a.png",
        f"//127.0.0.1:{port}/a.png",
        "data:text/plain;base64," + "QUFB" * 1000,
        f"evidence:../../../{tmp_path}/secret.txt",
        f"asset:{tmp_path}/secret.txt",
        str(tmp_path / "secret.txt"),
        f"unknown://127.0.0.1:{port}/a",
    ]
    answered = []
    plain = OwnFetcher.fetch

    def watched(self, url, headers=None):
        answered.append(url)
        return plain(self, url, headers)

    monkeypatch.setattr(OwnFetcher, "fetch", watched)
    made = [rendered(engine, SINKS[sink].replace("URL", address)) for address in addresses]

    assert calls == []
    assert not any(SECRET.encode() in every_stream(pdf) or b"EmbeddedFile" in pdf for pdf in made if pdf)
    for url in answered:
        with pytest.raises(Refused):
            plain(OwnFetcher(engine.assets, {}), url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "data:,가",
        "//127.0.0.1/",
        "asset:",
        "asset:../NanumGothic.ttf",
        "asset:/etc/passwd",
        "asset:NanumGothic.ttf?x",
        "asset:NanumGothic.ttf#x",
        "ASSET:NanumGothic.ttf",
        "evidence:" + "a" * 64,
        "evidence:NanumGothic.ttf",
        "asset:asset:NanumGothic.ttf",
        "asset:NanumGothic.ttf\nfile:///etc/passwd",
        "",
    ],
)
def test_the_fetcher_knows_exact_names_only(engine, url):
    with pytest.raises(Refused):
        OwnFetcher(engine.assets, {}).fetch(url)


def test_the_fetcher_opens_nothing_by_itself(engine):
    with pytest.raises(Refused):
        OwnFetcher(engine.assets, {}).open("http://127.0.0.1/")


def test_a_paper_sees_its_own_pictures_only(engine):
    mine, others = papers.photo(0), papers.photo(1)
    fetcher = OwnFetcher(engine.assets, dict([mine]))

    assert fetcher.fetch(f"evidence:{mine[0]}").read() == mine[1]
    with pytest.raises(Refused):
        fetcher.fetch(f"evidence:{others[0]}")


# Denial of service --------------------------------------------------------------------------

BOMBS = {
    "deep nesting": "<div>" * 20_000 + "가" + "</div>" * 20_000,
    "many cells": "<table>" + "<tr><td>가</td><td>나</td></tr>" * 40_000 + "</table>",
    "huge letters": '<p style="font-size: 900pt">' + "가 " * 20_000 + "</p>",
    "floats": '<div style="float: left; width: 33%">가</div>' * 20_000,
    "endless pages": '<p style="break-after: page">가</p>' * 20_000,
    "wide columns": '<div style="columns: 1000">' + "<p>가 나 다</p>" * 10_000 + "</div>",
    "entities": "",
}
ENTITIES = "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_a_hostile_page_dies_alone(bomb):
    if bomb == "entities":
        page = f"<!DOCTYPE html [<!ENTITY a '{'가' * 99}'>{ENTITIES}]><html lang='ko'><body>&j;</body></html>"
    else:
        page = f"<html lang='ko'><title>가</title><body>{BOMBS[bomb]}</body></html>"

    with pytest.raises(RenderError):
        convert(page, "2026-11", {}, seconds=1, size=600 * 1024 * 1024)

    assert "점검개요" in text_of_pdf(render_pdf(papers.paper(), images={}))


def test_a_picture_bomb_is_refused():
    """A PNG that says it is enormous."""
    header = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
        + (60_000).to_bytes(4) * 2
        + b"\x08\x02\x00\x00\x00"
        + b"\x00" * 4
    )
    node = papers.photo_nodes(1)[0]
    with pytest.raises(RenderError):
        render_pdf(papers.paper(body=(node,)), images={node.photo.sha256: header})
