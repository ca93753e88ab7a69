#!/usr/bin/env bash
# Lets npm's ws talk to the framework on every backend, with and without compression, with and without contexts.
# Needs node, npm and its registry, and the framework's classes and test classes: mvn -B -pl framework test-compile
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The first JDK that can run the classes.
for java in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
  [ -x "$java" ] && "$java" --version 2>/dev/null | head -n1 | grep -Eq ' (2[5-9]|[3-9][0-9])' && break
  java=
done
[ -n "$java" ] || { echo "websocket-clients.sh: no JDK 25 or newer found: point JAVA_HOME to one" >&2; exit 1; }

classes="$PWD/framework/target/classes:$PWD/framework/target/test-classes"
client="$PWD/build/websocket-client.mjs"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work" ws@8)

for backend in virtual selector platform pool; do
  for contexts in true false; do
    coproc SERVER {
      exec "$java" --add-opens java.base/java.lang=ALL-UNNAMED \
        --add-opens java.base/sun.nio.ch=ALL-UNNAMED -cp "$classes" dev.heddle.ws.EchoSocketMain \
        "$backend" "$contexts"
    }
    # shellcheck disable=SC2153 # set by coproc
    server=$SERVER_PID
    read -r port <&"${SERVER[0]}"
    for compress in true false; do
      (cd "$work" && timeout 60 node "$client" "$port" "$compress")
      echo "ws on $backend: contexts=$contexts compression=$compress: passed"
    done
    eval "exec ${SERVER[1]}>&-" # the end of its standard input is its end
    wait "$server"
  done
done
