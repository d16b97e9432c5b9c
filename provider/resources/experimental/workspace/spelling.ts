/**
 * Whether two texts are one context. The server trims a text and spells what begins with a host, or as for SSH, as the
 * address of a page; variables before it stay as they are.
 */
export const isSameContext = (one: string, other: string): boolean => spelled(one) === spelled(other);

function spelled(text: string): string {
  const [, variables = "", url = ""] = /^((?:[A-Za-z_]\w*=[^/]*\/)*)(.*)$/s.exec(text.trim()) ?? [];
  const [, host, path] = /^git@([^:/]+):(.*)$/.exec(url) ?? [];
  if (host !== undefined) return `${variables}https://${host}/${path}`;
  return /^[\w-]+(\.[\w-]+)+(\/|$)/.test(url) ? `${variables}https://${url}` : `${variables}${url}`;
}
