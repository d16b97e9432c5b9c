import { at, isObject, type Json, type JsonObject, present } from "../../value/json";

/** Returns a service of the API as an automations file declares it. */
export const serviceInFile = ({ metadata, spec }: JsonObject): JsonObject =>
  present({
    name: at(metadata, ["name"]),
    description: at(metadata, ["description"]),
    commands: at(spec, ["commands"]),
    triggeredBy: triggers(at(metadata, ["triggeredBy"])),
    runsOn: at(spec, ["runsOn"]),
    role: roles[String(at(metadata, ["role"]))],
    readinessTimeout: at(spec, ["readinessTimeout"]),
  });

/** Returns a task of the API as an automations file declares it: with references in the place of ids. */
export const taskInFile = ({ metadata, spec, dependsOn }: JsonObject, referenceOf: (id: Json) => Json): JsonObject =>
  present({
    name: at(metadata, ["name"]),
    description: at(metadata, ["description"]),
    command: at(spec, ["command"]),
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(referenceOf) : undefined,
    triggeredBy: triggers(at(metadata, ["triggeredBy"])),
    runsOn: at(spec, ["runsOn"]),
    prebuildRequiresSuccess: at(spec, ["prebuildRequiresSuccess"]),
  });

/** The file names a trigger by its field; it does not know all that the API has, which then show as a difference. */
const triggers = (list: Json | undefined): Json | undefined =>
  Array.isArray(list)
    ? list.filter(isObject).flatMap((trigger) => Object.keys(trigger).filter((name) => trigger[name] === true))
    : undefined;

const roles: { readonly [role: string]: string } = {
  SERVICE_ROLE_DEFAULT: "default",
  SERVICE_ROLE_EDITOR: "editor",
  SERVICE_ROLE_AI_AGENT: "ai-agent",
  SERVICE_ROLE_SECURITY_AGENT: "security-agent",
};
