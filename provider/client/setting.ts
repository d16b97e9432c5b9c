/** Names the setting that the host came from, or the one to set. */
export function hostSetting(context: { readonly hostFrom?: string | undefined }): string {
  return context.hostFrom ?? "gitpod:host";
}

/** Names the setting that the token came from, or the one to set. */
export function tokenSetting(context: { readonly tokenFrom?: string | undefined }): string {
  return context.tokenFrom ?? "gitpod:token";
}
