#!/usr/bin/env bash
# Sourced by .ci/run: starts a Postgres and a Redis of its own on free ports of the loopback interface, with
# their data in "$SERVICES_DIR", and stops them. Sets TEST_DATABASE_URL and TEST_REDIS_URL.

postgres_bin() {
  local newest
  newest=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  if [ -n "$newest" ]; then dirname "$newest"; else dirname "$(command -v initdb)"; fi
}

# Postgres refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  local bin data="$SERVICES_DIR/postgres" attempt port
  bin=$(postgres_bin)
  mkdir -p "$data"
  [ "$(id -u)" = 0 ] && chown postgres "$SERVICES_DIR" "$data"
  as_postgres "$bin/initdb" -D "$data" -U huashu -A trust -E UTF8 --locale=C.UTF-8 >"$SERVICES_DIR/initdb.log"
  for attempt in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 9000))
    # No test pulls the plug of the machine, so commits need not reach the disk.
    if as_postgres "$bin/pg_ctl" -D "$data" -w -t 60 -l "$data/server.log" start \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200" \
      >"$SERVICES_DIR/pg_ctl.log" 2>&1; then
      export TEST_DATABASE_URL="postgres://huashu@127.0.0.1:$port/postgres"
      return 0
    fi
    echo "Postgres did not start on port $port (attempt $attempt)" >&2
  done
  cat "$data/server.log" >&2
  return 1
}

start_redis() {
  local data="$SERVICES_DIR/redis" attempt port
  mkdir -p "$data"
  for attempt in 1 2 3 4 5; do
    port=$((30000 + RANDOM % 9000))
    redis-server --port "$port" --bind 127.0.0.1 --dir "$data" --appendonly yes --save '' --daemonize yes \
      --pidfile "$data/redis.pid" --logfile "$data/redis.log" >/dev/null
    for _ in $(seq 50); do
      if [ "$(redis-cli -p "$port" ping 2>/dev/null)" = PONG ] && [ -s "$data/redis.pid" ]; then
        export TEST_REDIS_URL="redis://127.0.0.1:$port"
        return 0
      fi
      sleep 0.1
    done
    echo "Redis did not start on port $port (attempt $attempt)" >&2
  done
  cat "$data/redis.log" >&2
  return 1
}

start_services() {
  SERVICES_DIR=$(mktemp -d)
  chmod 755 "$SERVICES_DIR"
  start_postgres && start_redis
}

stop_services() {
  [ -n "${SERVICES_DIR:-}" ] || return 0
  if [ -s "$SERVICES_DIR/redis/redis.pid" ]; then kill "$(cat "$SERVICES_DIR/redis/redis.pid")" 2>/dev/null || true; fi
  if [ -s "$SERVICES_DIR/postgres/postmaster.pid" ]; then
    as_postgres "$(postgres_bin)/pg_ctl" -D "$SERVICES_DIR/postgres" -m immediate stop >/dev/null 2>&1 || true
  fi
  rm -rf "$SERVICES_DIR"
}
