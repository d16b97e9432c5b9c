import { ids } from "../../emulator";
import { SortOrder } from "../../proto/gen/gitpod/v1/pagination_pb";
import { ProjectPhase } from "../../proto/gen/gitpod/v1/project_pb";
import { open, refusal, repository, small } from "./open";

const oneClass = { environmentClass: { case: "environmentClassId" as const, value: ids.smallClass }, order: 0 };

test("reads of a project leave its technical description out", async () => {
  const { projects } = open();
  const { project: created } = await projects.createProject({
    name: "Shop",
    initializer: repository,
    technicalDescription: "A shop",
  });
  const projectId = created?.id ?? "";

  const { project } = await projects.getProject({ projectId });
  const { projects: listed } = await projects.listProjects({});

  expect([created, project, listed[0]].map((one) => one?.technicalDescription)).toEqual(["A shop", "", ""]);
});

test("an update of a project changes what it states, empty paths clear, empty editors remove", async () => {
  const { projects } = open();
  const { project: created } = await projects.createProject({
    name: "Shop",
    initializer: repository,
    devcontainerFilePath: "dev.json",
    automationsFilePath: "automations.yaml",
  });
  const projectId = created?.id ?? "";
  await projects.updateProject({ projectId, recommendedEditors: { editors: { vscode: {} } } });
  const { project: edited } = await projects.getProject({ projectId });

  await projects.updateProject({ projectId, devcontainerFilePath: "", recommendedEditors: {} });
  const { project } = await projects.getProject({ projectId });

  expect(Object.keys(edited?.recommendedEditors?.editors ?? {})).toEqual(["vscode"]);
  expect(project).toMatchObject({
    metadata: { name: "Shop" },
    devcontainerFilePath: "",
    automationsFilePath: "automations.yaml",
  });
  expect(project?.recommendedEditors).toBeUndefined();
});

test("the environment classes of a project are replaced as a whole", async () => {
  const { projects, addProject } = open();
  const projectId = await addProject();
  const update = (...projectEnvironmentClasses: (typeof oneClass)[]) =>
    projects.updateProjectEnvironmentClasses({ projectId, projectEnvironmentClasses });
  const other = { environmentClass: { case: "environmentClassId" as const, value: ids.largeClass }, order: 1 };
  await update(oneClass, other);
  await update(other);

  const { projectEnvironmentClasses } = await projects.listProjectEnvironmentClasses({ projectId });

  expect(projectEnvironmentClasses.map(({ environmentClass, order }) => [environmentClass.value, order])).toEqual([
    [ids.largeClass, 1],
  ]);
  expect(await refusal(update())).toEqual([
    "InvalidArgument",
    "project_environment_classes: must contain at least 1 item(s)",
  ]);
});

test("a deleted project stays visible for a little", async () => {
  const { projects, addProject, path } = open();
  const projectId = await addProject();
  await projects.deleteProject({ projectId });

  const seen = await path(async () => {
    const { project } = await projects.getProject({ projectId });
    return ProjectPhase[project?.desiredPhase ?? 0] ?? "";
  });

  expect(seen).toEqual(["DELETED", "NotFound"]);
});

test("projects come by use, or by id when asked", async () => {
  const { projects, environments, addProject } = open();
  const first = await addProject("First");
  const second = await addProject("Second");
  await environments.createEnvironmentFromProject({ projectId: second, spec: small });
  const names = async (sort?: { field: string; order: SortOrder }) =>
    (await projects.listProjects(sort === undefined ? {} : { sort })).projects.map(({ id }) => id);

  expect(await names()).toEqual([second, first]);
  expect(await names({ field: "id", order: SortOrder.ASC })).toEqual([first, second]);
  expect(await names({ field: "id", order: SortOrder.DESC })).toEqual([second, first]);
});

test("projects are found by id, text, repository and runner", async () => {
  const { projects, addProject } = open();
  const id = await addProject("Shop");
  await addProject("Blog");
  await projects.updateProjectEnvironmentClasses({ projectId: id, projectEnvironmentClasses: [oneClass] });
  const find = async (filter: object) => (await projects.listProjects({ filter })).projects.length;

  expect(await find({ projectIds: [id] })).toBe(1);
  expect(await find({ search: "sho" })).toBe(1);
  expect(await find({ specRemoteUris: ["https://github.com/acme/shop"] })).toBe(2);
  expect(await find({ specRemoteUris: ["https://github.com/acme/none"] })).toBe(0);
  expect(await find({ runnerIds: [ids.runner] })).toBe(1);
  expect(await find({ creatorIds: [ids.colleague] })).toBe(0);
});
