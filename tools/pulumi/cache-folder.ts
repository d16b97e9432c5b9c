import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of this user and system for what can be made again, and in it ours. */
export function cacheFolder(): string {
  return join(userCache(), "pulumi-gitpod");
}

function userCache(): string {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  return join(homedir(), ".cache");
}
