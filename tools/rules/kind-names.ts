import type { DescEnum, DescMessage } from "@bufbuild/protobuf";
import type { Definition } from "../../provider/model/definition";
import { field } from "../../provider/model/descriptor";
import { factsOf } from "../../provider/model/shape";
import * as resources from "../../provider/resources";
import { steps } from "../../provider/value/path";
import type { Names } from "./kinds";

/** Returns what the definitions name: kinds, their phases, and the files of their descriptors. */
export function kindNames(): Names {
  const definitions: readonly Definition[] = Object.values(resources);
  return {
    kinds: definitions.map(({ kind }) => kind),
    phases: definitions.flatMap(phasesOf),
    protos: [...new Set(definitions.map((definition) => factsOf(definition).resource.file.name))],
  };
}

function phasesOf(definition: Definition): string[] {
  const { phase } = definition;
  if (!phase) return [];
  const parts = Object.keys(phase.parts ?? {}).map((path) => `${path}.phase`);
  const { resource } = factsOf(definition);
  return [phase.at, ...parts].flatMap((path) => enumAt(resource, steps(path)).values.map(({ name }) => name));
}

function enumAt(message: DescMessage, [name = "", ...rest]: readonly string[]): DescEnum {
  if (name === "[]") return enumAt(message, rest);
  const found = field(message, name);
  if (rest.length === 0 && found?.enum) return found.enum;
  if (!found?.message) throw new Error(`${message.typeName} has no phase at ${name}`);
  return enumAt(found.message, rest);
}
