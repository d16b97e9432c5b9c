import { TeamService } from "../../../proto/gen/gitpod/v1/team_pb";
import { team } from "../../../provider/resources/team";
import type { Probe } from "../../assumption";
import { answered } from "../../finding";

const { addTeamMember } = TeamService.method;

export const secondTeam: Probe = {
  calls: ["TeamService/AddTeamMember"],
  makes: ["two teams, one of which has the caller where no other team has"],
  needs: ["organization"],
  async run(bench) {
    const [first, second] = [await bench.make(team), await bench.make(team)];
    const join = (teamId: string) => bench.answer(addTeamMember, { teamId, userId: bench.subjectId });
    const answer = await join(first.id);
    // Who is in a team already has just tried a second one.
    return answered("AlreadyExists", async () => (answer === "ok" ? join(second.id) : answer));
  },
};
