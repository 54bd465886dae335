"""A Paper as HTML: the frozen edition, the live preview and the page of the PDF, from one set of templates.

A template version is never edited once a document was approved with it; a new look is a new version.
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from reports import numbering
from reports.rendering import letter
from reports.rendering.blocks import Blocks, balanced
from reports.rendering.errors import RenderError
from reports.rendering.header import header_view
from reports.tree import walk

TEMPLATES = ("2026-11",)
COVER_TITLE_EM, PAGE_TITLE_EM = 19, 28  # how many letters fit a line of the title
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def render_html(paper, *, images):
    """The whole page, self-contained: style inside, pictures as data: addresses, no script.

    `images` maps sha256 to bytes. Serve it with `style-src '{style_hash(html)}'; img-src data:`.
    """
    return _page(paper, lambda photo: _data_url(images, photo.sha256), style=stylesheet(paper.template))


def render_fragment(paper, *, image_url):
    """The paper within a page of the site that links `css/paper_<template>.css`; lines carry data-line ids.

    `image_url(sha256)` gives the address of a picture.
    """
    context = _context(paper, lambda photo: image_url(photo.sha256), anchors=True)
    return render_to_string(_article(paper), context)


def render_embedded(paper, *, image_url):
    """The same within a page that has said the title itself."""
    context = _context(paper, lambda photo: image_url(photo.sha256), anchors=True) | {"is_embedded": True}
    return render_to_string(_article(paper), context)


def render_print(paper):
    """The page that the child process turns into PDF; it may name pictures of this paper only."""
    return _page(paper, lambda photo: f"evidence:{photo.sha256}", style="")


def style_hash(html):
    """The CSP source of the one style element: sha256-…"""
    found = STYLE.findall(html)
    if len(found) != 1:
        raise ValueError("a frozen page holds exactly one style element")
    return f"sha256-{base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()}"


def image_ids(paper):
    """sha256 of every picture that the paper shows."""
    return {node.photo.sha256 for _, node in walk(paper.body) if node.photo}


@lru_cache
def stylesheet(version):
    """The sheet of a template version; `</` cannot stand in it, so it is safe inside a style element."""
    if version not in TEMPLATES:
        raise RenderError(f"없는 서식입니다: {version}")
    css = (Path(settings.BASE_DIR) / "static" / "css" / f"paper_{version}.css").read_text(encoding="utf-8")
    if "</" in css:
        raise ValueError("a style sheet cannot hold a closing tag")
    return css


def _page(paper, source, *, style):
    context = _context(paper, source) | {
        "article": _article(paper),
        "style": mark_safe(style),  # noqa: S308  our own file, checked in stylesheet()
    }
    return render_to_string(f"reports/paper/page_{paper.template}.html", context)


def _article(paper):
    if paper.template not in TEMPLATES:
        raise RenderError(f"없는 서식입니다: {paper.template}")
    return f"reports/paper/{paper.form}_{paper.template}.html"


def _context(paper, source, *, anchors=False):
    return {
        "paper": paper,
        "author": paper.department or paper.office,
        "header": header_view(paper.header) if paper.header else None,
        "title": balanced(paper.title, COVER_TITLE_EM),
        "title_again": balanced(paper.title, PAGE_TITLE_EM),
        "lead": "".join(run.text for run in paper.lead),
        "body": Blocks(paper, source, anchors).groups(paper.body),
        "contents_title": numbering.CONTENTS,
        "contents": numbering.contents(paper),
        "attachments": numbering.attachment_lines(paper.attachments),
        "end": numbering.END,
        "ends_alone": numbering.ends_alone(paper),
        "letter": _letter(paper) if paper.letter else None,
    }


def _letter(paper):
    name, seal = letter.sender(paper)
    return {
        "head": letter.head_rows(paper),
        "sender": name,
        "seal": seal,
        "receivers": letter.receivers(paper),
        "foot": [line for line in letter.foot_lines(paper) if line],
    }


def _data_url(images, sha256):
    return f"data:{image_type(image_of(images, sha256))};base64,{base64.b64encode(images[sha256]).decode()}"


def image_of(images, sha256):
    try:
        return images[sha256]
    except KeyError:
        raise RenderError("보고서에 실을 사진 파일을 찾을 수 없습니다. 사진을 다시 올려 주세요.") from None


def image_type(content):
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    raise RenderError("보고서에는 JPEG 또는 PNG 사진만 실을 수 있습니다.")
