//go:build tools

// Package tools names actionlint, so that the go.mod beside it pins what it is built from.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
