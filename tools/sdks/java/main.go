// Command gen-java-sdk writes the SDK for Java, whose generator stands on an older version of Pulumi than the others.
package main

import (
	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"write"
)

func main() {
	write.SDKs(map[string]write.Generator{
		"java": func(pkg *schema.Package) (map[string][]byte, error) {
			return java.GeneratePackage(write.Tool, pkg, nil, nil, false, false)
		},
	})
}
