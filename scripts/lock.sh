#!/usr/bin/env bash
# Write requirements*.txt with the hash of every file. Versions move only where requirements*.in says so.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in requirements requirements-dev requirements-node; do
    .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links "$name.in" -o "$name.txt"
done
