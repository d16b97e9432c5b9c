//go:build tools

// Package tools names the language hosts for Go and Python, so that the go.mod beside it pins what they are built from.
package tools

import (
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go"
	_ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
)
