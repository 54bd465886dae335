"""The public site's settings for a benchmark: one address may ask as often as it likes."""

import os

for _name in ("SEARCHES_A_MINUTE", "DOWNLOADS_A_MINUTE", "DOWNLOADS_A_DAY", "DATA_A_MINUTE"):
    os.environ[f"PUBLIC_{_name}"] = "1000000000"

from bench import settings as _office
from config.public_settings import *  # noqa: F403

STATIC_ROOT = _office.VAR_DIR / "public_static"  # the office's process collects its own at the same time
