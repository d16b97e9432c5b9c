#!/bin/sh
# Destroys the environment of the review REVIEW, and removes its stack: sh ci/review-down.sh
. "$(dirname "$0")/review.sh"
described

stack=$(stack_of "$REVIEW")
if ! has_stack "$stack"; then
  echo "There is no stack $stack: nothing is left to do."
  exit 0
fi
unlock "$stack"
# What a killed job has begun to create is on the server, but not in the state: only an up takes it over.
state=$(run stack export --stack "$stack")
unknown=0
if printf '%s\n' "$state" | grep -q '"type": "creating"'; then
  configure "$stack"
  run up --yes --skip-preview --stack "$stack" || unknown=$?
fi
run destroy --yes --skip-preview --stack "$stack"
if [ "$unknown" -ne 0 ]; then
  echo "A killed job may have left an object that this run could not take over: the messages above name it." >&2
  echo "Delete it in the product, then run: pulumi --cwd $PROGRAM stack rm $stack" >&2
  exit "$unknown"
fi
run stack rm --yes --stack "$stack"
