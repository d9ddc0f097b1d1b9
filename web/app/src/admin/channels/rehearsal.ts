import type { Field, Provider } from "./types";

/** What an account is filled in with. */
interface Filled {
  address: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
}

/** atSimulator reports whether an account is at the simulator. */
export function atSimulator({ simulator, base_url }: Provider, settings: Record<string, string>): boolean {
  if (simulator === "") return false;
  return base_url ? (settings.base_url ?? "").startsWith(simulator) : settings.host === simulator;
}

/** lacks reports whether something that is asked for is still to be filled in. */
export function lacks(asked: Field[], { settings, secrets }: Filled, set: string[]): boolean {
  return asked.some(
    ({ name, required, secret, options }) =>
      required && options.length === 0 && !(secret ? secrets[name] || set.includes(name) : settings[name]),
  );
}

/**
 * rehearsed leads an account to the simulator, which knows whatever credentials are saved first: what is asked
 * for and still empty is made up. set are the names of the secrets that are there.
 */
export function rehearsed(provider: Provider, asked: Field[], had: Filled, set: string[]): Filled {
  const address = had.address || made(provider.address, "");
  const settings = { ...had.settings };
  const secrets = { ...had.secrets };
  if (!atSimulator(provider, settings)) Object.assign(settings, place(provider));
  for (const field of asked.filter((f) => f.options.length === 0 && f.name !== "base_url")) {
    if (field.secret && !secrets[field.name] && !set.includes(field.name))
      secrets[field.name] = made(field, address);
    if (!field.secret && wanted(provider, field) && !settings[field.name])
      settings[field.name] = made(field, address);
  }
  return { address, settings, secrets };
}

/** place is a new account's: a name of its own, or a port. */
const place = ({ base_url, provider, simulator }: Provider): Record<string, string> =>
  base_url
    ? { base_url: `${simulator}${provider}-${hex(4)}` }
    : { host: simulator, port: String(20_000 + Number(digits(4))) };

/** wanted reports whether a line is worth filling in; Meta's is told our address as its app. */
const wanted = (provider: Provider, { name, required }: Field) =>
  required || (name === "app_id" && provider.register && provider.provider !== "x");

/** made draws what has a field's form. */
function made({ name, pattern }: Field, address: string): string {
  if (name === "bot_token") return `${address}:${hex(32)}`;
  if (name === "password" || name === "system_id") return hex(8); // an SMPP password has eight letters
  if (pattern.startsWith("^AC")) return `AC${hex(32)}`;
  if (pattern.startsWith("^\\+") || name === "phone_number") return `+1514555${digits(4)}`;
  return pattern.startsWith("^[0-9]") ? `7${digits(14)}` : hex(32);
}

const draw = (length: number, base: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (n) => (n % base).toString(base)).join("");
const hex = (length: number) => draw(length, 16);
const digits = (length: number) => draw(length, 10);
