#!/bin/sh
# Tests ./heddle and ./mvnw in a made-up project with made-up JDKs, so that nothing is built and no JVM starts.
set -eu

project=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# --- the made-up world -------------------------------------------------------------------------------

# The tools the scripts may use, and no java or mvn among them.
mkdir "$work/tools"
for tool in awk cat cut dirname find head mkdir mktemp mv readlink rm sed sh sha512sum shasum sleep tar touch; do
  path=$(command -v "$tool" || true)
  [ -z "$path" ] || ln -s "$path" "$work/tools/$tool"
done

# jdk <folder> <version> [quiet]: its java tells how it was called; "quiet" leaves out the release file.
jdk() {
  mkdir -p "$work/$1/bin"
  touch "$work/$1/bin/javac"
  cat >"$work/$1/bin/java" <<EOF
#!/bin/sh
case \$1 in
  -version)
    echo 'openjdk version "$2" 2025-09-16' >&2
    exit
    ;;
  -XX:AOTCacheOutput=*)
    [ -z "\${FAKE_CACHE:-}" ] || echo "\$*" >"\${1#*=}"
    exit
    ;;
esac
printf '%s' "$1"
printf ' [%s]' "\$@"
echo " pid \$\$"
exit \${FAKE_STATUS:-0}
EOF
  chmod +x "$work/$1/bin/java" "$work/$1/bin/javac"
  [ "${3:-}" = quiet ] || echo "JAVA_VERSION=\"$2\"" >"$work/$1/release"
}

# A fresh project in $work/project, whose build only writes the jar.
new_project() {
  rm -rf "$work/project"
  for module in framework launcher demo-echo benchmarks; do
    mkdir -p "$work/project/$module/src/main/java"
    touch "$work/project/$module/pom.xml"
  done
  touch "$work/project/pom.xml"
  cp "$project/heddle" "$work/project/heddle"
  cat >"$work/project/mvnw" <<'EOF'
#!/bin/sh
echo "built with $JAVA_HOME: $*"
[ -z "${FAKE_BUILD_FAILS:-}" ] || exit 1
for module in demo-echo benchmarks; do
  case "$*" in *"-pl $module "*) mkdir -p $module/target && touch $module/target/$module.jar ;; esac
done
EOF
  chmod +x "$work/project/mvnw"
}

# --- checks ------------------------------------------------------------------------------------------

failures=0

# run [VARIABLE=value...] command...: sets $out, $err and $status. Nothing of our own environment is seen.
run() {
  status=0
  env -i HOME="$work/home" PATH="$work/tools" HEDDLE_JDKS="$work/jdks/*" "$@" >"$work/out" 2>"$work/err" || status=$?
  out=$(cat "$work/out") err=$(cat "$work/err")
}

# check <what> <expected status> <pattern for out> <pattern for err>
check() {
  # shellcheck disable=SC2254 # patterns are meant
  case $status/$out/$err in
    $2/$3/$4) echo "ok    $1" ;;
    *)
      echo "FAIL  $1"
      printf '  %s: %s\n' status "$status" out "$out" err "$err"
      failures=$((failures + 1))
      ;;
  esac
}

heddle=$work/project/heddle
new_project

run "$heddle"
check "without a command it shows its usage" 0 "Usage: *echo *compare *" ""
run "$heddle" --help
check "--help shows the same" 0 "Usage: *echo *" ""
case $out in *" http "*) status=listed ;; esac
check "the usage leaves out what this version does not have" 0 "*" ""
run "$heddle" http
check "a command of another version is refused in one line" 1 "" 'heddle: "http" is not part of this version yet'
run "$heddle" ecoh
check "an unknown command names the nearest" 2 "" 'heddle: no command "ecoh": did you mean echo?'
run "$heddle" bogus
check "an unknown command near to none names all" 2 "" 'heddle: no command "bogus": the commands are echo, *, doctor'

run "$heddle" echo
check "without any JDK it says how to get one" 1 "" "heddle: needs a JDK 25 or newer: install one *"
jdk jdks/17 17.0.15
jdk old 21.0.4
run JAVA_HOME="$work/old" PATH="$work/old/bin:$work/tools" "$heddle" echo
check "JDKs that are too old do not count" 1 "" "heddle: needs a JDK 25 or newer: *"
jdk jdks/jre 25
rm "$work/jdks/jre/bin/javac"
run "$heddle" echo
check "a JRE does not count" 1 "" "heddle: needs a JDK 25 or newer: *"
rm -r "$work/jdks/jre"

jdk jdks/a-27 27-ea
jdk jdks/b-26 26.0.1 quiet
run "$heddle" echo
check "of several JDKs the lowest that will do is taken, release file or not" 0 "jdks/b-26 *" "heddle: building *"
jdk jdks/c-25 25.0.3
jdk jdks/d-25 25.0.4
run "$heddle" echo
check "of equals the first is taken" 0 "jdks/c-25 *" ""
jdk path 26
run PATH="$work/path/bin:$work/tools" "$heddle" echo
check "the PATH's java is preferred to those in folders" 0 "path *" ""
mkdir "$work/links"
ln -s "$work/path/bin/java" "$work/links/java"
run PATH="$work/links:$work/tools" "$heddle" echo
check "also when it is a link, as Debian's is" 0 "path *" ""
jdk "home with space" 27
run JAVA_HOME="$work/home with space" PATH="$work/path/bin:$work/tools" "$heddle" echo
check "JAVA_HOME is preferred to the PATH" 0 "home with space *" ""
run JAVA_HOME="$work/old" "$heddle" echo
check "a JAVA_HOME that is too old is passed over" 0 "jdks/c-25 *" ""

