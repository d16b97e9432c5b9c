#!/bin/sh
# Prints the reviews that have a stack and are not open any more; the command prints those that are, one a line:
# sh ci/review-stale.sh COMMAND [ARGUMENT …]
. "$(dirname "$0")/review.sh"
: "${1:?state the command that prints those that are open}"

# In this order: a review that opens in between has no stack yet. If the command fails, no review is stale.
stacks=$(run stack ls --json)
open=$("$@")
kept=$(printf '%s\n' "$open" | while read -r review; do [ -z "$review" ] || stack_of "$review"; done)
printf '%s\n' "$stacks" | sed -n 's/^ *"name": "\(.*\/\)*\(review-[a-z0-9-]*\)",*$/\2/p' | while read -r stack; do
  printf '%s\n' "$kept" | grep -qx "$stack" || printf '%s\n' "${stack#review-}"
done
