// Command gen-sdks writes the SDKs for Go and Python.
package main

import (
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"write"
)

func main() {
	write.SDKs(map[string]write.Generator{
		"go": func(pkg *schema.Package) (map[string][]byte, error) {
			return golang.GeneratePackage(write.Tool, pkg, nil)
		},
		"python": func(pkg *schema.Package) (map[string][]byte, error) {
			return python.GeneratePackage(write.Tool, pkg, nil, write.Alone{})
		},
	})
}
