"""A PDF that was uploaded, as it may go out: its pages, and nothing that stands beside them."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from inspections import imaging
from reports.rendering.pdf import render_pdf
from reports.tests import papers

NOTE = b"SECRET-NOTE"


def noted_pdf():
    """A paper with a camera's picture, comments, bookmarks, metadata and an embedded file."""
    paper = papers.paper(body=papers.photo_nodes(1))
    with pikepdf.open(BytesIO(render_pdf(paper, images=papers.images(1)))) as pdf:
        text = pikepdf.String("SECRET-NOTE")
        comment = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=text
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(comment)]))
        pdf.pages[0].PieceInfo = pikepdf.Dictionary(Word=pikepdf.Dictionary(Private=text))
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("SECRET-NOTE", 0))
        pdf.docinfo["/Author"] = "SECRET-NOTE"
        pdf.attachments["SECRET-NOTE.txt"] = NOTE
        for found in pdf.objects:
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == pikepdf.Name.Image:
                found.write(noted_jpeg(), filter=pikepdf.Name.DCTDecode)
                found.Width, found.Height = 40, 30
        result = BytesIO()
        pdf.save(result)
    return result.getvalue()


def noted_jpeg():
    exif = Image.Exif()
    exif[0x010E] = "SECRET-NOTE"
    result = BytesIO()
    Image.new("RGB", (40, 30), (200, 120, 40)).save(result, "JPEG", exif=exif, comment=NOTE)
    return result.getvalue()


def everything_in(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        streams = [
            found.read_raw_bytes() if found.get("/Filter") == pikepdf.Name.DCTDecode else found.read_bytes()
            for found in document.objects
            if isinstance(found, pikepdf.Stream)
        ]
    return b"\n".join([pdf, *streams])


def test_what_stands_beside_the_pages_is_gone_and_the_pages_stay():
    noted = noted_pdf()
    clean = imaging.pages(imaging.paper(noted))

    assert everything_in(noted).count(NOTE) > 3
    assert NOTE not in everything_in(clean)
    with pikepdf.open(BytesIO(clean)) as document:
        assert "/Info" not in document.trailer
        assert not {"/Outlines", "/Names", "/Metadata"} & set(document.Root.keys())
    assert imaging.words(clean) == imaging.words(noted)
    assert "상담실" in imaging.words(clean)


def test_the_picture_is_the_same_without_the_notes_of_the_camera():
    with pikepdf.open(BytesIO(imaging.pages(noted_pdf()))) as document:
        found = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        pictures = [each for each in found if each.get("/Subtype") == pikepdf.Name.Image]
        picture = Image.open(BytesIO(pictures[0].read_raw_bytes()))
        assert picture.getpixel((20, 15)) == Image.open(BytesIO(noted_jpeg())).getpixel((20, 15))
        assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("make", [imaging.pages, imaging.words])
def test_what_is_no_pdf_is_refused(make):
    with pytest.raises(imaging.UnreadableError, match="broken"):
        make(b"%PDF-1.7 nothing")
