#!/usr/bin/env bash
# Collect static files where one of them has changed. Both sites take them from the same folder.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -e var/static/staticfiles.json ] || [ -n "$(find static -newer var/static/staticfiles.json -print -quit)" ]; then
    .venv/bin/python manage.py collectstatic --no-input --clear --verbosity 0
fi
