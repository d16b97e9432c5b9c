import { originOf } from "../../tools/schema/origin";

const repository = { url: "git+https://github.com/acme/pulumi-gitpod.git" };

test("the repository in package.json says where Pulumi finds the plugin and Go the SDK", () => {
  expect(originOf({ repository })).toMatchObject({
    homepage: "https://github.com/acme/pulumi-gitpod",
    repository: "https://github.com/acme/pulumi-gitpod",
    pluginDownloadURL: "github://api.github.com/acme/pulumi-gitpod",
    language: {
      go: {
        importBasePath: "github.com/acme/pulumi-gitpod/sdk/go/gitpod",
        modulePath: "github.com/acme/pulumi-gitpod/sdk/go",
      },
    },
  });
});

test("a homepage of its own is told, and a repository elsewhere than on GitHub promises no download", () => {
  const origin = originOf({
    repository: { url: "https://git.example.com/acme/pulumi-gitpod" },
    homepage: "https://gitpod.example.com",
  });

  expect(origin).toMatchObject({
    homepage: "https://gitpod.example.com",
    repository: "https://git.example.com/acme/pulumi-gitpod",
  });
  expect(origin).not.toHaveProperty("pluginDownloadURL");
});

test("without a repository no address is made up", () => {
  const origin = originOf({});

  expect(Object.keys(origin)).toEqual(["meta", "language"]);
  expect(JSON.stringify(origin)).not.toMatch(/\w\.(com|org|io)\b/);
});