run "$heddle" echo --port=9000 "a b" ""
check "options reach the program as they are" 0 "* \[-jar\] \[$work/project/demo-echo/target/demo-echo.jar\] \[--port=9000\] \[a b\] \[\] *" ""
run HEDDLE_JVM_OPTIONS="-Xmx1g -Dx=*" "$heddle" echo
check "HEDDLE_JVM_OPTIONS reaches the JVM, before the jar" 0 "* \[-Xmx1g\] \[-Dx=\*\] \[-jar\] *" ""
run FAKE_STATUS=7 "$heddle" echo
check "the program's exit status is heddle's" 7 "*" ""
run "$heddle" compare --help
check "the benchmarks hear which command is meant" 0 "*benchmarks.jar\] \[compare\] \[--help\] *" "*building benchmarks*"
run sh -c 'echo "$$"; exec "$0" echo' "$heddle"
case $out in *"pid $(head -n 1 "$work/out")") ;; *) status="another process" ;; esac
check "the program takes heddle's place, so that signals reach it" 0 "*" ""
ln -s project/heddle "$work/link"
ln -s "$work/link" "$work/home with space/link-to-link"
run sh -c 'cd / && exec "$0" echo' "$work/home with space/link-to-link"
check "a link to a link from another folder works" 0 "*$work/project/demo-echo/target/demo-echo.jar*" ""

new_project
jar=$work/project/demo-echo/target/demo-echo.jar
run FAKE_CACHE=1 "$heddle" echo --port=1
check "a jar is rehearsed when it is built, and the cache used" 0 \
  "* \[-XX:AOTCache=${jar%.jar}-jdk.aot\] \[-Xlog:aot=off\] \[-jar\] \[$jar\] \[--port=1\] *" "heddle: building *"
touch -t 203001010000 "$jar"
run "$heddle" echo
check "an older cache is not used, nor one that could not be made" 0 "jdks/c-25 \[-XX:+UseCompactObjectHeaders\] \[-jar\] *" ""
run FAKE_CACHE=1 "$heddle" compare
check "the benchmarks start without a cache" 0 "jdks/c-25 \[-XX:+UseCompactObjectHeaders\] \[-jar\] *" "heddle: building *"

new_project
run "$heddle" echo
check "a missing jar is built, in one line" 0 "jdks/c-25 *" "heddle: building demo-echo (first run; about a minute)..."
grep -q "^built with $work/jdks/c-25: " "$work/project/target/heddle-build-demo-echo.log" || status="log differs"
check "by the JDK that was found" 0 "*" "*"
run "$heddle" echo
check "a second run builds nothing" 0 "jdks/c-25 *" ""
touch -t 203001010000 "$work/project/framework/src/main/java/New.java"
run "$heddle" echo
check "a newer source has the jar built again" 0 "jdks/c-25 *" "heddle: building demo-echo (its sources changed)..."
run FAKE_BUILD_FAILS=1 "$heddle" echo
check "a failed build shows its output" 1 "" "heddle: building *built with *heddle: the build failed; *"
[ ! -e "$work/project/target/heddle.lock" ] || status="lock left behind"
check "and lets the next one begin" 1 "*" "*"
echo 999999999 >"$work/project/target/heddle.lock"
run "$heddle" echo
check "a build that was killed does not hold up the next" 0 "jdks/c-25 *" "*building*"

# --- mvnw --------------------------------------------------------------------------------------------

# fake_mvn <file> <version>
fake_mvn() {
  mkdir -p "$(dirname "$1")"
  cat >"$1" <<EOF
#!/bin/sh
if [ "\$1" = --version ]; then echo "Apache Maven $2 (x)"; else echo "maven $2 [\$*]"; fi
EOF
  chmod +x "$1"
}

mvnw=$project/mvnw
run "$mvnw" verify
check "mvnw without any Maven says what to do" 1 "" "mvnw: no Maven 3.8 or newer on the PATH: *"
fake_mvn "$work/new/mvn" 3.10.0
run PATH="$work/new:$work/tools" "$mvnw" -B "a b"
check "mvnw runs the PATH's Maven" 0 "maven 3.10.0 \[-B a b\]" ""
fake_mvn "$work/aged/mvn" 3.6.3
run PATH="$work/aged:$work/tools" "$mvnw" verify
check "mvnw passes over one that is too old" 1 "" "mvnw: no Maven 3.8 or newer on the PATH: *"
cat >"$work/aged/curl" <<'EOF'
#!/bin/sh
while [ "$1" != --output ]; do shift; done
echo junk >"$2"
EOF
chmod +x "$work/aged/curl"
run PATH="$work/aged:$work/tools" MVNW_REPOURL=repo:/maven2/ "$mvnw" verify
check "mvnw refuses a download that is not what it asked for" 1 "" "*SHA-512 differs"
version=$(sed -n 's/^version=//p' "$mvnw")
for left in "$work/home/.m2/wrapper"/*; do [ ! -e "$left" ] || status="left $left"; done
check "and keeps nothing of it" 1 "" "*"
fake_mvn "$work/home/.m2/wrapper/apache-maven-$version/bin/mvn" "$version"
run PATH="$work/aged:$work/tools" "$mvnw" verify
check "mvnw runs the Maven it unpacked before" 0 "maven $version \[verify\]" ""

[ "$failures" -eq 0 ] || echo "$failures failed" >&2
exit "$((failures > 0))"
