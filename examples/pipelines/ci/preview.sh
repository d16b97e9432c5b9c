#!/bin/sh
# Previews the stack STACK, and writes the diff as Markdown to a file: sh ci/preview.sh preview.md
. "$(dirname "$0")/run.sh"
: "${STACK:?name the stack}" "${1:?name the file to write}"

code=0
told preview --diff --suppress-progress --stack "$STACK" || code=$?
case $code in
0) markdown "Preview of $STACK" ;;
6) markdown "The preview failed: there is no stack $STACK. Create it once with pulumi stack init $STACK" ;;
*) markdown "The preview of $STACK failed" ;;
esac >"$1"
exit "$code"
