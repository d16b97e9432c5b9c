import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  DiffResponse_DiffChanges as DiffChanges,
  type DiffResponseSchema,
  PropertyDiff_Kind as Kind,
} from "../../proto/gen/pulumi/provider_pb";
import type { Change, Difference } from "../mapping/diff";
import { show } from "../value/path";
import { ignoring } from "./ignore-changes";

/** Returns the answer that tells the engine of differences, property by property. */
export function detailedDiff(
  difference: Difference,
  ignored: readonly string[],
): MessageInitShape<typeof DiffResponseSchema> {
  const isIgnored = ignoring(ignored);
  const changes = difference.changes.filter(({ path }) => !isIgnored(path));
  const replaces = difference.replaces.filter(
    (name) =>
      !difference.changes.some(({ path }) => path[0] === name) || changes.some((c) => c.replaces && c.path[0] === name),
  );
  const isDifferent = changes.length > 0 || replaces.length > 0 || difference.unsettled;
  return {
    changes: isDifferent ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE,
    diffs: [...new Set(changes.map(({ path }) => String(path[0])))],
    replaces,
    deleteBeforeReplace: difference.deleteBeforeReplace && replaces.length > 0,
    hasDetailedDiff: true,
    detailedDiff: Object.fromEntries(changes.map((change) => [show(change.path), propertyDiff(change)])),
  };
}

const propertyDiff = ({ kind, replaces }: Change) => ({ kind: kinds[kind][replaces ? 1 : 0], inputDiff: true });

const kinds = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;
