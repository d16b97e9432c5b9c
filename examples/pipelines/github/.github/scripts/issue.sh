#!/bin/sh
# Opens the issue of that title with the text of a file, or renews it; closes it after a success:
# sh issue.sh TITLE FILE OUTCOME
set -eu

mark="<!-- pulumi: $1 -->"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{ printf '%s\n' "$mark" && cat "$2"; } >"$body"

issues="repos/$GITHUB_REPOSITORY/issues"
# Somebody else may quote the mark.
own=".[] | select(.user.login == \"github-actions[bot]\" and (.body // \"\" | startswith(\"$mark\"))) | .number"
found=$(gh api --paginate "$issues?state=open&per_page=100" --jq "$own")
number=$(printf '%s\n' "$found" | head -n 1)
if [ "$3" = success ]; then
  [ -z "$number" ] || gh api --method PATCH "$issues/$number" --field "body=@$body" --raw-field state=closed --silent
elif [ -n "$number" ]; then
  gh api --method PATCH "$issues/$number" --field "body=@$body" --silent
else
  gh api --method POST "$issues" --raw-field "title=$1" --field "body=@$body" --silent
fi
