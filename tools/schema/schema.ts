import { conditionsOf, scopesOf } from "../../provider/check/filter";
import type { FunctionDefinition } from "../../provider/functions/define-function";
import { givenField } from "../../provider/functions/invoke";
import { addressForm, isTokensOwn } from "../../provider/model/address";
import type { Definition } from "../../provider/model/definition";
import { field } from "../../provider/model/descriptor";
import { dynamicTypeOf, kindName, type Module, modules, qualified, tokenOf } from "../../provider/model/module";
import { volatile } from "../../provider/model/phase";
import { factsOf, isFixed, resourceField, type Unit } from "../../provider/model/shape";
import { isAlwaysNamed } from "../../provider/plugin/autoname";
import { startsWith, steps } from "../../provider/value/path";
import { absenceOf, shownOutputs, timeoutsOf } from "../generate/words";
import type { Comments } from "./comments";
import { type Manifest, originOf } from "./origin";
import { type NamedSpec, type PropertySpec, type Role, Types } from "./type";

/** Returns Pulumi's schema of the package: everything that the descriptors, the comments and the definitions say. */
export function schemaOf(
  kinds: readonly Definition[],
  functions: readonly FunctionDefinition[],
  comments: Comments,
): object {
  const { version, description, license, keywords, ...manifest } = require("../../package.json") as Manifest &
    Record<string, unknown>;
  const types = new Map([undefined, ...modules].map((module) => [module, typesOf(module, kinds, comments)]));
  const resources = Object.fromEntries(
    kinds.map((definition) => [
      tokenOf(kindName(definition)),
      resource(definition, types.get(definition.module)!, comments),
    ]),
  );
  const calls = Object.fromEntries(
    functions.map((definition) => [
      tokenOf(qualified(definition.module, definition.name)),
      call(definition, types.get(definition.module)!, comments),
    ]),
  );
  const named = [...types.values()].flatMap((each) => Object.entries(each.named));
  return {
    name: "gitpod",
    displayName: "Gitpod",
    version,
    description,
    keywords,
    license,
    attribution: "This Pulumi package speaks the public API of Gitpod (Ona) and is not made by its vendor.",
    ...originOf(manifest),
    config: { variables: configuration },
    provider: {
      description: "The account and the host that resources are managed with.",
      inputProperties: configuration,
    },
    types: Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))),
    resources,
    functions: calls,
  };
}

/** Generated SDKs name other things after a resource, so that no type of a module may have the name of one. */
function typesOf(module: Module | undefined, kinds: readonly Definition[], comments: Comments): Types {
  const resources = kinds.filter((definition) => definition.module === module).map(({ kind }) => kind);
  return new Types(comments, new Set(resources), module);
}

// No environment default: a generated SDK would write the token of the environment into the state, in clear.
const configuration: Record<string, PropertySpec> = {
  token: {
    type: "string",
    description:
      "The token to call the API with: a personal access token or one of a service account. When missing, it comes from the environment variable GITPOD_API_KEY, GITPOD_TOKEN, ONA_API_KEY or ONA_TOKEN.",
    secret: true,
  },
  host: {
    type: "string",
    description:
      "The host of the API, such as app.gitpod.io or https://gitpod.example.com/api. When missing, it comes from the environment variable GITPOD_BASE_URL, ONA_BASE_URL or ONA_HOST, else it is the product's own.",
  },
  classicToken: {
    type: "string",
    description:
      "The personal access token to call the API of Gitpod Classic with. When missing, it comes from the environment variable GITPOD_CLASSIC_TOKEN.",
    secret: true,
  },
  classicHost: {
    type: "string",
    description:
      "The host of the API of Gitpod Classic: `api.` and the domain of the installation, or https://DOMAIN/public-api. When missing, it comes from the environment variable GITPOD_CLASSIC_HOST, else it is https://api.gitpod.io.",
  },
};

function resource(definition: Definition, types: Types, comments: Comments): object {
  const { resource: message, inputs } = factsOf(definition);
  const role = inputRole(definition);
  const shown = [...inputs].filter(([, f]) => !f.deprecated);
  const outputs = types.properties(message, [], outputRole(definition));
  const { id: _, ...properties } = outputs.properties ?? {};
  const scopes = scopesOf(definition).map((f) => f.jsonName);
  const listed = { ...request, isRequired: (path: string) => scopes.includes(path) };
  const conditions = types.propertiesOf(conditionsOf(definition), [], listed);
  return {
    description: [comments.get(message.typeName), absenceOf(definition), timeouts(definition), imports(definition)]
      .filter(Boolean)
      .join("\n\n"),
    properties: { ...properties, ...toldOnce(definition, comments) },
    required: shownOutputs(definition).filter((name) => name in properties),
    inputProperties: Object.fromEntries(
      shown.map(([name, f]) => [name, describedName(definition, name, types.property(f, [name], role))]),
    ),
    requiredInputs: shown.map(([name]) => name).filter(role.isRequired),
    ...((definition.list || isTokensOwn(definition)) && { listInputs: { type: "object", ...conditions } }),
    aliases: [{ type: dynamicTypeOf(kindName(definition)) }],
  };
}

