import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import {
  type EnvironmentSpec_Secret,
  EnvironmentSpec_SecretSchema,
  EnvironmentSpec_Secret_Scope as Scope,
} from "../../proto/gen/gitpod/v1/environment_pb";
import type { Secret } from "../../proto/gen/gitpod/v1/secret_pb";
import type { Site } from "../site";
import type { EnvironmentRow } from "../world";

/**
 * The secrets that an environment has from its next start on: those that its request has stated, and those of its
 * creator, its project and its organization. Facts are silent on secrets of one name at several levels and on changes
 * while it runs; in the emulator the narrowest level wins, and changes show with the next start
 * (`environment-secrets-added`).
 */
export function secretsFor({ world }: Site, row: EnvironmentRow): EnvironmentSpec_Secret[] {
  const stated = row.remote.spec.secrets.filter(({ source, id, sourceRef }) => source !== ours || id !== sourceRef);
  const names = new Set(stated.map(({ name }) => name));
  const found = narrowestFirst.flatMap((scope) =>
    [...world.secrets.rows.values()].filter(
      ({ remote, owner }) =>
        owner.organizationId === row.owner.organizationId &&
        scopeFor(row, remote) === scope &&
        !names.has(remote.name) &&
        names.add(remote.name),
    ),
  );
  return [...stated, ...found.map(({ remote }) => placed(remote, scopeFor(row, remote)))];
}

const ours = "control-plane";
const narrowestFirst = [Scope.USER, Scope.SERVICE_ACCOUNT, Scope.PROJECT, Scope.ORGANIZATION];

/** The level at which a secret reaches an environment; unspecified where it does not. */
function scopeFor({ owner, remote }: EnvironmentRow, { scope }: Secret): Scope {
  switch (scope?.scope.case) {
    case "userId":
      return scope.scope.value === owner.creatorId ? Scope.USER : Scope.UNSPECIFIED;
    case "serviceAccountId":
      return scope.scope.value === owner.creatorId ? Scope.SERVICE_ACCOUNT : Scope.UNSPECIFIED;
    case "projectId":
      return scope.scope.value === remote.metadata.projectId ? Scope.PROJECT : Scope.UNSPECIFIED;
    case "organizationId":
      return Scope.ORGANIZATION;
    default:
      return Scope.UNSPECIFIED;
  }
}

/** A value that has changed has another session, so that it is loaded again. */
function placed(secret: Secret, scope: Scope): EnvironmentSpec_Secret {
  const { id, name, mount, updatedAt, credentialProxy, source } = secret;
  return create(EnvironmentSpec_SecretSchema, {
    id,
    name,
    source: ours,
    sourceRef: id,
    scope,
    session: updatedAt === undefined ? "" : timestampDate(updatedAt).toISOString(),
    mount: mount.case === "environmentVariable" ? { case: mount.case, value: name } : mount,
    ...(credentialProxy === undefined ? {} : { credentialProxy }),
    ...(source === undefined ? {} : { sourceDetails: source }),
  });
}
