#!/usr/bin/env bash
# Run a command with the DATABASE_URL of a PostgreSQL cluster of its own, which is gone afterwards.
set -euo pipefail

bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: run scripts/setup.sh test"; exit 1; }

# Not in /tmp, which may be small; and PostgreSQL refuses to run as root.
home=$(mktemp -d /var/tmp/salpim-postgresql.XXXXXX)
as_owner=()
if [ "$(id -u)" = 0 ]; then
    as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi

in_cluster() { (cd / && "${as_owner[@]}" "$@"); }

remove_cluster() {
    in_cluster "$bin/pg_ctl" -D "$home/data" -m immediate -s stop 2>/dev/null || true
    rm -rf "$home"
}
trap remove_cluster EXIT
trap 'exit 130' INT TERM HUP

password=$(head -c 18 /dev/urandom | base64 | tr -d '/+=')
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf '%s' "$password" >"$home/password"
[ "$(id -u)" = 0 ] && chown -R postgres: "$home"

# C.UTF-8: under plain C, PostgreSQL knows no Hangul letters.
in_cluster "$bin/initdb" -D "$home/data" -U salpim --pwfile="$home/password" -A scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
cat >>"$home/data/postgresql.conf" <<CONF
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
fsync = ${PG_FSYNC:-off}
synchronous_commit = ${PG_FSYNC:-off}
full_page_writes = ${PG_FSYNC:-off}
shared_buffers = 128MB
max_connections = 60
CONF
in_cluster "$bin/pg_ctl" -D "$home/data" -w -s -l "$home/log" start || { cat "$home/log"; exit 1; }

export DATABASE_URL="postgres://salpim:$password@127.0.0.1:$port/postgres"
"$@" </dev/null
