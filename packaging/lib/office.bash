# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# A sample office on this machine, for the scripts beside this folder. Its folder holds
#
#   address              HOST:PORT of its server
#   server/, server.log  the server's data and what it says
#   anna/, jan/          a profile each, and anna.passphrase, jan.passphrase
#
# $bin is where the programs are; the caller sets it.

# Prints a port of 127.0.0.1 on which nobody listens. Another program may take it before we do, and the server
# then says so; nothing depends on the number.
free_port() {
  local port
  for _ in {1..50}; do
    port=$((20000 + RANDOM % 10000))
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%d' "$port"
      return
    fi
  done
  echo "no free port between 20000 and 29999 on 127.0.0.1" >&2
  return 1
}

# Whether something listens at the address of the office in folder $1.
server_listens() {
  local address
  address=$(<"$1/address")
  (: <"/dev/tcp/${address%:*}/${address##*:}") 2>/dev/null
}

# Starts the server of the office in folder $1, waits until it listens, and sets `server_pid`.
start_server() {
  local office=$1 address attempt
  address=$(<"$office/address")
  if server_listens "$office"; then
    echo "Another program listens on $address, where the server of $office belongs. Stop it and repeat." >&2
    return 1
  fi
  : >"$office/server.log"
  "${bin:?}/teren-server" --data "$office/server" --listen "$address" </dev/null >"$office/server.log" 2>&1 &
  server_pid=$!
  for ((attempt = 0; attempt < 200; attempt++)); do
    if grep -q "listening on" "$office/server.log"; then
      return
    fi
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
  done
  echo "teren-server does not listen on $address. Its last words ($office/server.log):" >&2
  tail -n 5 "$office/server.log" >&2
  stop_server
  return 1
}

# Stops the server that `start_server` started, if there is one, and waits for its end.
stop_server() {
  if [[ -n "${server_pid:-}" ]]; then
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=""
  fi
}

# as WHO COMMAND…: terenctl in the profile of `anna` or `jan` of the office in $office.
as() {
  local who=$1
  shift
  "$bin/terenctl" --profile "${office:?}/$who" --passphrase-file "$office/$who.passphrase" --json "$@"
}
