#!/usr/bin/env bash
# All tests: a smoke on SQLite, then everything on PostgreSQL. `test.sh full` adds the slow ones and all of SQLite.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
unset DATABASE_URL
pytest() { .venv/bin/python -m pytest -q -n "${TEST_PROCESSES:-2}" "$@"; }

if [ "${1:-}" = full ]; then
    echo "== SQLite: everything"
    pytest -m "not pg and not browser"
    echo "== PostgreSQL: everything, the slow ones too"
    chosen="slow or not slow"
else
    echo "== SQLite: the smoke"
    pytest -m "smoke and not slow"
    echo "== PostgreSQL: everything but the slow ones"
    chosen="not slow"
fi
scripts/with_postgresql.sh .venv/bin/python -m pytest -q -n "${TEST_PROCESSES:-2}" -m "$chosen"
