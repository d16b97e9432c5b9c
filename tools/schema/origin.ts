/** What `package.json` says of where the package comes from. Nothing else in the repository names its owner. */
export interface Manifest {
  repository?: { url: string };
  homepage?: string;
}

/** Returns what the schema says of where the package comes from, where its plugin is downloaded, and how its SDKs are named. */
export function originOf(manifest: Manifest): object {
  const url = addressOf(manifest);
  // Without a repository a name that no module proxy can look up, so that nobody else can answer for it.
  const base = url?.replace(/^https:\/\//, "") ?? "pulumi-gitpod";
  return {
    ...(url && { homepage: manifest.homepage ?? url, repository: url, ...downloadFrom(url) }),
    meta: { supportPack: true },
    language: {
      go: {
        importBasePath: `${base}/sdk/go/gitpod`,
        modulePath: `${base}/sdk/go`,
        generateResourceContainerTypes: true,
        respectSchemaVersion: true,
      },
      python: { packageName: "pulumi_gitpod", pyproject: { enabled: true }, respectSchemaVersion: true },
    },
  };
}

/** The address of the repository, as a browser takes it. */
export const addressOf = ({ repository }: Manifest): string | undefined =>
  repository?.url.replace(/^git\+/, "").replace(/\.git$/, "");

/** Where Pulumi looks for release archives: at the releases of the repository, which it knows how to find on GitHub. */
function downloadFrom(url: string): object {
  const { host, pathname } = new URL(url);
  return host === "github.com" ? { pluginDownloadURL: `github://api.github.com${pathname}` } : {};
}
