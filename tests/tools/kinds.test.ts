import { kindBreaches } from "../../tools/rules/kinds";

const names = {
  kinds: ["Group", "Organization", "OrganizationMember", "Service", "TaskExecution", "Widget"],
  phases: ["WIDGET_PHASE_SPINNING", "PHASE_STUCK"],
  protos: ["gitpod/v1/group", "gitpod/v1/widget"],
};

const breachesIn = (path: string, text: string): string[] => kindBreaches([{ path, text }], names);

test.each([
  ["const widgetId = 1;", "widget in widgetId"],
  ["call(WidgetService);", "widget in WidgetService"],
  [`const a = \`the widgets of \${b}\`;`, "widget in the widgets of "],
  [`const a = \`\${b} of a widget\`;`, "widget in  of a widget"],
  ["read({ task_executions: [] });", "task execution in task_executions"],
  ["const a = b.groupId;", "group in groupId"],
  ["const a = b.organizationMember;", "organization member in organizationMember"],
  ["const a: ServicePhase = b;", "service in ServicePhase"],
  ['const a = phase === "SPINNING";', "SPINNING in SPINNING"],
  ["const a = Phase.STUCK;", "STUCK in STUCK"],
  ['const a = "OTHER_PHASE_NEW";', "OTHER_PHASE_NEW in OTHER_PHASE_NEW"],
  ['const a = require("../../proto/gen/gitpod/v1/group_pb");', "gitpod/v1/group in ../../proto/gen/gitpod/v1/group_pb"],
])("the core may not say %s", (text, found) => {
  expect(breachesIn("provider/model/a.ts", text)).toEqual([
    `provider/model/a.ts names ${found}: the core knows no kind, a definition says it`,
  ]);
});

test.each([
  ["provider/model/a.ts", "/** A widget that is SPINNING. */\nconst a = 1; // of a widget"],
  ["provider/model/a.ts", 'import * as group from "./group";\nconst service = { groups: [], execution: 1 };'],
  ["provider/model/a.ts", 'import { event } from "../../proto/gen/gitpod/v1/event_pb";\nconst end = "SIGTERM";'],
  ["provider/model/a.ts", "const a = b.organizationId; // the token's"],
  ["provider/resources/widget.ts", 'const a = { kind: "Widget", failed: ["WIDGET_PHASE_STUCK"] };'],
  ["provider/functions/get-widget.ts", "const getWidget = 1;"],
  ["sdk/widget.ts", "class Widget {}"],
])("%s may say %s", (path, text) => {
  expect(breachesIn(path, text)).toEqual([]);
});

test("variables of the process are no environments", () => {
  const environment = { kinds: ["Environment"], phases: [], protos: [] };
  const files = ["the environment variables", "the environment"].map((words) => ({
    path: "provider/client/a.ts",
    text: `const a = "${words}";`,
  }));

  expect(kindBreaches(files, environment)).toEqual([
    "provider/client/a.ts names environment in the environment: the core knows no kind, a definition says it",
  ]);
});
