#!/bin/sh
# Says how Pulumi Deployments runs a stack: sh settings.sh ORGANIZATION/PROJECT/STACK
# GITPOD_API_KEY becomes a secret of the stack's deployments.
set -eu

pulumi deployment settings edit --stack "$1" \
  --github-repo "$REPOSITORY" --branch main --push-to-deploy --preview-prs \
  --executor-image pulumi/pulumi-nodejs-22:3.259.0 \
  --pre-run-command "npm ci" --skip-install-deps \
  --env "GITPOD_BASE_URL=${GITPOD_BASE_URL:-https://app.gitpod.io}" \
  --secret-env "GITPOD_API_KEY=$GITPOD_API_KEY"
