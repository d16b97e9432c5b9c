/** The classes of the installation; an organization need not allow all of them. */
export const workspaceClasses = [
  { id: "g1-standard", displayName: "Standard", description: "4 cores, 8 GiB of memory", isDefault: true },
  { id: "g1-large", displayName: "Large", description: "8 cores, 16 GiB of memory", isDefault: false },
  { id: "g1-huge", displayName: "Huge", description: "32 cores; no organization allows it", isDefault: false },
];

/** Whether there is a class of this id. */
export function isKnownClass(id: string): boolean {
  return id === "" || workspaceClasses.some((each) => each.id === id);
}

/**
 * Whether the organizations allow a class. Facts are silent on one that does not exist and on one that is not allowed; the
 * emulator lets each instance fail that comes up with the former (`classic-workspace-class`), and refuses to start one
 * with the latter when the workspace is stored (`classic-workspace-class-refused`).
 */
export function isAllowedClass(id: string): boolean {
  return id !== "g1-huge";
}
