"""HTML to PDF, inside the child process. No Django here: it starts fast and holds no database connection."""

import gc
import logging
import re
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering import fonts, line_breaks, tagging

CSS_FOLDER = Path(__file__).resolve().parents[2] / "static" / "css"
SHEETS = "paper_*.css"
PHOTO_DPI = 150
ADDRESS = re.compile(r"(asset|evidence):([0-9A-Za-z._-]{1,100})")
TYPES = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png", b"\x00\x01": "font/ttf", b"tr": "font/ttf"}

line_breaks.install()
tagging.install()


class Refused(ValueError):
    """An address that is not one of ours."""


class OwnFetcher(URLFetcher):
    """Answers `asset:` and `evidence:` from memory; nothing else: no file, no network, no redirect, no data:."""

    def __init__(self, assets, images):
        super().__init__(allowed_protocols=())
        self.known = {"asset": assets, "evidence": images}

    def fetch(self, url, headers=None):
        match = ADDRESS.fullmatch(url)
        content = self.known[match[1]].get(match[2]) if match else None
        if content is None:
            raise Refused(f"not an address of this paper: {url[:100]}")
        return URLFetcherResponse(
            url, content, {"Content-Type": TYPES.get(content[:2], "application/octet-stream")}
        )

    def open(self, *args, **kwargs):
        raise Refused("nothing is ever opened")


class Engine:
    """Fonts and style sheets parsed once; each render happens in a forked copy of this process."""

    def __init__(self):
        fonts.check()
        self.assets = fonts.assets()
        self.font_config = FontConfiguration()
        self.sheets = {
            path.stem.removeprefix("paper_"): self._sheet(path) for path in CSS_FOLDER.glob(SHEETS)
        }

    def _sheet(self, path):
        text = fonts.face_rules() + path.read_text(encoding="utf-8")
        fetcher = OwnFetcher(self.assets, {})
        return CSS(string=text, font_config=self.font_config, url_fetcher=fetcher, base_url="asset:")

    def warm_up(self):
        """Let everything that is loaded on first use be loaded before the first fork."""
        page = (
            '<!DOCTYPE html><html lang="ko"><title>가</title><body class="paper"><h1>가 A 1</h1><p>나 <b>다</b></p>'
            '<table class="grid"><thead><tr><th scope="col">라</th></tr></thead>'
            "<tbody><tr><td>마</td></tr></tbody></table>"
        )
        for version in self.sheets:
            self.render(page, version, {})

    def render(self, html, version, images):
        """The PDF and the error lines of the renderer; a paper with an error line must not be used."""
        gc.disable()  # a collection in mid-render costs a fifth of the time
        with _ErrorLines() as errors:
            page = HTML(string=html, base_url="asset:", url_fetcher=OwnFetcher(self.assets, images))
            document = page.render(
                stylesheets=[self.sheets[version]], font_config=self.font_config, **OPTIONS
            )
            return document.write_pdf(finisher=tagging.finish, **OPTIONS), errors.lines


OPTIONS = {
    "pdf_variant": "pdf/a-2a",
    "dpi": PHOTO_DPI,
    "presentational_hints": True,
}


class _ErrorLines(logging.Handler):
    """Collects what WeasyPrint reports as an error: a picture not loaded, an alt missing."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage()[:300])

    def __enter__(self):
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *error):
        logging.getLogger("weasyprint").removeHandler(self)
