#!/bin/sh
# Compares the stack STACK with what exists, writes what differs as Markdown to a file, and fails if something does:
# sh ci/drift.sh drift.md
. "$(dirname "$0")/run.sh"

code=0
told preview --refresh --expect-no-changes --diff --suppress-progress --stack "$STACK" || code=$?
case $code in
0) markdown "$STACK is what its program says" ;;
# With this code Pulumi says that it expected no changes.
7) markdown "$STACK differs from its program. The next pulumi up does this:" ;;
*) markdown "$STACK could not be compared with its program" ;;
esac >"$1"
exit "$code"
