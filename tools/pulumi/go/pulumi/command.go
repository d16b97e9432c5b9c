//go:build tools

// Package tools names the command of the Pulumi CLI, so that the go.mod beside it pins what it is built from.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
