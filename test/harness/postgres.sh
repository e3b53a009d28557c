#!/bin/sh
# A throw-away PostgreSQL for tests. Prints the address of its database `postgres` and lives until its standard input ends, so that
# whoever started it only has to die or close the pipe. Leaves nothing behind. Several can run at once.
#
#   test/harness/postgres.sh                 postgresql:///postgres?host=/tmp/cappvd-pg-XXXXXX&user=cappvd
#   coproc test/harness/postgres.sh          (bash)      spawn('test/harness/postgres.sh', { stdio: ['pipe', 'pipe', 'inherit'] })  (node)
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] && [ -x "$bin/initdb" ] || { echo "no PostgreSQL server under /usr/lib/postgresql" >&2; exit 77; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/cappvd-pg-XXXXXX")
server=
finish() {
	trap - EXIT HUP INT TERM
	[ -z "$server" ] || { kill -QUIT "$server" 2>/dev/null; wait "$server" 2>/dev/null; } || true
	rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# The server refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
	user=$(id -u postgres >/dev/null 2>&1 && echo postgres || echo nobody)
	chown "$user" "$folder"
	as="setpriv --reuid $user --regid $(id -g "$user") --clear-groups"
fi
cd "$folder"
$as "$bin/initdb" --pgdata="$folder/data" --username=cappvd --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 </dev/null || { cat "$folder/log" >&2; exit 1; }
# pdeathsig: the server goes when this script is killed.
${as:-setpriv} --pdeathsig QUIT "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c full_page_writes=off \
	-c synchronous_commit=off -c jit=off -c shared_buffers=16MB -c max_connections=100 -c max_pred_locks_per_transaction=256 -c max_wal_size=256MB -c wal_level=minimal \
	-c max_wal_senders=0 -c log_min_messages=fatal >>"$folder/log" 2>&1 </dev/null &
server=$!
tries=0
until "$bin/pg_isready" -q -h "$folder" -d postgres -U cappvd; do
	tries=$((tries + 1))
	[ $tries -lt 400 ] && kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
	sleep 0.05
done
echo "postgresql:///postgres?host=$folder&user=cappvd"
cat >/dev/null
