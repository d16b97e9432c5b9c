#!/bin/sh
# Brings the environment of the review REVIEW up, and writes its URL as Markdown to a file: sh ci/review-up.sh review.md
. "$(dirname "$0")/review.sh"
described
: "${1:?name the file to write}"

stack=$(stack_of "$REVIEW")
has_stack "$stack" || run stack init --no-select "$stack"
configure "$stack"
unlock "$stack"
code=0
told up --yes --skip-preview --stack "$stack" || code=$?
if [ "$code" -ne 0 ]; then
  markdown "The review environment failed" >"$1"
  exit "$code"
fi
# Not before: until it is taken over, this is all that tells review-down.sh of what a killed job has left.
forget_pending "$stack"
url=$(run stack output url --stack "$stack")
printf '### The review environment is up\n\n%s\n' "$url" >"$1"
