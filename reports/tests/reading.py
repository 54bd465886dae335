"""How the tests read what was rendered."""

import subprocess
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import pikepdf

from reports.rendering.hwpx_document import BAR_NAME

# Tags whose edge separates words on the page; a span does not.
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "caption", "figcaption", "div", "title"}


def folded(text):
    return " ".join(text.split())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts, self.skipped = [], 0

    def handle_starttag(self, tag, attributes):
        self.skipped += tag in ("style", "title")
        if tag in BLOCKS:
            self.parts.append(" ")
        self.parts += [value for name, value in attributes if name == "alt"]

    def handle_endtag(self, tag):
        self.skipped -= tag in ("style", "title")
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data):
        if not self.skipped:
            self.parts.append(data)


def text_of_html(html):
    reader = _Reader()
    reader.feed(html)
    return folded("".join(reader.parts))


def lines_of_pdf(pdf):
    command = ["/usr/bin/pdftotext", "-raw", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    return found.stdout.decode().replace("\f", "\n").splitlines()


def text_of_pdf(pdf):
    return folded(" ".join(lines_of_pdf(pdf)))


def opened(pdf):
    return pikepdf.open(BytesIO(pdf))


def fonts_of_pdf(pdf):
    """Name → whether its file is embedded, over all pages."""
    with opened(pdf) as document:
        return {
            str(font.BaseFont).partition("+")[2]: "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            for page in document.pages
            for font in page.Resources.Font.values()
        }


def every_stream(pdf):
    """All bytes of the file, streams unpacked."""
    with opened(pdf) as document:
        streams = [
            each.read_bytes()
            for each in document.objects
            if isinstance(each, pikepdf.Stream) and _plain(each)
        ]
    return pdf + b"\n".join(streams)


def _plain(stream):
    return str(stream.get("/Filter", "")) in ("", "/FlateDecode")


def in_order(text, facts):
    """The first fact that is missing or out of order; None if all is well."""
    position = 0
    for fact in facts:
        found = text.find(fact, position)
        if found < 0:
            return fact
        position = found + len(fact)
    return None


HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


def lines_of_hwpx(content):
    """The lines of an HWPX file as 한글 shows them, a row of a table as one with bars between its cells."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        section = ElementTree.fromstring(package.read("Contents/section0.xml"))  # noqa: S314 - our own
    return [line for paragraph in section.findall(f"{HP}p") for line in _lines_of_paragraph(paragraph)]


def _lines_of_paragraph(paragraph):
    tables = paragraph.findall(f"{HP}run/{HP}tbl")
    for table in tables:
        for row in table.findall(f"{HP}tr"):
            yield " | ".join(
                "".join(cell.find(f"{HP}subList").itertext()).strip()
                for cell in row.findall(f"{HP}tc")
                if cell.get("name") != BAR_NAME
            )
    if not tables:
        yield "".join(text for run in paragraph.findall(f"{HP}run/{HP}t") for text in run.itertext())
