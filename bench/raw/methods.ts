import { ids } from "../../emulator";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import type { Client } from "../../provider/client/client";
import { kinds } from "../kinds";

/** The ids of the objects that calls are about, in the order in which they were created. */
export type Objects = Promise<string>[];

/** Makes one call of a method; `number` says which one of its calls it is. */
type Make = (client: Client, objects: Objects, number: number) => Promise<unknown>;

const { method } = ProjectService;

/** How the calls that projects lead to are made. */
export const methods: { readonly [method: string]: Make } = {
  "IdentityService/GetAuthenticatedIdentity": (client) =>
    client.call(IdentityService.method.getAuthenticatedIdentity, {}),
  "ProjectService/ListProjects": (client) => client.call(method.listProjects, { pagination: { pageSize: 100 } }),
  "ProjectService/CreateProject": (client, objects, number) => {
    const { environmentClasses: _, ...request } = kinds.Project(number, "first");
    const answer = client.call(method.createProject, request);
    objects[number] = answer.then(({ project }) => project!.id);
    return answer;
  },
  "ProjectService/UpdateProjectEnvironmentClasses": async (client, objects, number) =>
    client.call(method.updateProjectEnvironmentClasses, {
      projectId: await idOf(objects, number),
      projectEnvironmentClasses: [{ environmentClassId: ids.smallClass, order: 0 }],
    }),
  "ProjectService/GetProject": async (client, objects, number) =>
    client.call(method.getProject, { projectId: await idOf(objects, number) }).catch(gone),
  "ProjectService/UpdateProject": async (client, objects, number) =>
    client.call(method.updateProject, { projectId: await idOf(objects, number), name: `Shop ${number} 2` }),
  "ProjectService/DeleteProject": async (client, objects, number) =>
    client.call(method.deleteProject, { projectId: await idOf(objects, number) }).catch(gone),
};

/** More calls than objects are about the same objects again. */
const idOf = (objects: Objects, number: number): Promise<string> => objects[number % objects.length]!;

/** A deletion is followed by reads until nothing is there. */
const gone = (): undefined => undefined;
