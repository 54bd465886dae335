"""What must be there before the site may start, because its absence would not show by itself."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error
from django.db import connections

FONTS = [
    "NanumGothic.ttf",
    "NanumGothicBold.ttf",
    "NanumMyeongjo.ttf",
    "NanumMyeongjoBold.ttf",
    "NanumBarunGothic.ttf",
]
NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "fuse.sshfs", "9p")


def check_fonts(app_configs, **kwargs):
    """Without its font a PDF shows boxes, while its text still reads well to a program."""
    folder = settings.BASE_DIR / "static" / "vendor" / "fonts"
    missing = [name for name in FONTS if not (folder / name).is_file()]
    if not missing:
        return []
    return [
        Error(
            f"Fonts are missing in {folder}: {', '.join(missing)}",
            hint="Run scripts/setup.sh.",
            id="config.E001",
        )
    ]


def check_database(app_configs, databases, **kwargs):
    errors = []
    for alias in databases or []:
        connection = connections[alias]
        errors += (
            _check_postgresql(connection) if connection.vendor == "postgresql" else _check_sqlite(connection)
        )
    return errors


def _check_postgresql(connection):
    """Under LC_CTYPE=C no Hangul character counts as a letter, and Korean search finds nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datctype, pg_encoding_to_char(encoding)"
            " FROM pg_database WHERE datname = current_database()"
        )
        ctype, encoding = cursor.fetchone()
    if ctype not in ("C", "POSIX") and encoding == "UTF8":
        return []
    hint = "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    return [Error(f"The database has LC_CTYPE={ctype} and encoding {encoding}.", hint=hint, id="config.E002")]


def _check_sqlite(connection):
    """SQLite's locks do not hold across machines."""
    file_system = _file_system_of(Path(connection.settings_dict["NAME"]))
    if not file_system.startswith(NETWORK_FILE_SYSTEMS):
        return []
    hint = "Put it on a disk of this machine, or use PostgreSQL."
    return [
        Error(
            f"The SQLite database lies on a network file system ({file_system}).", hint=hint, id="config.E003"
        )
    ]


def _file_system_of(path, mounts=Path("/proc/mounts")):
    """The type of the file system that holds the path, or "" where the system does not tell."""
    if not mounts.exists():
        return ""
    lines = [line.split() for line in mounts.read_text().splitlines()]
    holding = [(len(place), kind) for _, place, kind, *_ in lines if path.is_relative_to(place)]
    return max(holding)[1] if holding else ""
