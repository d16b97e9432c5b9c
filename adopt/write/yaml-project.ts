import type { Earlier } from "./earlier";
import type { Untold } from "./expression";
import { ignored, packageFile, type Style, type Written } from "./project";
import type { Plan } from "./resource";
import { commented, indented } from "./text";
import { plain, resourcesInYaml } from "./yaml";

/** Returns the files of a project in YAML, which has one file for its program; an addition is a part of it. */
export function yamlFiles(plan: Plan, style: Style, earlier: Earlier | undefined): Written {
  const { name, protect } = style;
  const resources = indented(resourcesInYaml(plan.groups, protect));
  const settings = plan.resources.flatMap(({ gaps }) => gaps.map(({ value }) => settingInYaml(value)));
  const config = settings.length === 0 ? [] : ["config:", ...indented(settings)];
  if (earlier) {
    const file = `adopted-${earlier.number}.yaml`;
    const lines = [
      "",
      `  # For the section \`resources\` of Pulumi.yaml. Where that is the last one: cat ${file} >> Pulumi.yaml`,
      ...(config.length === 0
        ? []
        : ["  # For the top of Pulumi.yaml, once the settings are set:", ...indented(commented(config, "#"))]),
      ...resources,
    ];
    return {
      files: new Map([[file, text(lines)]]),
      before: [
        earlier.isOpen
          ? `cat ${file} >> Pulumi.yaml`
          : `# Put ${file} at the end of the section resources of Pulumi.yaml, which is not the last one there.`,
      ],
      addition: [
        `\`${file}\` has what is new, for the section \`resources\` of \`Pulumi.yaml\`. Pulumi's YAML has its program in one file, so it belongs there.`,
      ],
    };
  }
  const project = [
    `name: ${plain(name)}`,
    "runtime: yaml",
    "plugins:",
    "  providers:",
    "    - name: gitpod",
    "      path: node_modules/pulumi-gitpod/dist/bin",
    ...(config.length === 0
      ? []
      : ["# Settings for what no API gives back, once they are set:", ...commented(config, "#")]),
    "",
    ...(resources.length === 0 ? ["resources: {}"] : ["resources:", ...resources]),
  ];
  return {
    files: new Map([
      ["package.json", packageFile({}, style)],
      [".gitignore", ignored],
      ["Pulumi.yaml", text(project)],
    ]),
    before: ["npm install", "pulumi stack init dev"],
  };
}

const settingInYaml = ({ setting, holds }: Untold): string =>
  `${setting}: { type: ${holds === "text" ? "string" : "object"}, secret: true }`;

const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
