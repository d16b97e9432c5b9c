import { apis } from "../../provider/client/api";
import { baseUrl } from "../../provider/client/base-url";

test.each([
  ["app.gitpod.io", "https://app.gitpod.io/api"],
  [" app.gitpod.io/\n", "https://app.gitpod.io/api"],
  ["HTTPS://App.Gitpod.io/api/", "https://app.gitpod.io/api"],
  ["https://app.gitpod.io/api//", "https://app.gitpod.io/api"],
  ["https://proxy.example/gitpod", "https://proxy.example/gitpod/api"],
  ["gitpod.example:8443", "https://gitpod.example:8443/api"],
  ["https://gitpod", "https://gitpod/api"],
  ["10.0.0.1", "https://10.0.0.1/api"],
  ["https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443/api"],
  ["localhost:8080", "http://localhost:8080/api"],
  ["127.0.0.1:8080/api", "http://127.0.0.1:8080/api"],
  ["[::1]:8080", "http://[::1]:8080/api"],
  ["http://emulator.localhost:8080", "http://emulator.localhost:8080/api"],
  ["https://localhost:8443", "https://localhost:8443/api"],
])("the host %j is %s", (host, url) => {
  expect(baseUrl(host, "gitpod:host")).toBe(url);
});

test.each(["http://app.gitpod.io", "http://10.0.0.1:8080/api", "http://localhost.example", "http://127.example.com"])(
  "plain http beyond this machine is refused: %s",
  (host) => {
    expect(() => baseUrl(host, "ONA_HOST")).toThrow(
      new Error(
        "ONA_HOST does not start with https://, so the token would travel in clear: use https (http is for localhost only).",
      ),
    );
  },
);

test.each([
  "not a host",
  "app.git\npod.io",
  "https://",
  "https://a b.example",
  "ftp://app.gitpod.io",
  "https://user:password@app.gitpod.io",
  "https://app.gitpod.io?x=1",
  "https://app..io",
  "app.gitpod.io:99999",
  "::1",
  "gp_c29tZXRva2Vu",
  `https://eyJhbGciOi.${"x".repeat(64)}.example`,
])("what is no host, maybe a token, is refused unprinted: %s", (host) => {
  expect(() => baseUrl(host, "gitpod:host")).toThrow(
    new Error("gitpod:host is not the address of a host: set it to one such as https://app.gitpod.io."),
  );
});

test.each([
  ["api.gitpod.io", "https://api.gitpod.io"],
  [" https://api.gitpod.example/ ", "https://api.gitpod.example"],
  ["gitpod.example/public-api/", "https://gitpod.example/public-api"],
  ["https://gitpod.example/api", "https://gitpod.example/api"],
  ["127.0.0.1:8080", "http://127.0.0.1:8080"],
])("to the host %j of Gitpod Classic nothing is appended", (host, url) => {
  expect(baseUrl(host, "gitpod:classicHost", apis.experimental)).toBe(url);
});

test.each([
  ["http://api.gitpod.example", /^gitpod:classicHost does not start with https:\/\//],
  [
    "gitpod_pat_c29tZXRva2Vu",
    /^gitpod:classicHost is not the address of a host: set it to one such as https:\/\/api\.gitpod\.io\.$/,
  ],
])("the host %j of Gitpod Classic is refused for the same reasons", (host, why) => {
  expect(() => baseUrl(host, "gitpod:classicHost", apis.experimental)).toThrow(why);
});
