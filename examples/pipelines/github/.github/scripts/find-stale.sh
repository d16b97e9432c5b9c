#!/bin/sh
# Prints the reviews without an open pull request as an output of a step: sh .github/scripts/find-stale.sh
set -eu

stale=$(sh ci/review-stale.sh gh api --paginate "repos/$GITHUB_REPOSITORY/pulls?state=open&per_page=100" --jq '.[].number')
# Each is of a-z, 0-9 and -.
printf 'reviews=[%s]\n' "$(printf '%s\n' "$stale" | sed '/^$/d; s/.*/"&"/' | paste -s -d , -)"
