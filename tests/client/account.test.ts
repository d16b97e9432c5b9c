import { type AccountConfig, resolveAccount, type Variables } from "../../provider/client/account";
import { apis } from "../../provider/client/api";

const home = { gitpod: "https://app.gitpod.io/api", ona: "https://app.ona.com/api" };

describe("the token", () => {
  test.each<[string, AccountConfig, Variables, string, string]>([
    ["the config first", { token: "conf" }, { GITPOD_API_KEY: "a", ONA_TOKEN: "d" }, "conf", "gitpod:token"],
    ["GITPOD_API_KEY next", {}, { GITPOD_TOKEN: "b", GITPOD_API_KEY: "a" }, "a", "GITPOD_API_KEY"],
    ["GITPOD_TOKEN next", {}, { GITPOD_TOKEN: "b", ONA_API_KEY: "c" }, "b", "GITPOD_TOKEN"],
    ["ONA_API_KEY next", {}, { ONA_API_KEY: "c", ONA_TOKEN: "d" }, "c", "ONA_API_KEY"],
    ["ONA_TOKEN last", {}, { ONA_TOKEN: "d" }, "d", "ONA_TOKEN"],
    [
      "an empty setting counts as not set",
      { token: "" },
      { GITPOD_API_KEY: "", GITPOD_TOKEN: "b" },
      "b",
      "GITPOD_TOKEN",
    ],
    [
      "blank and bare Bearer count as not set",
      { token: " \n" },
      { GITPOD_API_KEY: "Bearer ", ONA_TOKEN: "d" },
      "d",
      "ONA_TOKEN",
    ],
    ["a newline behind it is cut", {}, { GITPOD_TOKEN: " b\r\n" }, "b", "GITPOD_TOKEN"],
    ["a leading Bearer is cut", { token: "bearer  conf\n" }, {}, "conf", "gitpod:token"],
  ])("comes from the first place that has one: %s", (_, config, env, token, tokenFrom) => {
    expect(resolveAccount(config, env)).toMatchObject({ token, tokenFrom });
  });

  test("of a provider of the program is named as its argument, in every message", () => {
    const provider = "staging";
    expect(resolveAccount({ token: "conf", host: "a.example.com", provider, isStored: true }, {})).toEqual({
      api: apis.index,
      token: "conf",
      baseUrl: "https://a.example.com/api",
      tokenFrom: "`token` of the provider staging",
      hostFrom: "`host` of the provider staging",
      provider,
      isStored: true,
    });
    expect(resolveAccount({ provider, isStored: true }, { ONA_TOKEN: "d" })).toMatchObject({
      tokenFrom: "ONA_TOKEN",
      isStored: false,
    });
    expect(() => resolveAccount({ provider }, {})).toThrow(
      /^No token is set: set `token` of the provider staging, or set one of the environment variables/,
    );
    expect(() => resolveAccount({ token: "a b", provider }, {})).toThrow(
      /^The token in `token` of the provider staging has whitespace/,
    );
    expect(() => resolveAccount({ token: "a", host: "::", provider }, {})).toThrow(/`host` of the provider staging/);
  });

  test("that is missing is an error that names every way to set it", () => {
    expect(() => resolveAccount({ host: "app.gitpod.io" }, { GITPOD_BASE_URL: "https://app.gitpod.io" })).toThrow(
      new Error(
        'No token is set: set it with "pulumi config set --secret gitpod:token", or set one of the environment variables GITPOD_API_KEY, GITPOD_TOKEN, ONA_API_KEY or ONA_TOKEN.',
      ),
    );
  });

  test.each(["abc def", "abc\ndef", "abc\u0000def", "abc\u00e9"])(
    "with characters no token has is refused unprinted: %j",
    (token) => {
      expect(() => resolveAccount({}, { ONA_TOKEN: token, GITPOD_BASE_URL: "x" })).toThrow(
        new Error(
          "The token in ONA_TOKEN has whitespace or other characters inside that no token has: set it to the token alone.",
        ),
      );
    },
  );
});

