import { Code, ConnectError } from "@connectrpc/connect";
import { orAbsent } from "../../provider/client/error/absence";

test("an object that is not found is absent", async () => {
  expect(await orAbsent(Promise.reject(new ConnectError("no such project", Code.NotFound)))).toBeUndefined();
});

test("an object that is found is the answer", async () => {
  expect(await orAbsent(Promise.resolve("project"))).toBe("project");
});

test.each<[string, Error]>([
  ["a refusal", new ConnectError("no", Code.PermissionDenied)],
  ["a web page that is not found", new ConnectError("HTTP 404", Code.Unimplemented)],
  ["words that only say so", new Error("not_found")],
])("any other failure stays one: %s", async (_, error) => {
  await expect(orAbsent(Promise.reject(error))).rejects.toBe(error);
});
