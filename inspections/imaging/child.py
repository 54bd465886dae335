"""The child process that decodes one file: bytes on stdin, one line of JSON and the results on stdout.

Run by inspections.imaging, never imported: it knows neither Django nor the database.
"""

import io
import json
import re
import resource
import sys
import warnings

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 30
PIXELS = 64_000_000
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
LONGEST, SMALL = 2560, 320
MOMENT = re.compile(r"\d{4}:\d{2}:\d{2} \d{2}:\d{2}:\d{2}")
OFFSET = re.compile(r"[+-]\d{2}:\d{2}")
EXIF_DETAIL, EXIF_PLACE = 0x8769, 0x8825
TAKEN_AT, TAKEN_AT_OFFSET = 0x9003, 0x9011

# What makes a PDF act by itself or reach out of its page.
ACTIVE_KEYS = {
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/URI", "/Launch", "/XFA", "/Collection", "/EmbeddedFiles",
    "/EF", "/AF", "/FS", "/RichMediaContent", "/RichMediaSettings", "/Movie", "/Sound", "/3DD",
}  # fmt: skip
ACTION_KEYS = {"/A", "/PA", "/Next"}
FORBIDDEN_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
HARMLESS_ACTIONS = {"/GoTo"}

# What a PDF says beside its pages: notes of programs and of people, names of other files, small pictures.
UNSEEN_KEYS = {
    "/Metadata", "/PieceInfo", "/Thumb", "/Annots", "/Outlines", "/Names", "/AcroForm", "/Threads",
    "/LastModified",
}  # fmt: skip
JPEG_NOTES = {*range(0xE1, 0xF0), 0xFE} - {
    0xE2,
    0xEE,
}  # EXIF, XMP, IPTC, remarks; not the colour profile or Adobe's


class Refused(Exception):
    """With the reason for the parent."""


def main(kind, *arguments):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        header, parts = KINDS[kind](sys.stdin.buffer.read(), *map(int, arguments))
    except Refused as refused:
        header, parts = {"refused": str(refused)}, []
    except MemoryError:
        header, parts = {"refused": "too_costly"}, []
    header["lengths"] = [len(part) for part in parts]
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + b"".join(parts))


def photo(data, exif_length, rotation):
    import pillow_heif  # noqa: PLC0415 - after the limits are set
    from PIL import Image, ImageOps  # noqa: PLC0415

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False)
    pillow_heif.options.DECODE_THREADS = 1
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    exif, data = data[:exif_length], data[exif_length:]
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > PIXELS:
            raise Refused("too_large")
        moment, place = _exif(image.getexif)
        if exif and not (moment or place):
            moment, place = _exif(lambda: _loaded(exif, Image))
        image.draft("RGB", (LONGEST, LONGEST))  # lets the JPEG decoder shrink while it reads
        image.load()
        image = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("too_large") from None
    except (Refused, MemoryError):
        raise
    except Exception:  # whatever a decoder says of a broken file
        raise Refused("broken") from None
    image = _on_white(image, Image)
    image.thumbnail((LONGEST, LONGEST))
    image = image.rotate(-rotation, expand=True)
    shown = _jpeg(image, 85)
    image.thumbnail((SMALL, SMALL))
    return {"taken_at": moment, "place": place}, [shown, _jpeg(image, 80)]


def paper(data):
    return {}, [_rewritten(data, lambda _found, _pikepdf: None)]


def pages(data):
    """As `paper`, and what stands beside the pages is left out, too."""
    return {}, [_rewritten(data, _leave_pages)]


def words(data):
    import pypdfium2  # noqa: PLC0415 - after the limits are set

    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    except Exception:
        raise Refused("broken") from None
    return {}, [text.encode("utf-8", "replace")]


def _rewritten(data, change):
    import pikepdf  # noqa: PLC0415 - after the limits are set

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except Exception:
        raise Refused("broken") from None
    if pdf.is_encrypted:
        raise Refused("encrypted")
    try:
        if not len(pdf.pages):
            raise Refused("broken")
        for found in pdf.objects:
            _disarm(found, pikepdf)
            change(found, pikepdf)
        _disarm(pdf.Root, pikepdf)
        if change is _leave_pages and "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        result = io.BytesIO()
        pdf.save(result)
    except (Refused, MemoryError):
        raise
    except Exception:
        raise Refused("broken") from None
    return result.getvalue()


def _leave_pages(found, pikepdf):
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in UNSEEN_KEYS & set(found.keys()):
        del found[key]
    if isinstance(found, pikepdf.Stream) and found.get("/Filter") == pikepdf.Name("/DCTDecode"):
        found.write(_without_notes(found.read_raw_bytes()), filter=pikepdf.Name("/DCTDecode"))


def _without_notes(jpeg):
    """The same picture without the segments that tell of camera, place and program."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in JPEG_NOTES:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])


def _disarm(found, pikepdf, depth=0):
    """Take out of one object, and of what it holds directly, whatever acts."""
    if depth > 50:
        raise Refused("broken")
    if isinstance(found, pikepdf.Array):
        for held in found:
            _descend(held, pikepdf, depth)
        return
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return
    if str(found.get("/Subtype", "")) in FORBIDDEN_ANNOTATIONS:
        found["/Subtype"] = pikepdf.Name("/Text")
    for key in list(found.keys()):
        if key in ACTIVE_KEYS or (key in ACTION_KEYS and _acts(found[key], pikepdf)):
            del found[key]
        else:
            _descend(found[key], pikepdf, depth)


def _descend(held, pikepdf, depth):
    # An indirect object is met on its own: the walk over all of them leads there.
    if isinstance(held, pikepdf.Object) and not held.is_indirect:
        _disarm(held, pikepdf, depth + 1)


def _acts(held, pikepdf):
    """Whether this is an action, or a row of actions, other than a jump inside the paper."""
    if isinstance(held, pikepdf.Array):
        return any(_acts(one, pikepdf) for one in held)
    return isinstance(held, pikepdf.Dictionary) and str(held.get("/S", "/GoTo")) not in HARMLESS_ACTIONS


def _loaded(data, Image):
    exif = Image.Exif()
    exif.load(data)
    return exif


def _exif(read):
    """When and where, and nothing else of what a camera writes."""
    try:
        exif = read()
        detail, place = exif.get_ifd(EXIF_DETAIL), exif.get_ifd(EXIF_PLACE)
        moment = str(detail.get(TAKEN_AT, ""))[:19]
        offset = str(detail.get(TAKEN_AT_OFFSET, ""))
    except Exception:
        return "", ""
    if not MOMENT.fullmatch(moment):
        moment = ""
    return moment + (offset if moment and OFFSET.fullmatch(offset) else ""), _place(place)


def _place(gps):
    try:
        north = _degrees(gps[2]) * (-1 if gps[1] == "S" else 1)
        east = _degrees(gps[4]) * (-1 if gps[3] == "W" else 1)
    except Exception:
        return ""
    return f"{north:.5f}, {east:.5f}" if abs(north) <= 90 and abs(east) <= 180 else ""


def _degrees(parts):
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _on_white(image, Image):
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGB")


def _jpeg(image, quality):
    target = io.BytesIO()
    # A new picture of the pixels alone: nothing of the file's own notes comes along.
    bare = image.copy()
    bare.info.clear()
    bare.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()


KINDS = {"photo": photo, "paper": paper, "pages": pages, "words": words}

if __name__ == "__main__":
    main(*sys.argv[1:])
