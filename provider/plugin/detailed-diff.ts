import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Change, Difference } from "../diff";
import { show } from "../path";
import { ignoring } from "./ignored";

/** Returns the answer that tells the engine of differences, property by property. */
export function detailedDiff(difference: Difference, ignored: readonly string[]): DiffResponse {
  const isIgnored = ignoring(ignored);
  const changes = difference.changes.filter(({ path }) => !isIgnored(path));
  const replaces = difference.replaces.filter(
    (name) =>
      !difference.changes.some(({ path }) => path[0] === name) || changes.some((c) => c.replaces && c.path[0] === name),
  );
  const response = new DiffResponse();
  const isDifferent = changes.length > 0 || replaces.length > 0 || difference.unsettled;
  response.setChanges(isDifferent ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE);
  response.setDiffsList([...new Set(changes.map(({ path }) => String(path[0])))]);
  response.setReplacesList(replaces);
  response.setDeletebeforereplace(difference.deleteBeforeReplace && replaces.length > 0);
  response.setHasdetaileddiff(true);
  for (const change of changes) response.getDetaileddiffMap().set(show(change.path), propertyDiff(change));
  return response;
}

function propertyDiff({ kind, replaces }: Change): PropertyDiff {
  const diff = new PropertyDiff();
  diff.setKind(kinds[kind][replaces ? 1 : 0]);
  diff.setInputdiff(true);
  return diff;
}

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
const kinds = {
  add: [ADD, ADD_REPLACE],
  delete: [DELETE, DELETE_REPLACE],
  update: [UPDATE, UPDATE_REPLACE],
} as const;
