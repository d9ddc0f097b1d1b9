/** normal returns text as it is counted, compared and sent. Source: CNV-03. */
export const normal = (text: string): string => text.normalize("NFC");

/** points counts Unicode code points after NFC. Source: CNV-03. */
export function points(text: string): number {
  let n = 0;
  for (const _ of normal(text)) n++;
  return n;
}

/** newId returns a random client_id, a UUID, also where crypto.randomUUID is missing (plain HTTP). */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6]! & 15) | 64;
  b[8] = (b[8]! & 63) | 128;
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
