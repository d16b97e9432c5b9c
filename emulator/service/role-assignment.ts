import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import {
  type GroupService,
  ResourceRole as Role,
  type RoleAssignment,
  RoleAssignmentSchema,
} from "../../proto/gen/gitpod/v1/group_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { type Caller, callerOf, find, visible } from "../caller";
import { cutPage, keeps } from "../page";
import { plainCalls } from "../plain";
import { invalid, notFound, precondition } from "../refusal";
import { lookUp } from "../role";
import type { Site } from "../site";
import { idFrom } from "../uuid";

/** Answers the calls of the group service that concern roles. */
export function roleCalls(
  site: Site,
): Pick<ServiceImpl<typeof GroupService>, "createRoleAssignment" | "listRoleAssignments" | "deleteRoleAssignment"> {
  const { groups, roleAssignments: table } = site.world;
  const assignments = plainCalls(site, table, {
    settle: ({ groupId, resourceType, resourceId, resourceRole }, caller) => {
      find(groups, caller, groupId);
      const resource = lookUp(site, caller, resourceId);
      if (resource?.table.resourceType !== resourceType) {
        throw notFound(ResourceType[resourceType]?.toLowerCase() ?? "resource", resourceId);
      }
      if (!Role[resourceRole]?.startsWith(prefixOf(resourceType))) {
        throw invalid(`resource_role: ${Role[resourceRole]} is no role on a ${resource.table.noun}`);
      }
    },
    key: ({ groupId, resourceId, resourceRole }) => `group ${groupId} as ${Role[resourceRole]} on ${resourceId}`,
  });
  return {
    createRoleAssignment: (request, context) => ({ assignment: assignments.add(request, context, null) }),

    listRoleAssignments: (request, context) => {
      const caller = callerOf(context);
      const { filter } = request;
      const groupsOfUser = groupsOf(site, filter?.userId ?? "");
      const kept = allAssignments(site, caller, filter?.groupId).filter(
        ({ groupId, resourceType, resourceRole, resourceId }) =>
          keeps(filter?.resourceTypes, resourceType) &&
          keeps(filter?.resourceRoles, resourceRole) &&
          keeps(filter?.resourceIds, resourceId) &&
          isAsked(filter?.resourceId, resourceId) &&
          (!filter?.userId || groupsOfUser.has(groupId)),
      );
      const { items, pagination } = cutPage(kept, request);
      return { pagination, assignments: items };
    },

    deleteRoleAssignment: ({ assignmentId }, context) => {
      const derived = derivedAssignments(site, callerOf(context)).find(({ id }) => id === assignmentId);
      if (derived !== undefined) {
        throw precondition(`role assignment ${assignmentId} follows from a role on the organization`);
      }
      return assignments.drop(assignmentId, context);
    },
  };
}

/** The roles of all groups, or of one. */
const allAssignments = (site: Site, caller: Caller, groupId?: string): RoleAssignment[] => [
  ...ownAssignments(site, caller, groupId),
  ...derivedAssignments(site, caller, groupId),
];

const ownAssignments = ({ world }: Site, caller: Caller, wanted?: string): RoleAssignment[] =>
  visible(world.roleAssignments, caller)
    .map(({ remote }) => remote)
    .filter(({ groupId }) => isAsked(wanted, groupId));

/** The roles on single objects that follow from roles on the organization; each has an id of its own that stays. */
function derivedAssignments(site: Site, caller: Caller, wanted?: string): RoleAssignment[] {
  const { projects, runners, workflows } = site.world;
  const follows = [
    { from: [Role.ORG_ADMIN, Role.ORG_PROJECTS_ADMIN], table: projects, role: Role.PROJECT_ADMIN },
    { from: [Role.ORG_ADMIN, Role.ORG_RUNNERS_ADMIN], table: runners, role: Role.RUNNER_ADMIN },
    { from: [Role.ORG_ADMIN, Role.ORG_AUTOMATIONS_ADMIN], table: workflows, role: Role.WORKFLOW_ADMIN },
  ];
  return ownAssignments(site, caller, wanted).flatMap(({ id, groupId, organizationId, resourceRole }) =>
    follows
      .filter(({ from }) => from.includes(resourceRole))
      .flatMap(({ table, role }) =>
        [...table.rows.values()]
          .filter(({ owner }) => owner.organizationId === caller.organizationId)
          .map((resource) =>
            create(RoleAssignmentSchema, {
              id: idFrom(`${id} ${resource.id}`),
              groupId,
              organizationId,
              resourceId: resource.id,
              resourceType: table.resourceType,
              resourceRole: role,
              derivedFromOrgRole: resourceRole,
            }),
          ),
      ),
  );
}

function groupsOf({ world }: Site, userId: string): Set<string> {
  return new Set(
    [...world.groupMemberships.rows.values()]
      .filter(({ remote: { subject } }) => subject?.id === userId && subject.principal === Principal.USER)
      .map(({ remote }) => remote.groupId),
  );
}

function isAsked(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === "" || wanted === value;
}

/** What the names of the roles on a type of resource begin with. */
function prefixOf(type: ResourceType): string {
  return type === ResourceType.ORGANIZATION ? "ORG_" : `${ResourceType[type]}_`;
}