describe("the host", () => {
  test.each<[string, AccountConfig, Variables, string, string | undefined]>([
    ["configured token, no host", { token: "t" }, {}, home.gitpod, undefined],
    ["GITPOD token, no host", {}, { GITPOD_API_KEY: "t" }, home.gitpod, undefined],
    ["ONA token, no host", {}, { ONA_API_KEY: "t" }, home.ona, undefined],
    [
      "configured host, GITPOD token",
      { host: "h.example" },
      { GITPOD_TOKEN: "t", GITPOD_BASE_URL: "g.example" },
      "https://h.example/api",
      "gitpod:host",
    ],
    ["configured host, ONA token", { host: "h.example" }, { ONA_TOKEN: "t" }, "https://h.example/api", "gitpod:host"],
    [
      "configured token, GITPOD host",
      { token: "t" },
      { GITPOD_BASE_URL: "g.example", ONA_HOST: "o.example" },
      "https://g.example/api",
      "GITPOD_BASE_URL",
    ],
    ["configured token, ONA host", { token: "t" }, { ONA_HOST: "o.example" }, "https://o.example/api", "ONA_HOST"],
    [
      "GITPOD token, its host",
      {},
      { GITPOD_TOKEN: "t", GITPOD_BASE_URL: "g.example" },
      "https://g.example/api",
      "GITPOD_BASE_URL",
    ],
    [
      "ONA token, ONA_BASE_URL before ONA_HOST",
      {},
      { ONA_TOKEN: "t", ONA_HOST: "o.example", ONA_BASE_URL: "b.example" },
      "https://b.example/api",
      "ONA_BASE_URL",
    ],
    ["empty host settings", { token: "t", host: "" }, { GITPOD_BASE_URL: " " }, home.gitpod, undefined],
  ])("is the stated one, else the product's: %s", (_, config, env, baseUrl, hostFrom) => {
    const { baseUrl: resolved, hostFrom: from } = resolveAccount(config, env);
    expect([resolved, from]).toEqual([baseUrl, hostFrom]);
  });

  test.each<[Variables, string]>([
    [{ GITPOD_TOKEN: "t", ONA_HOST: "app.ona.com" }, home.gitpod],
    [{ GITPOD_API_KEY: "t", ONA_BASE_URL: "https://app.ona.com/api", ONA_TOKEN: "u" }, home.gitpod],
    [{ ONA_API_KEY: "t", GITPOD_BASE_URL: "https://app.gitpod.io/api" }, home.ona],
  ])("of one product's variable never gets the other product's token: %j", (env, baseUrl) => {
    expect(resolveAccount({}, env).baseUrl).toBe(baseUrl);
  });
});

describe("of Gitpod Classic", () => {
  const classic = (config: AccountConfig, env: Variables) => resolveAccount(config, env, apis.experimental);
  const others: Variables = {
    GITPOD_API_KEY: "a",
    GITPOD_TOKEN: "b",
    ONA_API_KEY: "c",
    ONA_TOKEN: "d",
    GITPOD_BASE_URL: "g.example",
    ONA_BASE_URL: "b.example",
    ONA_HOST: "o.example",
  };
  const home = "https://api.gitpod.io";

  test.each<[string, AccountConfig, Variables, object]>([
    [
      "the settings first",
      { classicToken: "conf", classicHost: "api.c.example" },
      { GITPOD_CLASSIC_TOKEN: "env", GITPOD_CLASSIC_HOST: "api.e.example" },
      {
        token: "conf",
        baseUrl: "https://api.c.example",
        tokenFrom: "gitpod:classicToken",
        hostFrom: "gitpod:classicHost",
      },
    ],
    [
      "then the variables",
      { classicToken: " ", classicHost: "" },
      { GITPOD_CLASSIC_TOKEN: "env", GITPOD_CLASSIC_HOST: "api.e.example" },
      {
        token: "env",
        baseUrl: "https://api.e.example",
        tokenFrom: "GITPOD_CLASSIC_TOKEN",
        hostFrom: "GITPOD_CLASSIC_HOST",
      },
    ],
    ["the host is the vendor's own where none is set", { classicToken: "conf" }, {}, { token: "conf", baseUrl: home }],
    [
      "arguments of a provider of the program are named as such",
      { classicToken: "conf", classicHost: "api.c.example", provider: "staging", isStored: true },
      {},
      {
        tokenFrom: "`classicToken` of the provider staging",
        hostFrom: "`classicHost` of the provider staging",
        isStored: true,
      },
    ],
  ])("token and host come from settings and variables of their own: %s", (_, config, env, expected) => {
    const { hostFrom, ...account } = classic({ token: "t", host: "h.example", ...config }, { ...others, ...env });
    expect({ ...account, ...(hostFrom !== undefined && { hostFrom }) }).toMatchObject({
      api: apis.experimental,
      ...expected,
    });
  });

  test("no token of the other API counts, and the error says what does", () => {
    expect(() =>
      classic({ token: "t", host: "h.example" }, { ...others, GITPOD_CLASSIC_HOST: "api.e.example" }),
    ).toThrow(
      new Error(
        'No token of Gitpod Classic is set: set it with "pulumi config set --secret gitpod:classicToken", or set the environment variable GITPOD_CLASSIC_TOKEN. GITPOD_TOKEN does not count here, although the command line of Gitpod Classic reads it.',
      ),
    );
    expect(() => classic({ provider: "staging" }, others)).toThrow(
      /^No token of Gitpod Classic is set: set `classicToken` of the provider staging, or set the environment variable GITPOD_CLASSIC_TOKEN\. /,
    );
  });

  test("nothing that is set for Classic counts for the other API", () => {
    const config = { classicToken: "c", classicHost: "api.c.example" };
    const env = { GITPOD_CLASSIC_TOKEN: "e", GITPOD_CLASSIC_HOST: "api.e.example" };
    expect(() => resolveAccount(config, env)).toThrow(/^No token is set: /);
    expect(resolveAccount({ ...config, token: "t" }, env)).toMatchObject({
      token: "t",
      baseUrl: "https://app.gitpod.io/api",
    });
  });
});
