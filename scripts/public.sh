#!/usr/bin/env bash
# The public site on this machine, with what `make demo` has made: the same .env, the same database, only read.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8001}
scripts/setup.sh run
[ -e .env ] || [ -n "${SECRET_KEY:-}" ] || { echo "Run make demo first: it makes the database and the .env."; exit 1; }

# The office's settings: its files lie in the same folder, and clearing must not take them away.
if [ ! -e var/static/staticfiles.json ] || [ -n "$(find static -newer var/static/staticfiles.json -print -quit)" ]; then
    .venv/bin/python manage.py collectstatic --no-input --clear --verbosity 0
fi

echo "http://127.0.0.1:$port/"
exec .venv/bin/gunicorn --bind "127.0.0.1:$port" --log-level warning config.public_wsgi
