"""Names of uploaded files, made harmless for every system that will save them."""

import re
import unicodedata

LONGEST = 120
EXTENSIONS = {"photo": ".jpg", "pdf": ".pdf"}
KNOWN = re.compile(r"(\.[A-Za-z][A-Za-z0-9]{1,4})+$")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean(name, kind):
    """The bare name in NFC, without paths or control and direction characters, with the right ending."""
    name = unicodedata.normalize("NFC", str(name)).replace("\\", "/").rpartition("/")[2]
    name = "".join(
        " " if character in '<>:"|?*;' else character for character in name if _is_visible(character)
    )
    stem = KNOWN.sub("", " ".join(name.split())).strip(" .")[:LONGEST].strip(" .")
    if not stem:
        stem = "사진" if kind == "photo" else "문서"
    if RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return stem + EXTENSIONS[kind]


def _is_visible(character):
    # Cc control, Cf direction marks and other invisible ones, Cs lone surrogates, Co private, Cn unassigned
    return unicodedata.category(character)[0] != "C"
