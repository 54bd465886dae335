#!/usr/bin/env bash
# The fast half of `make check`: all that needs no test run.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
python=.venv/bin/python

say() { printf '== %s\n' "$*"; }

say "ruff"
.venv/bin/ruff format --check --quiet . || { .venv/bin/ruff format --check . | head -20; exit 1; }
.venv/bin/ruff check --quiet .
say "djlint"
.venv/bin/djlint --lint --quiet templates

# As in production, but for the values that a site has to choose.
export READ_DOTENV=False ALLOWED_HOSTS=salpim.example DATABASE_URL=sqlite://:memory:
SECRET_KEY=$($python -c 'import secrets; print(secrets.token_urlsafe(50))')
export SECRET_KEY
say "migrations"
$python manage.py makemigrations --check --dry-run
say "deployment"
$python manage.py check --deploy --fail-level WARNING
