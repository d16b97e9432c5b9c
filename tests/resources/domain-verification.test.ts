import { domainVerification } from "../../provider/resources";
import { created, createScene } from "./scene";

test("a second domain is not taken for another object of the first one's name", async () => {
  const scene = createScene();
  await created(scene, domainVerification, { domain: "acme.com" });
  scene.restart();

  await created(scene, domainVerification, { domain: "acme.org" });

  expect(scene.told).toEqual([]);
});

test("a domain that an interrupted run has left is named, and how to take it over", async () => {
  const scene = createScene();
  const { id } = await created(scene, domainVerification, { domain: "acme.com" });
  scene.restart();

  const again = created(scene, domainVerification, { domain: "acme.com" });

  await expect(again).rejects.toThrow(
    new RegExp(`there is a DomainVerification with the same inputs already: ${id}[^]*adopt: "${id}"`),
  );
});
