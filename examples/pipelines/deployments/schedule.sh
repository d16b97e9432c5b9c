#!/bin/sh
# Has Pulumi Deployments look for drift each night; each call adds a schedule: sh schedule.sh ORGANIZATION/PROJECT/STACK
set -eu

pulumi stack schedule new --stack "$1" --kind drift --cron "17 3 * * *" --yes
