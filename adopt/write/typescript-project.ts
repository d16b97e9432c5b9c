import type { Earlier } from "./earlier";
import type { Target } from "./expression";
import { ignored, packageFile, type Style, type Written } from "./project";
import type { Plan } from "./resource";
import { fileInTypeScript } from "./typescript";
import { plain } from "./yaml";

/** Returns the files of a project in TypeScript, with a file for each group where there are many resources. */
export function typescriptFiles(plan: Plan, style: Style, earlier: Earlier | undefined): Written {
  const { name, protect } = style;
  const one = { name: earlier ? `adopted-${earlier.number}` : "adopted", resources: plan.resources };
  const parts = plan.resources.length > most && !earlier ? plan.groups : [one];
  const homes = new Map(parts.flatMap((part) => part.resources.map((resource) => [resource.name, part.name] as const)));
  const fileOf = (target: Target): string => target.file ?? homes.get(target.name) ?? one.name;
  const program = parts.map((part): [string, string] => [
    `${part.name}.ts`,
    fileInTypeScript(part.resources, protect, { name: part.name, fileOf }),
  ]);
  if (earlier)
    return {
      files: new Map(program),
      before: [`echo 'import "./${one.name}";' >> index.ts`],
      addition: [
        `\`${one.name}.ts\` has what is new. It belongs to the program as soon as \`index.ts\` has the line \`import "./${one.name}";\`, which the first command adds.`,
      ],
    };
  return {
    files: new Map([
      ["package.json", packageFile(packages, style)],
      [".gitignore", ignored],
      ["tsconfig.json", tsconfig],
      ...program,
      ["index.ts", `${parts.map((part) => `import "./${part.name}";`).join("\n")}\n`],
      ["Pulumi.yaml", projectFile(name)],
    ]),
    before: ["npm install", "pulumi stack init dev"],
  };
}

const packages = {
  main: "index.ts",
  dependencies: { "@pulumi/pulumi": "^3.0.0" },
  devDependencies: { typescript: "^5.9.0" },
};

/** A program of more resources has a file for each group. */
const most = 60;

// An import needs the plugin.
const projectFile = (name: string): string => `name: ${plain(name)}
runtime: nodejs
main: index.ts
config:
  gitpod:adapter: plugin
plugins:
  providers:
    - name: gitpod
      path: node_modules/pulumi-gitpod/dist/bin
`;

const tsconfig = `${JSON.stringify(
  {
    compilerOptions: {
      target: "es2023",
      module: "node16",
      moduleResolution: "node16",
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
  },
  null,
  2,
)}\n`;
