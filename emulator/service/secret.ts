import { clone, create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import {
  type CreateSecretRequest,
  type Secret,
  SecretSchema,
  type SecretScope,
  SecretScopeSchema,
  type SecretService,
} from "../../proto/gen/gitpod/v1/secret_pb";
import { type Caller, callerOf, find, visible } from "../caller";
import { changed, insert, remove } from "../change";
import type { SecretKept } from "../owed";
import { cutPage, keeps } from "../page";
import { denied, invalid, notFound, taken } from "../refusal";
import { type Site, timestamp } from "../site";
import type { Row } from "../table";

/** Answers the calls of the secret service; a value goes in and never comes out. */
export function secretService(site: Site): Partial<ServiceImpl<typeof SecretService>> {
  const { secrets } = site.world;
  return {
    createSecret: (request, context) => {
      const caller = callerOf(context);
      const scope = scopeOf(request);
      checkScope(site, caller, scope);
      if (visible(secrets, caller).some(({ remote }) => remote.name === request.name && same(remote.scope, scope))) {
        throw taken(`a secret named ${request.name} exists already in this scope`);
      }
      const id = site.newId();
      const now = timestamp(site);
      const remote = create(SecretSchema, {
        id,
        name: request.name,
        mount: request.mount,
        scope,
        ...(request.credentialProxy === undefined ? {} : { credentialProxy: request.credentialProxy }),
        ...(request.source === undefined ? {} : { source: request.source }),
        projectId: scope.scope.case === "projectId" ? scope.scope.value : "",
        createdAt: now,
        updatedAt: now,
        creator: { id: caller.id, principal: caller.principal },
      });
      const { organizationId } = caller;
      const owner = { organizationId, creatorId: caller.id };
      insert(site, secrets, { id, remote, owner, owed: { value: request.value } });
      return { secret: view(remote) };
    },

    updateSecretValue: ({ secretId, value }, context) => {
      const row = own(callerOf(context), find(secrets, callerOf(context), secretId));
      row.owed.value = value;
      row.remote.updatedAt = timestamp(site);
      changed(site, secrets, row);
      return {};
    },

    listSecrets: (request, context) => {
      const caller = callerOf(context);
      const scope = request.filter?.scope;
      if (scope?.scope.case !== undefined) {
        checkScope(site, caller, scope);
      }
      const rows = visible(secrets, caller).filter(
        ({ remote }) =>
          isOwn(caller, remote) &&
          keeps(request.filter?.projectIds, remote.projectId) &&
          (scope?.scope.case === undefined || same(remote.scope, scope)),
      );
      const page = cutPage(rows, request);
      return { pagination: page.pagination, secrets: page.items.map(({ remote }) => view(remote)) };
    },

    deleteSecret: ({ secretId }, context) => {
      remove(site, secrets, own(callerOf(context), find(secrets, callerOf(context), secretId)));
      return {};
    },

    getSecretValue: () => {
      throw denied("only an environment may read the value of a secret");
    },
  };
}

function scopeOf({ scope, projectId }: CreateSecretRequest): SecretScope {
  const stated =
    scope ?? create(SecretScopeSchema, projectId === "" ? {} : { scope: { case: "projectId", value: projectId } });
  if (stated.scope.case === undefined) {
    throw invalid("scope: one of its fields is required");
  }
  return stated;
}

function checkScope(site: Site, caller: Caller, { scope }: SecretScope): void {
  switch (scope.case) {
    case "projectId":
      find(site.world.projects, caller, scope.value);
      return;
    case "organizationId":
      if (scope.value !== caller.organizationId) {
        throw notFound("organization", scope.value);
      }
      return;
    case "userId":
      if (scope.value !== caller.id || caller.principal !== Principal.USER) {
        throw denied("secrets of another user are out of reach");
      }
      return;
    case "serviceAccountId":
      find(site.world.serviceAccounts, caller, scope.value);
      return;
    default:
      return;
  }
}

function isOwn(caller: Caller, { scope }: Secret): boolean {
  return scope?.scope.case !== "userId" || scope.scope.value === caller.id;
}

function own(caller: Caller, row: Row<Secret, SecretKept>): Row<Secret, SecretKept> {
  if (!isOwn(caller, row.remote)) {
    throw notFound("secret", row.id);
  }
  return row;
}

function same(one: SecretScope | undefined, other: SecretScope): boolean {
  return one?.scope.case === other.scope.case && one?.scope.value === other.scope.value;
}

function view(remote: Secret): Secret {
  return clone(SecretSchema, remote);
}
