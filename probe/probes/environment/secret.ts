import { secret } from "../../../provider/resources/secret";
import type { Probe } from "../../assumption";
import { compared } from "../../finding";
import { askForEnvironment, readEnvironment } from "./bring-up";

export const secretsAdded: Probe = {
  calls: ["SecretService/CreateSecret", "EnvironmentService/CreateEnvironment", "EnvironmentService/GetEnvironment"],
  makes: ["a secret of the caller", "an environment"],
  needs: ["environments"],
  async run(bench) {
    const { name } = await bench.make(secret, {
      name: bench.name("_"),
      value: "probe",
      environmentVariable: true,
      scope: { userId: bench.subjectId },
    });
    const { spec } = await readEnvironment(bench, await askForEnvironment(bench));
    return compared("added", spec?.secrets.some((each) => each.name === name) ? "added" : "not added");
  },
};
