//go:build tools

// Package tools names the Node.js language host, so that the go.mod beside it pins what it is built from.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
