#!/bin/sh
# Destroys the environment of the pull request REVIEW if that is closed: sh .github/scripts/sweep.sh
set -eu

# It may have been opened again since it was found stale.
pull_request="repos/$GITHUB_REPOSITORY/pulls/$REVIEW"
if [ "$(gh api "$pull_request" --jq .state)" != closed ]; then
  echo "Pull request $REVIEW is open."
  exit 0
fi
REVIEW_BRANCH=$(gh api "$pull_request" --jq .head.ref)
REVIEW_COMMIT=$(gh api "$pull_request" --jq .head.sha)
export REVIEW_BRANCH REVIEW_COMMIT
sh ci/review-down.sh
