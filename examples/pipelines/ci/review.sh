# What the scripts for review environments share: the stack of a review, and its settings. Sourced, not run.
. "$(dirname "$0")/run.sh"
# Without it a review would work on the program of what is merged.
: "${PROGRAM:?name the folder of the program for reviews}"

# Names the stack of a review, which is called by the number of its pull request or by its branch.
stack_of() {
  safe=$(printf %s "$1" | LC_ALL=C tr 'A-Z' 'a-z' | LC_ALL=C tr -c 'a-z0-9' '-' | cut -c 1-40)
  # A name that had to change gets the checksum of what it was, so that no two branches share a stack.
  [ "$safe" = "$1" ] || safe=$(printf %s "$safe" | cut -c 1-28)-$(printf %s "$1" | cksum | cut -d ' ' -f 1)
  printf 'review-%s\n' "$safe"
}

# Says whether there is a stack of that name; ends the script where the backend does not tell.
has_stack() {
  stacks=$(run stack ls --json) || exit
  printf '%s\n' "$stacks" | grep -q "\"name\": \"\(.*/\)*$1\""
}

# Says what a program for reviews has to be told.
described() {
  : "${REVIEW:?state the number of the pull request, or the name of the branch}"
  : "${REVIEW_REPOSITORY:?state the URL of the repository}" "${REVIEW_BRANCH:?name the branch}"
  : "${REVIEW_COMMIT:?state the commit}" "${REVIEW_CLASS:?state the id of an environment class}"
}

# Tells the program what to show. The settings are not kept: each job states them.
configure() {
  run config set-all --stack "$1" --plaintext "pullRequest=$REVIEW" --plaintext "repository=$REVIEW_REPOSITORY" \
    --plaintext "branch=$REVIEW_BRANCH" --plaintext "commit=$REVIEW_COMMIT" --plaintext "class=$REVIEW_CLASS"
}
