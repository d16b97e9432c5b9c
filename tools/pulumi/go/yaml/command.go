//go:build tools

// Package tools names the YAML language host, so that the go.mod beside it pins what it is built from.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
