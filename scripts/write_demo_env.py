"""Write the `.env` of a demonstration on this machine alone, unless one is there."""

import os
import secrets
import sys
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / ".env"
TEXT = """\
# Made by `make demo`, for this machine only. Delete it to get a new key and password.
DEMO=True
DEBUG=False
HTTPS=False
ALLOWED_HOSTS=127.0.0.1,localhost
SECRET_KEY={key}
DEMO_PASSWORD={password}
PAPER_BLANK_COLUMN=시민
ORGANISATION_NAME=서울특별시
ORGANISATION_SENDER=서울특별시장
DATABASE_URL=sqlite:///{database}
"""


def main():
    if PATH.exists():
        if "DEMO=True" not in PATH.read_text().splitlines():
            sys.exit(f"{PATH} is not that of a demo: `make demo` leaves it alone.")
        return
    (PATH.parent / "var").mkdir(mode=0o700, exist_ok=True)
    text = TEXT.format(
        key=secrets.token_urlsafe(50),
        password=f"salpim-{secrets.token_hex(4)}",
        database=PATH.parent / "var" / "demo.sqlite3",
    )
    with os.fdopen(os.open(PATH, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


main()
