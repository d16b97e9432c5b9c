import { testedVersion } from "./version";

/** A program that is built from a pinned Go module. */
export interface ModuleBuild {
  /** Its folder under `tools/pulumi/go`, with the `go.mod` that pins everything it is built from. */
  module: string;
  /** The executable's name. */
  program: string;
  /** The Go package of its command. */
  package: string;
  /** The version it is told to have. */
  version: string;
  /** What it is, to be read by a person. */
  title: string;
}

/** What makes a CLI that runs TypeScript and YAML programs. Another language is one more entry, with a `go.mod` of its own. */
export const moduleBuilds: readonly ModuleBuild[] = [
  {
    module: "pulumi",
    program: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: testedVersion,
    title: "the Pulumi CLI",
  },
  {
    module: "nodejs",
    program: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "3.68.0",
    title: "its Node.js language host",
  },
  {
    module: "yaml",
    program: "pulumi-language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    version: "1.38.3",
    title: "its YAML language host",
  },
];
