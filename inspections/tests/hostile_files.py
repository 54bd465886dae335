"""Files as people and attackers send them, made when needed: nothing hostile lies in the repository."""

import io
import struct
import zlib

import pikepdf
import pillow_heif
from PIL import Image


def photo(kind="JPEG", size=(640, 480), **options):
    target = io.BytesIO()
    Image.new("RGB", size, "steelblue").save(target, kind, **options)
    return target.getvalue()


def heic(size=(320, 240)):
    target = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "olive")).save(target)
    return target.getvalue()


def photo_with_place():
    """A JPEG whose EXIF tells when and where it was taken, and carries a script."""
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script>"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8769)[0x9003] = "2020:12:30 14:03:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 36.0), 3: "E", 4: (126.0, 58.0, 48.0)})
    return photo(exif=exif.tobytes())


def bomb(width=30_000, height=30_000):
    """A PNG of 900 megapixels in some hundred kilobytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(1 + width // 8)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def animation(kind, frames=300):
    target = io.BytesIO()
    pictures = [Image.new("RGB", (64, 64), (number % 256, 0, 0)) for number in range(frames)]
    pictures[0].save(target, kind, save_all=True, append_images=pictures[1:])
    return target.getvalue()


def paper(**save):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    return _saved(pdf, **save)


def armed_paper():
    """A PDF with everything that acts: scripts, links outward, a launch, an attachment, XFA."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200)).obj
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('EVIL')"))
    root = pdf.Root
    root.OpenAction = script
    root.AA = pikepdf.Dictionary(WC=script)
    root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp>EVIL-XFA</xdp>"), Fields=[])
    root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("EVIL"), pdf.make_indirect(script)])
    )
    pdf.attachments["EVIL.exe"] = b"EVIL-ATTACHED"
    page.AA = pikepdf.Dictionary(O=script)
    page.Annots = pdf.make_indirect(
        pikepdf.Array(
            [
                _link(pdf, S=pikepdf.Name.URI, URI=pikepdf.String("http://evil.example/")),
                _link(pdf, S=pikepdf.Name.Launch, F=pikepdf.String("EVIL.exe")),
                _link(pdf, S=pikepdf.Name.GoTo, D=[page, pikepdf.Name.Fit], Next=pikepdf.Array([script])),
            ]
        )
    )
    return _saved(pdf)


def encrypted_paper(user):
    return paper(encryption=pikepdf.Encryption(owner="owner", user=user))


def _link(pdf, **action):
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 10, 10],
            A=pikepdf.Dictionary(**action),
        )
    )


def _saved(pdf, **save):
    target = io.BytesIO()
    pdf.save(target, **save)
    return target.getvalue()


JAVASCRIPT_GIF = b"GIF89a/*" + bytes(100) + b"*/=1;alert(1)"
REFUSED = {
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "사진과 pdf"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "사진과 pdf"),
    "php": (b"<?php system($_GET[0]);", "사진과 pdf"),
    "javascript": (b"alert(1)//", "사진과 pdf"),
    "gif and javascript": (JAVASCRIPT_GIF, "사진과 pdf"),
    "eicar": (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "사진과 pdf"),
    "zip": (b"PK\x03\x04" + bytes(50), "사진과 pdf"),
    "fits": (b"SIMPLE  =                    T" + bytes(2850), "사진과 pdf"),
    "psd": (b"8BPS\x00\x01" + bytes(60), "사진과 pdf"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n(evil) run", "사진과 pdf"),
    "tiff": (b"II*\x00" + bytes(60), "사진과 pdf"),
    "avif": (b"\x00\x00\x00\x20ftypavif" + bytes(60), "사진과 pdf"),
    "empty": (b"", "빈 파일"),
    "broken jpeg": (b"\xff\xd8\xff\xe0" + bytes(100), "깨졌거나"),
    "broken heic": (b"\x00\x00\x00\x18ftypheic" + bytes(200), "깨졌거나"),
    "broken webp": (b"RIFF\xff\xff\xff\x7fWEBPVP8 " + bytes(60), "깨졌거나"),
    "svg behind a png signature": (b"\x89PNG\r\n\x1a\n<svg onload=alert(1)>", "깨졌거나"),
    "broken pdf": (b"%PDF-1.7\n" + bytes(200), "깨졌거나"),
}
