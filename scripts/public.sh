#!/usr/bin/env bash
# The public site on this machine, with what `make demo` has made: the same .env, the same database, only read.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8001}
scripts/setup.sh run
[ -e .env ] || [ -n "${SECRET_KEY:-}" ] || { echo "Run make demo first: it makes the database and the .env."; exit 1; }

scripts/collect_static.sh

echo "http://127.0.0.1:$port/"
exec .venv/bin/gunicorn --bind "127.0.0.1:$port" --log-level warning config.public_wsgi
