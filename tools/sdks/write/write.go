// Package write writes the SDKs of a Pulumi package from its schema.
package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// Tool is who the SDKs say that they were made by.
const Tool = "pulumi-gitpod"

// A Generator returns the files of one language's SDK by their paths.
type Generator func(pkg *schema.Package) (map[string][]byte, error)

// SDKs is a command that takes the file of the schema and the folder to write to, a folder in it for each language.
func SDKs(generators map[string]Generator) {
	if len(os.Args) != 3 {
		fail(errors.New("usage: COMMAND SCHEMA FOLDER"))
	}
	for language, generate := range generators {
		if err := write(os.Args[1], filepath.Join(os.Args[2], language), generate); err != nil {
			fail(fmt.Errorf("the SDK for %s cannot be made: %w", language, err))
		}
	}
}

// write binds the schema anew, because a generator leaves its marks in what it is given.
func write(schemaFile, folder string, generate Generator) error {
	pkg, err := bind(schemaFile)
	if err != nil {
		return err
	}
	files, err := generate(pkg)
	if err != nil {
		return err
	}
	for name, text := range files {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func bind(schemaFile string) (*schema.Package, error) {
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, Alone{}, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return pkg, nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Alone stands for the other packages that a schema could refer to: ours refers to none.
type Alone struct{}

var errAlone = errors.New("the schema refers to no other package")

func (Alone) LoadPackage(string, *semver.Version) (*schema.Package, error) { return nil, errAlone }

func (Alone) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, errAlone
}

func (Alone) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return nil, errAlone
}

func (Alone) LoadPackageReferenceV2(context.Context, *schema.PackageDescriptor) (schema.PackageReference, error) {
	return nil, errAlone
}
