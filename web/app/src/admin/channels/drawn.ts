/**
 * What we chose to be known by at a network belongs into the network's own page,
 * beside the webhook's address, which is known only once the entry point is
 * saved. The server never shows it again; so the browser remembers it until the
 * page is left.
 */
let kept: { provider: string; id: string; secrets: Record<string, string> } = {
  provider: "",
  id: "",
  secrets: {},
};

/** keepDrawn remembers a secret of ours as it was filled in; id "" is an entry point that has yet to be made. */
export function keepDrawn(provider: string, id: string, name: string, value: string): void {
  const same = kept.provider === provider && kept.id === id;
  kept = { provider, id, secrets: { ...(same ? kept.secrets : {}), [name]: value } };
}

/** drawnOf returns what was filled in for an entry point, or for the new one that has just become it (rev 1). */
export function drawnOf(provider: string, id: string, rev: number): Record<string, string> {
  if (kept.provider !== provider) return {};
  if (kept.id === "" && rev === 1) kept = { ...kept, id };
  return kept.id === id ? kept.secrets : {};
}
