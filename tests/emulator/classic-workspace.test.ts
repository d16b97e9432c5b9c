import { classicIds, classicTokens } from "../../emulator";
import { openClassic } from "./open-classic";

test("a workspace passes through its phases and is listed", async () => {
  const { start, path, listed, read } = openClassic();
  const id = await start();

  expect(await path(id)).toEqual(["PREPARING", "PENDING", "CREATING", "INITIALIZING", "RUNNING"]);
  expect(await listed({ organizationId: classicIds.team })).toEqual([id]);
  expect((await read(id)).context?.contextUrl).toBe("https://github.com/acme/shop");
  expect(classicTokens.owner).toBeDefined();
});
