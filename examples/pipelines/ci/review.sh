# What the scripts for review environments share: the stack of a review, and its settings. Sourced, not run.
. "$(dirname "$0")/run.sh"

# Names the stack of a review, which is called by the number of its pull request or by its branch.
stack_of() {
  safe=$(printf %s "$1" | LC_ALL=C tr 'A-Z' 'a-z' | LC_ALL=C tr -c 'a-z0-9' '-' | cut -c 1-40)
  # A name that had to change gets the checksum of what it was, so that no two branches share a stack.
  [ "$safe" = "$1" ] || safe=$(printf %s "$safe" | cut -c 1-28)-$(printf %s "$1" | cksum | cut -d ' ' -f 1)
  printf 'review-%s\n' "$safe"
}

# Tells the program what to show. The settings are not kept: each job states them.
configure() {
  run config set-all --stack "$1" --plaintext "pullRequest=$REVIEW" --plaintext "repository=$REVIEW_REPOSITORY" \
    --plaintext "branch=$REVIEW_BRANCH" --plaintext "commit=$REVIEW_COMMIT" --plaintext "class=$REVIEW_CLASS"
}
