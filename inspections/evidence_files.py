"""The bytes of a 증빙: checked and written anew before there is a row (see imaging), kept under their sha256.

`original/` holds them as they came and is never handed out, `shown/` what is served.
"""

import contextlib
import datetime as dt
import hashlib
import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from inspections import imaging
from inspections.models import Evidence
from inspections.workflow import TransitionError

logger = logging.getLogger(__name__)
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
REFUSALS = {
    "empty": "빈 파일입니다. 다른 파일을 골라 주세요.",
    "size": "파일이 너무 큽니다. 20MB까지 올릴 수 있습니다.",
    "type": "jpg, png, heic, webp 사진과 pdf 문서만 올릴 수 있습니다.",
    "broken": "파일이 깨졌거나 올바른 형식이 아닙니다. 다시 저장하거나 찍어서 올려 주세요.",
    "too_large": "사진의 화소가 너무 많습니다. 6,400만 화소까지 올릴 수 있습니다.",
    "too_costly": "파일이 너무 복잡해서 읽지 못했습니다. 크기를 줄여 다시 올려 주세요.",
    "encrypted": "암호가 걸린 PDF는 올릴 수 없습니다. 암호를 풀고 다시 저장해 주세요.",
}


class MissingFileError(Exception):
    """There is a row, but its bytes are no longer where they were put."""


class RefusedFileError(TransitionError):
    """This file cannot be taken. The message says why and what to do."""


def taken_in(data, exif, rotation):
    """Check and rewrite the bytes and keep both; the kind and the columns that follow from them."""
    kind = _kind_of(data)
    try:
        if kind == Evidence.Kind.PDF:
            shown, thumbnail, values = imaging.paper(data), b"", {}
        else:
            photo = imaging.photo(data, exif=exif, rotation=rotation)
            shown, thumbnail = photo.shown, photo.thumbnail
            values = {"taken_at": _moment(photo.taken_at), "taken_place": photo.place, "rotation": rotation}
    except imaging.UnreadableError as error:
        raise RefusedFileError(REFUSALS[error.reason]) from error
    return kind, values | {
        "original": _keep("original", data),
        "shown": _keep("shown", shown),
        "thumbnail": _keep("shown", thumbnail) if thumbnail else "",
        "sha256": hashlib.sha256(data).hexdigest(),
        "shown_sha256": hashlib.sha256(shown).hexdigest(),
    }


def _kind_of(data):
    """By the first bytes alone: a name and a declared type say nothing."""
    if not data:
        raise RefusedFileError(REFUSALS["empty"])
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise RefusedFileError(REFUSALS["size"])
    if data.startswith(b"%PDF-"):
        return Evidence.Kind.PDF
    is_photo = (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or (data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS)
    )
    if not is_photo:
        raise RefusedFileError(REFUSALS["type"])
    return Evidence.Kind.PHOTO


def _keep(folder, data):
    """Write the bytes under their hash: whole or not at all, once however often they come."""
    digest = hashlib.sha256(data).hexdigest()
    stored = f"{folder}/{digest[:2]}/{digest}"
    path = path_of(stored)
    if path.exists():
        return stored
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    return stored


def _moment(text):
    """EXIF writes local time; without an offset it is taken as Seoul's."""
    if not text:
        return None
    try:
        moment = dt.datetime.strptime(text, "%Y:%m:%d %H:%M:%S%z" if len(text) > 19 else "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def stored_bytes(stored):
    try:
        return path_of(stored).read_bytes()
    except FileNotFoundError as error:
        logger.error("Stored bytes are missing: %s", stored)
        raise MissingFileError from error


def path_of(stored):
    """Where the bytes of `original`, `shown` or `thumbnail` lie."""
    return Path(settings.MEDIA_ROOT) / stored
