import { create } from "@bufbuild/protobuf";
import { SubjectSchema } from "../../proto/gen/gitpod/v1/identity_pb";
import { type Project_UsedBy, Project_UsedBySchema } from "../../proto/gen/gitpod/v1/project_pb";
import type { Caller } from "../caller";
import type { Site } from "../site";
import type { ProjectRow } from "../world";

/** Remembers that somebody has created an environment of a project, for as long as the project is there. */
export function recordUse(site: Site, { owed }: ProjectRow, { id, principal }: Caller): void {
  owed.uses = [...(owed.uses ?? []), { subject: { id, principal }, at: site.now() }];
}

/** Who has created environments of a project: the ten most recent, the latest first, and the number of all. */
export function usedBy({ owed }: ProjectRow): Project_UsedBy {
  const latest = new Map((owed.uses ?? []).toReversed().map(({ subject }) => [subject.id, subject]));
  return create(Project_UsedBySchema, {
    subjects: [...latest.values()].slice(0, 10).map((subject) => create(SubjectSchema, subject)),
    totalSubjects: latest.size,
  });
}

/**
 * The score of recent environment creation that popularity is. Facts are silent on how recent and how it is counted;
 * the emulator counts the environments of the last 30 days, at each call instead of by a job in the background
 * (`project-popularity`).
 */
export function popularity(site: Site, { owed }: ProjectRow): number {
  return (owed.uses ?? []).filter(({ at }) => site.now() - at < recent).length;
}

const recent = 30 * 24 * 3_600_000;
