import { ConnectError } from "@connectrpc/connect";
import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import type { Probe } from "../assumption";
import { answered, compared, refuted } from "../finding";
import { absentId } from "./ids";

const { getEnvironment } = EnvironmentService.method;

export const rulesWithoutDetails: Probe = {
  calls: ["EnvironmentService/GetEnvironment"],
  makes: [],
  needs: [],
  run: (bench) =>
    bench.call(getEnvironment, { environmentId: "no id" }).then(
      () => refuted("an answer to a request that breaks a rule"),
      (error) => {
        if (!(error instanceof ConnectError) || !error.isWireError) throw error;
        // What the client decodes of a detail is known by its type, which is the API's.
        return compared(0, error.details.length);
      },
    ),
};

export const foreignOrganization: Probe = {
  calls: ["OrganizationService/GetOrganization"],
  makes: [],
  needs: [],
  run: (bench) =>
    answered("NotFound", (awaited) =>
      bench.answer(OrganizationService.method.getOrganization, { organizationId: absentId }, awaited),
    ),
};

export const absentNotFound: Probe = {
  calls: ["EnvironmentService/GetEnvironment"],
  makes: [],
  needs: [],
  run: (bench) => answered("NotFound", (awaited) => bench.answer(getEnvironment, { environmentId: absentId }, awaited)),
};
