import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { isConfirmed } from "../../command/probe/confirm";
import { ids, tokens } from "../../emulator";
import { confirmed, notTried, refuted } from "../../probe/finding";
import { reportOf } from "../../probe/run/report";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { group } from "../../provider/resources/group";
import { assumptionOf, openScene } from "./scene";

test("a report has nothing of the account, even where a probe says it", async () => {
  const { run } = await openScene();
  const canaries: string[] = [
    tokens.owner,
    ids.organization,
    ids.owner,
    "ada@example.com",
    "https://ada.example.com/x",
    ids.smallClass,
  ];
  const talking = assumptionOf(async (bench) => {
    const { id, name } = await bench.make(group);
    canaries.push(id, name);
    return refuted(`saw ${canaries.join(" and ")}`);
  }, "talking");
  const failing = assumptionOf(async () => {
    throw new Error(canaries.join());
  }, "failing");
  const lacking = assumptionOf(async () => notTried(`lacks ${ids.owner}`), "lacking");
  const outcome = await run([talking, failing, lacking, assumptionOf(async () => confirmed, "silent")]);
  const report = reportOf(outcome, "https://app.gitpod.io/api", [tokens.owner]);

  expect(report).toEqual({
    provider: expect.stringMatching(/^pulumi-gitpod \d/),
    host: "https://app.gitpod.io",
    confirmed: 1,
    refuted: 1,
    notTried: 2,
    left: 0,
    findings: [
      { id: "talking", assumes: "It is so.", ...refuted("saw … and … and … and … and … and … and … and …") },
      { id: "failing", assumes: "It is so.", ...notTried("the probe failed with Error") },
      { id: "lacking", assumes: "It is so.", ...notTried("lacks …") },
      { id: "silent", assumes: "It is so.", ...confirmed },
    ],
  });
  for (const canary of canaries) expect(JSON.stringify(report)).not.toContain(canary);
  expect(reportOf(outcome, "https://gitpod.acme.example/api", [])).toMatchObject({ host: "another" });
});

test("a setting goes back to what it was, also after a failure", async () => {
  const { emulator, run, told } = await openScene();
  const { updateOrganization } = OrganizationService.method;
  const organizationId = ids.organization;
  const renaming = assumptionOf(async (bench) => {
    const naming = (name: string) => ({ method: updateOrganization, request: { organizationId, name } });
    await bench.change("the name of the organization", naming("Another"), naming("Emulated Organization"));
    throw new Error("something fails");
  });
  const before = emulator.admin.objects("organizations").map((object) => ({ ...Object(object), updatedAt: "" }));
  const { left } = await run([renaming]);
  const after = emulator.admin.objects("organizations").map((object) => ({ ...Object(object), updatedAt: "" }));

  expect([left.length, after]).toEqual([0, before]);
  expect(told).toContain("changes the name of the organization");
  expect(emulator.calls()["OrganizationService/UpdateOrganization"]).toBe(2);
});

test.each([
  ["yes\n", true],
  ["y\n", false],
  ["", false],
])("only a yes lets the organization be changed: %j", async (answer, expected) => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const probe = { calls: [], makes: ["another name"], needs: ["organization"], run: async () => confirmed } as const;
  const asked = isConfirmed([{ id: "a-b", assumes: "", said: [], probe }], new AbortController().signal, {
    input,
    output,
  });
  input.end(answer);

  expect(await asked).toBe(expected);
  output.end();
  expect(await text(output)).toContain("for moments: another name.\nGo on?");
});
