/** A system that Pulumi runs on, in the words of its release archives. */
export interface Platform {
  os: "linux" | "darwin" | "windows";
  arch: "amd64" | "arm64";
}

/** The systems that there are archives for. */
export const platforms: readonly Platform[] = (["linux", "darwin", "windows"] as const).flatMap((os) =>
  (["amd64", "arm64"] as const).map((arch) => ({ os, arch })),
);

/** The system that this process runs on; fails on one that there is no archive for. */
export function thisPlatform({ platform, arch }: { platform: string; arch: string } = process): Platform {
  const os = platform === "win32" ? "windows" : platform;
  const found = platforms.find((each) => each.os === os && each.arch === (arch === "x64" ? "amd64" : arch));
  if (!found) throw new Error(`There is no release for ${platform} on ${arch}.`);
  return found;
}

/** Says whether two are the same. */
export const isSame = (one: Platform, other: Platform): boolean => one.os === other.os && one.arch === other.arch;

/** The name under which Pulumi looks for the archive of a plugin. */
export const archiveName = ({ os, arch }: Platform, version: string): string =>
  `pulumi-resource-gitpod-v${version}-${os}-${arch}.tar.gz`;
