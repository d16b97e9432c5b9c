import type { IncomingMessage, ServerResponse } from "node:http";
import { scimConfigurationOf } from "../service/scim";
import type { Site } from "../site";

/** Answers an identity provider that signs in with a token of a SCIM configuration; nobody is provisioned yet. */
export function answerScim(site: Site, request: IncomingMessage, response: ServerResponse): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const isKnown = scimConfigurationOf(site, token) !== undefined;
  const body = isKnown
    ? { schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], totalResults: 0, Resources: [] }
    : { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "401", detail: "invalid bearer token" };
  response.writeHead(isKnown ? 200 : 401, { "content-type": "application/scim+json" });
  response.end(`${JSON.stringify(body)}\n`);
}
