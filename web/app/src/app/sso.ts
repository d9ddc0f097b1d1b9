import { api } from "../api/client";
import { base, here } from "../panel/surface";

/**
 * Signing in by the organisation's identity provider. The page keeps a secret
 * and sends its hash along; whoever comes back is signed in for the page that
 * has the secret, and for no other.
 *
 * Source: A-086.
 */
const place = "parley.sso";
/** The secret, where a frame may keep nothing. */
let held = "";
const size = "popup,width=520,height=720";

const text = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** begin makes a new secret and returns the address where its person signs in. */
async function begin(window: boolean): Promise<string> {
  const secret = text(crypto.getRandomValues(new Uint8Array(32)));
  held = secret;
  if (!window) sessionStorage.setItem(place, secret); // this page is left
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  const query = new URLSearchParams({ challenge: text(new Uint8Array(sum)), surface: base.slice(1) });
  if (window) query.set("window", "");
  return `/sso/start?${query}`;
}

/** leave takes this page to the identity provider; it comes back to /login#sso. */
export async function leave() {
  location.assign(await begin(false));
}

/** openProvider signs in in a window of its own, beside this page. False: the browser did not let us. */
export function openProvider(): boolean {
  const opened = window.open("", "parley-sso", size); // now: a window opened later is refused
  if (!opened) return false;
  void begin(true).then((address) => {
    opened.location.href = new URL(address, location.href).href;
  });
  return true;
}

/** finish asks for the session of whoever came back. */
export async function finish(takeOver: boolean) {
  const verifier = held || sessionStorage.getItem(place) || "";
  await api.post("/api/session/sso", { verifier, take_over: takeOver });
  if (!held) sessionStorage.removeItem(place);
  held = "";
}

/** cameBack is how a sign-in at the provider ended, as the address says: "sso" or a code of the API; "" if nobody came back. */
export function cameBack(): string {
  const how = location.pathname === here("/login") ? location.hash.slice(1) : "";
  return how.startsWith("sso") ? how : "";
}
