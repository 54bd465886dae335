"""Pages of a PDF of ours as pictures, for a preview of what will be printed."""

import base64
import threading
from io import BytesIO

import pypdfium2

MOST = 30  # pages of one preview
SCALE = 1.4  # of 72 dots to the inch: as wide as the preview at its largest
_one_at_a_time = threading.Lock()  # PDFium knows no threads


def page_pictures(pdf):
    """([data: address of a PNG, …] of the first pages, how many pages there are)."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_picture(document[number]) for number in range(min(len(document), MOST))], len(document)
        finally:
            document.close()


def _picture(page):
    buffer = BytesIO()
    page.render(scale=SCALE, grayscale=True).to_pil().save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
