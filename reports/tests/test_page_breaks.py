"""Where a table may be cut between two pages, read from the PDF itself."""

import subprocess

import pytest

from reports.rendering.pdf import render_pdf
from reports.tests import papers


def numbers_on_pages(rows):
    """For each page with rows of the table, their numbers."""
    paper = papers.paper(header=None, cover=False, body=(papers.table_node(rows),), attachments=())
    command = ["/usr/bin/pdftotext", "-raw", "-", "-"]
    pdf = render_pdf(paper, images={})
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()  # noqa: S603
    pages = [[int(word[:-1]) for word in page.split() if word.endswith("번")] for page in text.split("\f")]
    return [page for page in pages if page]


@pytest.fixture(scope="module")
def fitting():
    """As many rows as the first page holds."""
    return len(numbers_on_pages(80)[0])


@pytest.mark.parametrize("more", range(-1, 4))
def test_no_row_of_a_table_stands_alone_on_a_page(fitting, more):
    pages = numbers_on_pages(fitting + more)
    assert [number for page in pages for number in page] == list(range(fitting + more))
    assert len(pages) == (1 if more <= 0 else 2)
    assert all(len(page) > 1 for page in pages)
