"""Papers of each kind: every format says the same, and the pages look as they were found good when looked at.

Some are trees as they were composed in November 2026 (golden/trees): what is frozen can be read for ever.
After a change of the look that is meant run it with GOLDEN=write in the environment and look at the pictures.
"""

import json
import os
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from reports import tree
from reports.rendering.html import render_html
from reports.rendering.hwpx import render_hwpx
from reports.rendering.pdf import render_pdf
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.reading import folded, lines_of_hwpx, text_of_html, text_of_pdf

FOLDER = Path(__file__).parent / "golden"
SCALE = 0.7  # of 72 dots to the inch: lines can be told apart, letters hardly
FIRST = 4  # pages of a long paper that are looked at
PAGE_NUMBER = re.compile(r"- \d+ -")
WHOLE, SPOT = 1.5, 60  # of 255: the mean over a page, and the largest after a blur


def nothing_found():
    outline = (
        "1 heading 1 점검개요\n2 line 2 점검일시: ’20. 12. 30.(수)\n1 heading 1 총평\n2 line 3 지적사항 없음"
    )
    return papers.paper(cover=False, body=papers.nest(papers.rows_of(outline)), attachments=())


def kept(name):
    return lambda: tree.paper_from(json.loads((FOLDER / "trees" / f"{name}.json").read_text()))


PAPERS = {
    **{name: kept(name) for name in ("case-1", "many", "plan", "demand")},
    "report": papers.paper,
    "letter": lambda: papers.letter(to=("한빛복지관장", "나루복지관장")),
    "nothing-found": nothing_found,
    "tables-only": lambda: papers.paper(cover=False, body=(papers.table_node(30),), attachments=()),
    "checklist": papers.checklist,
}


def pages_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    numbers = range(min(len(document), FIRST))
    return [document[number].render(scale=SCALE, grayscale=True).to_pil() for number in numbers]


@pytest.mark.parametrize("name", PAPERS)
def test_every_format_says_the_same(name):
    paper = PAPERS[name]()
    # The boxes of the header and the facts of a sheet are tables in some formats and lines in others.
    bare = replace(paper, cover=False, header=None, facts=())
    told = [folded(line) for line in render_text(bare).splitlines() if line.strip()]

    html = text_of_html(render_html(paper, images={})).split()
    printed = iter(PAGE_NUMBER.sub("", text_of_pdf(render_pdf(paper, images={}))).split())

    assert [word for word in html if word not in printed] == []  # in order; heads repeat on each page
    assert text_of_html(render_html(bare, images={})).split() == " ".join(told).replace(" | ", " ").split()
    assert [folded(line) for line in lines_of_hwpx(render_hwpx(bare, images={})) if line.strip()] == told


def test_a_tree_that_was_kept_is_read_as_it_was_written():
    for path in sorted((FOLDER / "trees").glob("*.json")):
        data = json.loads(path.read_text())
        assert json.loads(tree.paper_from(data).to_json()) == data, path.name


@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_look_as_they_were_found_good(name):
    pages = pages_of(render_pdf(PAPERS[name](), images={}))
    if os.environ.get("GOLDEN") == "write":
        _write(name, pages)

    golden = sorted(FOLDER.glob(f"{name}-*.png"))
    assert len(golden) == len(pages)
    for path, page in zip(golden, pages, strict=True):
        assert _distance(Image.open(path), page) == (True, True), path.name


def test_a_line_that_moved_is_seen():
    page = pages_of(render_pdf(papers.letter(), images={}))[0]
    moved = ImageChops.offset(page, 0, 4)

    assert _distance(page, moved) != (True, True)
    assert _distance(page, page) == (True, True)


def _distance(golden, page):
    """(whether the page as a whole is near, whether each spot of it is)."""
    difference = ImageChops.difference(golden.convert("L"), page.convert("L"))
    return (
        ImageStat.Stat(difference).mean[0] < WHOLE,
        difference.filter(ImageFilter.BoxBlur(3)).getextrema()[1] < SPOT,
    )


def _write(name, pages):
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob(f"{name}-*.png"):
        old.unlink()
    for number, page in enumerate(pages, 1):
        buffer = BytesIO()
        page.quantize(16).save(buffer, "PNG", optimize=True)
        (FOLDER / f"{name}-{number:02}.png").write_bytes(buffer.getvalue())
