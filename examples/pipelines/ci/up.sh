#!/bin/sh
# Brings the stack STACK up, and first continues where a killed job has stopped: sh ci/up.sh
. "$(dirname "$0")/run.sh"
: "${STACK:?name the stack}"

unlock "$STACK"
forget_pending "$STACK"
run up --yes --skip-preview --stack "$STACK"
