import { OrganizationService } from "../../../proto/gen/gitpod/v1/organization_pb";
import type { Probe } from "../../assumption";
import { compared, notTried } from "../../finding";

const { getOrganizationPolicies, updateOrganizationPolicies } = OrganizationService.method;

export const policiesExclusive: Probe = {
  calls: ["OrganizationService/UpdateOrganizationPolicies", "OrganizationService/GetOrganizationPolicies"],
  makes: ["changes of two policies that go back"],
  needs: ["organization"],
  async run(bench) {
    const { organizationId } = bench;
    const read = async (): Promise<{
      readonly membersRequireProjects: boolean;
      readonly membersCreateProjects: boolean;
    }> => {
      const { policies } = await bench.call(getOrganizationPolicies, { organizationId });
      const { membersRequireProjects = false, membersCreateProjects = false } = policies ?? {};
      return { membersRequireProjects, membersCreateProjects };
    };
    const before = await read();
    if (before.membersRequireProjects && before.membersCreateProjects) return compared("one of both", "both");
    const setting = (policies: Partial<typeof before>) => ({
      method: updateOrganizationPolicies,
      request: { organizationId, ...policies },
    });
    const { membersRequireProjects, membersCreateProjects } = before;
    await bench.change(
      "the policies membersRequireProjects and membersCreateProjects",
      setting({ membersRequireProjects: true }),
      setting({ membersRequireProjects }),
      setting({ membersCreateProjects }),
    );
    const answer = await bench.answer(updateOrganizationPolicies, { organizationId, membersCreateProjects: true });
    if (answer !== "ok") return notTried(`setting the second policy was answered ${answer}`);
    return compared({ membersRequireProjects: false, membersCreateProjects: true }, await read());
  },
};
