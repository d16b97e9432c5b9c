import { create } from "@bufbuild/protobuf";
import {
  IntegrationCategory as Category,
  type IntegrationDefinition,
  IntegrationDefinitionSchema,
} from "../../proto/gen/gitpod/v1/integration_pb";

/** The kinds of integrations that exist: one by OAuth, one by an app that organizations bring themselves, one by a key. */
export const definitions: IntegrationDefinition[] = [
  create(IntegrationDefinitionSchema, {
    id: "linear",
    name: "Linear",
    description: "Issues of Linear",
    iconUrl: "https://emulator.localhost/icons/linear.svg",
    host: "linear.app",
    categories: [Category.PROJECT_MANAGEMENT],
    capabilities: { mcp: { url: "https://mcp.linear.app/mcp" } },
    auth: {
      requiresAuth: true,
      oauth: {
        authUrl: "https://linear.app/oauth/authorize",
        tokenUrl: "https://api.linear.app/oauth/token",
        scopes: ["read", "write"],
        clientId: "linear-shared",
      },
    },
  }),
  create(IntegrationDefinitionSchema, {
    id: "github-app",
    name: "GitHub App",
    description: "Repositories and pull requests of GitHub",
    iconUrl: "https://emulator.localhost/icons/github.svg",
    host: "github.com",
    categories: [Category.SOURCE_CONTROL, Category.AUTOMATION_TRIGGERS],
    capabilities: { sourceCodeAccess: {}, scmPrEvents: {} },
    auth: { requiresAuth: true, proprietaryApp: { appScopes: ["contents:read"], tokenUrl: "https://api.github.com" } },
  }),
  create(IntegrationDefinitionSchema, {
    id: "observe",
    name: "Observe",
    description: "Logs and traces",
    iconUrl: "https://emulator.localhost/icons/observe.svg",
    host: "observe.example.com",
    categories: [Category.OBSERVABILITY],
    capabilities: { mcp: { url: "https://observe.example.com/mcp" } },
    auth: { requiresAuth: true, apiKey: {} },
  }),
];