/** Secrets that an answer tells once; an import has those that every read shows. */
function toldOnce(definition: Definition, comments: Comments): Record<string, PropertySpec> {
  const { create, get, once = {} } = definition;
  const { resource } = factsOf(definition);
  const isShown = (name: string): boolean =>
    get !== undefined && resourceField(definition, get) !== undefined && field(resource, name) !== undefined;
  return Object.fromEntries(
    Object.entries(once).flatMap(([name, how]) => {
      const message = isShown(name) ? resource : how === "answer" ? create?.output : how.output;
      const told = message?.fields.find((f) => f.jsonName === name);
      const said = told && comments.get(`${message?.typeName}.${told.name}`);
      const description = [said, isShown(name) ? "" : "An import lacks it."].filter(Boolean).join(" ");
      return [[name, { type: "string", description, secret: true as const }]];
    }),
  );
}

/** The plugin names what a program does not name. */
function describedName(definition: Definition, name: string, property: PropertySpec): PropertySpec {
  if (name !== "name" || !isAlwaysNamed(definition)) return property;
  const described = [property.description, "When missing, it is the name of the resource."];
  return { ...property, description: described.filter(Boolean).join(" ") };
}

function call(definition: FunctionDefinition, types: Types, comments: Comments): object {
  const { method, required = [], hidden = [], sensitive = [] } = definition;
  const inputs = types.properties(method.input, [], {
    ...request,
    isShown: (path) => !["pagination", ...hidden].includes(path),
    isRequired: (path) => required.includes(path),
  });
  const role = { ...everything, isSecret: (path: string) => sensitive.includes(path) };
  return {
    description: comments.get(`${method.parent.typeName}.${method.name}`),
    inputs: { type: "object", ...inputs },
    outputs: { type: "object", ...answer(definition, types, role) },
  };
}

/** What `invoke` returns: a list under its name in the API, the object that the function gives, or the whole answer. */
function answer(definition: FunctionDefinition, types: Types, role: Role): Partial<NamedSpec> {
  const f = givenField(definition);
  if (f?.fieldKind === "list")
    return { properties: { [f.jsonName]: types.property(f, [f.jsonName], role) }, required: [f.jsonName] };
  return types.properties(f?.message ?? definition.method.output, [], role);
}

/** A message as the API gives it. */
const everything: Role = {
  suffix: "Result",
  isShown: () => true,
  isRequired: () => false,
  replaces: () => false,
  isSecret: () => false,
};

/** A message as the API takes it. */
const request: Role = { ...everything, suffix: "" };

function inputRole(definition: Definition): Role {
  const { notInputs, units } = factsOf(definition);
  const isGiven = (path: string): boolean => path === "name" && isAlwaysNamed(definition);
  const required = (definition.required ?? []).filter((path) => !isGiven(path)).map(steps);
  return {
    suffix: "",
    isShown: (path) => !notInputs.has(path),
    isRequired: (path) => required.some((place) => isOnTheWay(steps(path), place)),
    replaces: (path) => replacesAt(definition, units, steps(path)),
    isSecret: (path) => (definition.sensitive ?? []).includes(path),
  };
}

/** Whether a path leads to a required place without stepping out of a list, which may be empty. */
const isOnTheWay = (path: readonly string[], place: readonly string[]): boolean =>
  startsWith(place, path) && !place.slice(path.length).includes("[]");

/** Whether every change at a path replaces: below a unit, or above several. */
function replacesAt(definition: Definition, units: readonly Unit[], path: readonly string[]): boolean {
  const concerned = units.filter((unit) => startsWith(path, unit.path) || startsWith(unit.path, path));
  return concerned.length > 0 && concerned.every((unit) => isFixed(definition, unit));
}

const outputRole = (definition: Definition): Role => ({
  ...everything,
  suffix: "State",
  isShown: (path) => !volatile(definition).includes(path),
});

function timeouts(definition: Definition): string {
  const { create, update, delete: remove } = timeoutsOf(definition);
  return `Default timeouts: create ${create}, update ${update}, delete ${remove}; the resource option customTimeouts changes them.`;
}

const imports = (definition: Definition): string => {
  const { address, as, get, within } = definition;
  if (address) return `Imported as ${addressForm(definition)}.`;
  if (as) return "Imported as account/id where it is a service account's, else by its id.";
  return get || !within
    ? "Imported by its id."
    : "Imported as scope/id: the name and the id of its owner, and its own id, such as projectId/PROJECT/ID.";
};
