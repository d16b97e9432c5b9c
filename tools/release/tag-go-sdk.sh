#!/usr/bin/env bash
# Publishes the SDK for Go, whose module is the folder sdk/go of the repository: tags a commit that has nothing but that
# folder, so that no branch holds generated code. Takes the tag of the release and the archive of the SDK. The same
# archive makes the same commit, so that a second run finds nothing to do.
set -euo pipefail

tag="sdk/go/$1"
archive="$2"

staged="$(mktemp -d)"
trap 'rm -rf "$staged"' EXIT
mkdir -p "$staged/tree/sdk/go"
tar -xzf "$archive" -C "$staged/tree/sdk/go"
cp LICENSE "$staged/tree/sdk/go/"

export GIT_INDEX_FILE="$staged/index"
git --work-tree="$staged/tree" add --force --all .
tree="$(git write-tree)"

when="$(git log -1 --format=%cI)"
export GIT_AUTHOR_NAME="pulumi-gitpod" GIT_AUTHOR_EMAIL="" GIT_AUTHOR_DATE="$when"
export GIT_COMMITTER_NAME="pulumi-gitpod" GIT_COMMITTER_EMAIL="" GIT_COMMITTER_DATE="$when"
commit="$(git commit-tree "$tree" -p HEAD -m "SDK for Go $1")"

git push origin "$commit:refs/tags/$tag"
echo "$tag is $commit."
