#!/bin/sh
# Writes a file as the comment of that name on the pull request PULL_REQUEST, or renews it: sh comment.sh NAME FILE
set -eu

mark="<!-- pulumi: $1 -->"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{ printf '%s\n' "$mark" && cat "$2"; } >"$body"

comments="repos/$GITHUB_REPOSITORY/issues"
# Somebody else may quote the mark.
own=".[] | select(.user.login == \"github-actions[bot]\" and (.body // \"\" | startswith(\"$mark\"))) | .id"
found=$(gh api --paginate "$comments/$PULL_REQUEST/comments?per_page=100" --jq "$own")
id=$(printf '%s\n' "$found" | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "$comments/comments/$id" --field "body=@$body" --silent
else
  gh api --method POST "$comments/$PULL_REQUEST/comments" --field "body=@$body" --silent
fi
