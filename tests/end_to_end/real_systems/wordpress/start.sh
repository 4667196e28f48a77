#!/usr/bin/env bash
# WordPress (Debian package) on php -S and a MariaDB of its own, which listens on a socket only. start.sh WORKDIR PORT
# The site is in the sub-directory /help, in the time zone of St. John's. WP_PERMALINKS=plain: only ?rest_route= answers.
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "${REAL_SYSTEMS:?is set by scripts/real-servers}/_common.sh"; rs_args "$@"
rs_apt wordpress php-cli php-mysql php-xml php-mbstring mariadb-server-core mariadb-client-core curl
BASE="http://127.0.0.1:$PORT/help"
if [ ! -d "$WORKDIR/db" ]; then
  mariadb-install-db --no-defaults --user=root --datadir="$WORKDIR/db" --auth-root-authentication-method=normal --skip-test-db \
    >"$WORKDIR/install.log" 2>&1 || { tail "$WORKDIR/install.log" >&2; exit 1; }
fi
if ! rs_running database; then
  rs_spawn database mariadbd --no-defaults --user=root --datadir="$WORKDIR/db" --socket="$WORKDIR/db.sock" --pid-file="$WORKDIR/db.pid" \
    --skip-networking --innodb-buffer-pool-size=32M --innodb-flush-log-at-trx-commit=0 --performance-schema=OFF
  for _ in $(seq 150); do mariadb --no-defaults -S "$WORKDIR/db.sock" -e 'CREATE DATABASE IF NOT EXISTS wordpress' 2>/dev/null && break; sleep 0.2; done
fi
if [ ! -f "$WORKDIR/installed" ]; then
  mkdir -p "$WORKDIR/content/mu-plugins" "$WORKDIR/content/plugins" "$WORKDIR/content/themes"
  cp "$HERE/trial.php" "$WORKDIR/content/mu-plugins/"
  php "$HERE/install.php" >"$WORKDIR/passwords" 2>>"$WORKDIR/install.log" || { tail "$WORKDIR/install.log" >&2; exit 1; }
  touch "$WORKDIR/installed"
fi
if ! rs_running; then
  PHP_CLI_SERVER_WORKERS=4 rs_spawn server php -d memory_limit=256M -S "127.0.0.1:$PORT" "$HERE/router.php"
fi
rs_wait "$BASE/?rest_route=/" 30
{ echo "RS_BASE=$BASE"; cat "$WORKDIR/passwords"; } >"$WORKDIR/env"
if [ ! -f "$WORKDIR/seeded" ]; then
  PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$RS_ROOT" python3 "$HERE/seed.py" "$WORKDIR/env" && touch "$WORKDIR/seeded"
fi
rs_done
