"""HTML to PDF, inside the child process. No Django here: it starts fast and holds no database connection."""

import datetime as dt
import logging
import re
from pathlib import Path
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering import fonts, line_breaks, tagging

CSS_FOLDER = Path(__file__).resolve().parents[2] / "static" / "css"
SHEETS = "paper_*.css"
OPTIONS = {"pdf_variant": "pdf/a-2a", "dpi": 150}  # 150 dots to the inch are enough for a photograph
KEEP_ALL = "word-break: keep-all;"  # for browsers; WeasyPrint does not know it, see line_breaks.py
BELOW_PAPER = re.compile(r"\.paper (?=[^{])")
SAMPLE = Path(__file__).parent / "warm_up.html"
ELEMENTS = CSS(filename=Path(__file__).parent / "elements.css")
ADDRESS = re.compile(r"(asset|evidence):([0-9A-Za-z._-]{1,100})")
TYPES = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png", b"\x00\x01": "font/ttf", b"tr": "font/ttf"}

line_breaks.install()
tagging.install()


class Refused(ValueError):
    """An address that is not one of ours."""


class OwnFetcher(URLFetcher):
    """Answers `asset:` and `evidence:` from memory and nothing else: no file, no network, no data:."""

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


class Page(HTML):
    """A page of our templates. Well-formed XML, so the C parser reads it; anything else is refused.

    And they use twenty elements: the sheet for all of HTML, matched against each element, is left out.
    """

    def __init__(self, text, fetcher):
        self.base_url = "asset:"
        self.url_fetcher = fetcher
        self.media_type = "print"
        root = ElementTree.fromstring(text)  # noqa: S314  written by our own template, and in a limited process
        self.wrapper_element = ElementWrapper.from_html_root(root)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms=False):
        return [ELEMENTS]


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
        rules = path.read_text(encoding="utf-8").replace(KEEP_ALL, "")
        # Here all is paper: without the first class of a selector nobody climbs to the root to look for it.
        text = fonts.face_rules() + BELOW_PAPER.sub("", rules)
        fetcher = OwnFetcher(self.assets, {})
        return CSS(string=text, font_config=self.font_config, url_fetcher=fetcher, base_url="asset:")

    def warm_up(self):
        """Load before the first fork what is loaded on first use: glyphs, metrics, the picture decoders."""
        page = SAMPLE.read_text(encoding="utf-8")
        for version in self.sheets:
            self.render(page, version, {})

    def render(self, html, version, images, files=()):
        """The PDF and the error lines of the renderer; a paper with an error line must not be used."""
        with _ErrorLines() as errors:
            page = Page(html, OwnFetcher(self.assets, images))
            document = page.render(
                stylesheets=[self.sheets[version]], font_config=self.font_config, **OPTIONS
            )
            carried = [_carried(*file) for file in files]
            pdf = document.write_pdf(finisher=tagging.finish, **OPTIONS | {"attachments": carried})
            return pdf, errors.lines


def _carried(name, content, day):
    moment = dt.datetime.fromisoformat(day)
    return Attachment(
        string=content, name=name, description=name.removesuffix(".pdf"), created=moment, modified=moment
    )


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
