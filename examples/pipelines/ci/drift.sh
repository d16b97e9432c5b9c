#!/bin/sh
# Compares the stack STACK with what exists, writes what differs as Markdown to a file, and fails if something does:
# sh ci/drift.sh drift.md
. "$(dirname "$0")/run.sh"
: "${STACK:?name the stack}" "${1:?name the file to write}"

code=0
told preview --refresh --expect-no-changes --diff --suppress-progress --stack "$STACK" || code=$?
case $code in
0) markdown "$STACK is what its program says" ;;
# With this code Pulumi says that it expected no changes.
7) markdown "$STACK differs from its program. The next pulumi up does this:" ;;
6) markdown "The check failed: there is no stack $STACK. Create it once with pulumi stack init $STACK" ;;
*) markdown "$STACK could not be compared with its program" ;;
esac >"$1"
exit "$code"
