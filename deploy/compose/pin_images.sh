#!/bin/sh
# Writes deploy/compose.pinned.yaml: the images that others made, by their digest instead of by a name that may move.
#   make compose-pin                then: make compose-up PINNED=1
# The digests are those of the registry that this machine's engine is set to; run it again to take newer releases.
set -eu
cd "$(dirname "$0")/.."
new=$(mktemp)
trap 'rm -f "$new"' EXIT

digest_of() {
  docker pull --quiet "$1" >/dev/null 2>&1 || true
  docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$1" 2>/dev/null | sed -n 1p
}

echo 'services:' >"$new"
for line in kafka postgres redis proxy; do
  image=$(sed -n "/^  $line:\$/,/^  [a-z]/s/^    image: //p" compose.yaml)
  digest=$(digest_of "$image")
  test -n "$digest" || {
    echo "$image has no digest here: its registry cannot be reached, or the image was built on this machine." >&2
    echo "Nothing is written; the images stay named by their tag, as in compose.yaml." >&2
    exit 1
  }
  printf '  %s: {image: "%s"}\n' "$line" "$digest" >>"$new"
done
base=$(sed -n 's/^ARG PYTHON=//p' Dockerfile)
digest=$(digest_of "$base")
test -z "$digest" || printf '  secrets: {build: {args: {PYTHON: "%s"}}}\n' "$digest" >>"$new"
cp "$new" compose.pinned.yaml
cat compose.pinned.yaml
