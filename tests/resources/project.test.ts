import { project } from "../../provider/resources";
import { callsDuring, created, createScene, difference, ids, notReady, refreshed, removed, updated } from "./scene";

const shop = { name: "shop", initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] } };
const environmentClasses = [{ environmentClassId: ids.smallClass, order: 1 }];

test("a project is created with its environment classes, which have a call of their own", async () => {
  const scene = createScene();
  const kept = await created(scene, project, { ...shop, environmentClasses });

  expect(kept.state.outputs).toMatchObject({ metadata: { name: "shop" }, environmentClasses });
  expect(kept.state.inputs).toEqual({ ...shop, environmentClasses });
});

test("a project without environment classes takes one call", async () => {
  const scene = createScene();
  await created(scene, project, shop);

  const calls = await callsDuring(scene, () => created(scene, project, { ...shop, name: "shop 2" }));

  expect(calls).toEqual({ "ProjectService/CreateProject": 1 });
});

test("a create that fails after the id is known keeps the id, and the next update does what is left", async () => {
  const scene = createScene();
  scene.emulator.admin.fault({
    method: "ProjectService/UpdateProjectEnvironmentClasses",
    refuse: { code: "unavailable", message: "try later" },
  });

  const failure = await notReady(created(scene, project, { ...shop, environmentClasses }));
  const kept = { id: failure.id, state: failure.state };
  await updated(scene, project, kept, { ...shop, environmentClasses });

  expect(failure.message).toMatch(/^could not set environmentClasses of Project .*: try later\./);
  expect(scene.emulator.admin.objects("projects")).toMatchObject([{ id: failure.id, environmentClasses }]);
});

test("an update counts as written call by call, and the next one does what is left", async () => {
  const scene = createScene();
  const kept = await created(scene, project, { ...shop, technicalDescription: "a shop" });
  const news = { ...shop, name: "shop 2", environmentClasses };
  const method = "ProjectService/UpdateProjectEnvironmentClasses";
  scene.emulator.admin.fault({ method, refuse: { code: "unavailable", message: "try later" } });

  const failure = await notReady(updated(scene, project, kept, news));
  kept.state = failure.state;
  const calls = await callsDuring(scene, () => updated(scene, project, kept, news));

  expect(failure.state.inputs).toEqual({ ...shop, name: "shop 2" });
  expect(calls).toEqual({ [method]: 1, "ProjectService/GetProject": 1 });
  expect(scene.emulator.admin.objects("projects")).toMatchObject([
    { metadata: { name: "shop 2" }, environmentClasses },
  ]);
});

test("what was written and could not be read since is read by the next update", async () => {
  const scene = createScene();
  const kept = await created(scene, project, { ...shop, environmentClasses });
  const method = "ProjectService/GetProject";
  scene.emulator.admin.fault({ method, times: 20, refuse: { code: "internal", message: "out of order" } });
  const news = { ...shop, environmentClasses: [{ environmentClassId: ids.smallClass, order: 2 }] };

  kept.state = (await notReady(updated(scene, project, kept, news))).state;
  const before = kept.state.outputs;
  const drift = difference(scene, project, kept, news);
  scene.emulator.admin.clearFaults();
  const calls = await callsDuring(scene, () => updated(scene, project, kept, news));

  expect([before, drift]).toMatchObject([{ environmentClasses }, { changes: [], unsettled: true }]);
  expect(calls).toEqual({ [method]: 1 });
  expect(kept.state.outputs).toMatchObject({ environmentClasses: news.environmentClasses });
  expect(difference(scene, project, kept, news)).toMatchObject({ changes: [], unsettled: false });
});

test("a refresh takes note that an update has come to its end", async () => {
  const scene = createScene();
  const kept = await created(scene, project, { ...shop, environmentClasses });
  const method = "ProjectService/GetProject";
  scene.emulator.admin.fault({ method, times: 20, refuse: { code: "internal", message: "out of order" } });
  const news = { ...shop, environmentClasses: [{ environmentClassId: ids.smallClass, order: 2 }] };
  kept.state = (await notReady(updated(scene, project, kept, news))).state;
  scene.emulator.admin.clearFaults();

  await refreshed(scene, project, kept);

  expect(kept.state.seen).not.toHaveProperty("unfinished");
  expect(difference(scene, project, kept, news)).toMatchObject({ changes: [], unsettled: false });
});

test("a project changes in place, and removed inputs are cleared", async () => {
  const scene = createScene();
  const full = {
    ...shop,
    devcontainerFilePath: "dev/devcontainer.json",
    technicalDescription: "a shop",
    recommendedEditors: { editors: { vscode: { versions: [] } } },
    prebuildConfiguration: { enabled: true, environmentClassIds: [ids.smallClass], timeout: "1800s" },
  };
  const kept = await created(scene, project, { ...full, environmentClasses });

  await updated(scene, project, kept, { ...shop, name: "shop 2", environmentClasses });

  const [remote] = scene.emulator.admin.objects("projects");
  expect(remote).toMatchObject({ id: kept.id, metadata: { name: "shop 2" } });
  expect(remote).not.toHaveProperty("devcontainerFilePath");
  expect(remote).not.toHaveProperty("recommendedEditors");
});

test("a prebuild setting that is not stated keeps the value of the server", async () => {
  const scene = createScene();
  const prebuilds = { enabled: true, environmentClassIds: [ids.smallClass] };
  const kept = await created(scene, project, { ...shop, environmentClasses, prebuildConfiguration: prebuilds });
  scene.emulator.admin.patch("projects", kept.id, { prebuildConfiguration: { timeout: "900s" } });

  await updated(scene, project, kept, {
    ...shop,
    environmentClasses,
    prebuildConfiguration: { ...prebuilds, enableJetbrainsWarmup: true },
  });

  expect(scene.emulator.admin.objects("projects")).toMatchObject([
    { prebuildConfiguration: { ...prebuilds, timeout: "900s", enableJetbrainsWarmup: true } },
  ]);
});

test("a description that the server does not give back is no drift", async () => {
  const scene = createScene();
  const described = { ...shop, technicalDescription: "a shop" };
  const kept = await created(scene, project, described);

  await refreshed(scene, project, kept);

  expect(kept.state.inputs).toEqual(described);
  expect(difference(scene, project, kept, described).changes).toEqual([]);
});

test("drift shows at its path", async () => {
  const scene = createScene();
  const kept = await created(scene, project, shop);
  scene.emulator.admin.patch("projects", kept.id, { metadata: { name: "by hand" } });

  await refreshed(scene, project, kept);

  expect(difference(scene, project, kept, shop).changes).toEqual([{ path: ["name"], kind: "update", replaces: false }]);
});

test("a project that only waits for its prebuilds to go is gone", async () => {
  const scene = createScene();
  const kept = await created(scene, project, shop);
  scene.emulator.admin.patch("projects", kept.id, { desiredPhase: "PROJECT_PHASE_DELETED" });

  expect(await refreshed(scene, project, kept)).toBeUndefined();
});

test("a deleted project is gone", async () => {
  const scene = createScene();
  const kept = await created(scene, project, shop);

  await removed(scene, project, kept);

  expect(await refreshed(scene, project, kept)).toBeUndefined();
});
