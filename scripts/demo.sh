#!/usr/bin/env bash
# The demo city on this machine: SERVE=0 ends after the PDF; DATABASE_URL=postgres://… takes PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8000}
scripts/setup.sh run
python=.venv/bin/python

$python scripts/write_demo_env.py
$python manage.py migrate --no-input --verbosity 0
scripts/collect_static.sh

if [ "${SERVE:-1}" = 0 ]; then
    exec $python manage.py load_demo
fi
$python manage.py load_demo --address "http://127.0.0.1:$port/"
exec .venv/bin/gunicorn --bind "127.0.0.1:$port" --log-level warning config.wsgi
