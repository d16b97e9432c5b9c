import { environment, project } from "../../provider/resources";
import { created, createScene, ids, notReady, updated } from "./scene";

const nobody = "0199a1b2-0000-7000-8000-00000000dead";
const shop = { name: "Shop", initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] } };
const known = new RegExp(`choose one of .*${ids.smallClass} \\(.+\\), .*${ids.largeClass} \\(.+\\)\\.$`);

test("an environment class that does not exist is refused with those that there are", async () => {
  const scene = createScene();
  const none = await created(scene, project, shop);

  const creates = [
    { spec: { machine: { class: nobody } } },
    { projectId: none.id, spec: { machine: { class: nobody } } },
  ];

  for (const inputs of creates) {
    const refused = created(scene, environment, inputs);
    await expect(refused).rejects.toThrow(`spec.machine.class names ${nobody}; choose one of`);
    await expect(refused).rejects.toThrow(known);
  }
});

test("where neither the program nor the project says a class, the classes are told as well", async () => {
  const scene = createScene();
  const none = await created(scene, project, shop);

  const refused = created(scene, environment, { projectId: none.id });

  await expect(refused).rejects.toThrow("spec.machine.class is not set; choose one of");
  await expect(refused).rejects.toThrow(known);
});

test("a project that names a class that does not exist is told the same, when it is created and later", async () => {
  const scene = createScene();
  const classes = (environmentClassId: string) => ({ ...shop, environmentClasses: [{ environmentClassId, order: 0 }] });

  const first = await notReady(created(scene, project, classes(nobody)));
  const kept = await created(scene, project, classes(ids.smallClass));
  const later = await notReady(updated(scene, project, kept, classes(nobody)));

  for (const { message } of [first, later]) {
    expect(message).toContain(`environmentClasses[].environmentClassId names ${nobody}; choose one of`);
    expect(message).toMatch(known);
  }
});

test("a refusal for another reason says nothing of classes, and one whose look fails too says what the server said", async () => {
  const scene = createScene();
  const refuse = { code: "failed_precondition", message: "no more today" } as const;
  const inputs = { spec: { machine: { class: ids.smallClass } } };
  scene.emulator.admin.fault({ method: "EnvironmentService/CreateEnvironment", refuse });

  await expect(created(scene, environment, inputs)).rejects.toThrow(
    /: no more today\. Remove what the server says is [^;]+$/,
  );
  scene.emulator.admin.fault({ method: "EnvironmentService/ListEnvironmentClasses", refuse });
  await expect(created(scene, environment, { spec: { machine: { class: nobody } } })).rejects.toThrow(
    /environment class [-0-9a-f]+ does not exist[^;]*$/,
  );
});
