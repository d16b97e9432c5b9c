import type { ClassicAdmin, ClassicGitStatus, ClassicRole } from "../classic/admin";
import { done, parse } from "./body";

/**
 * Answers the part of the admin API that concerns Classic, below `/admin/classic`; undefined where there is nothing.
 *
 * | request                          | body                                             | does                            |
 * | -------------------------------- | ------------------------------------------------ | ------------------------------- |
 * | `POST workspaces/ID/collect`     |                                                  | deletes it as the installation  |
 * | `POST workspaces/ID/purge`       |                                                  | takes it out of the world       |
 * | `POST workspaces/ID/idle`        |                                                  | stops it for idleness           |
 * | `POST workspaces/ID/git`         | `{"uncommitedFiles":[],"unpushedCommits":[]}`    | sets what the copy reports      |
 * | `POST users`                     | `{"name": "Ada", "teamId": "…"}`                 | adds a user, answers `userId`   |
 * | `POST teams/ID/role`             | `{"userId": "…", "role": "collaborator"}`        | gives a user a role             |
 * | `POST teams/ID/default-role`     | `{"role": "collaborator"}`                       | what joiners become             |
 * | `POST teams/ID/single-sign-on`   | `{"on": true}`                                   | takes the invitation away       |
 * | `POST teams/ID/fail-deletes`     | `{"fail": true}`                                 | lets deletions do nothing       |
 */
export function actOnClassic(admin: ClassicAdmin, parts: readonly string[], text: string): object | undefined {
  const [kind, id = "", act = ""] = parts;
  switch (`${kind} ${act}`) {
    case "workspaces collect":
      return done(() => admin.collect(id));
    case "workspaces purge":
      return done(() => admin.purge(id));
    case "workspaces idle":
      return done(() => admin.idle(id));
    case "workspaces git":
      return done(() => admin.setGitStatus(id, parse<ClassicGitStatus>(text)));
    case "users ":
      return { userId: admin.addUser(parse<Parameters<typeof admin.addUser>[0]>(text)) };
    case "teams role": {
      const { userId, role } = parse<{ userId: string; role: ClassicRole }>(text);
      return done(() => admin.setRole(id, userId, role));
    }
    case "teams default-role":
      return done(() => admin.setDefaultRole(id, parse<{ role: ClassicRole }>(text).role));
    case "teams single-sign-on":
      return done(() => admin.setSingleSignOn(id, parse<{ on: boolean }>(text).on));
    case "teams fail-deletes":
      return done(() => admin.failDeletes(id, parse<{ fail?: boolean }>(text).fail));
    default:
      return undefined;
  }
}
